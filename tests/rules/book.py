"""The shipped rules with their examples, which the compiled packs of a wheel do not hold."""

from __future__ import annotations

from zhibu_cli import resources
from zhibu_cli.rules.pack import read_book

BOOK, PROBLEMS = read_book(resources.read_packs(resources.packs_dir()))
