"""Kinds of check, one module each; the docstring of a module is its page for rule authors."""
