"""Frozen values and pure functions on them; no input, no output."""
