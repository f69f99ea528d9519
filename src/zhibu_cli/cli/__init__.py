"""The command line: parse, call one use case of ``app``, show, return a code."""
