"""Workbooks and other files into rows and problems, and back. Knows the catalogue, not the store."""
