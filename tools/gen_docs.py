"""Write docs/rules/ from the rule packs; ``--check`` only says whether it is up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.rules.lint import coverage
from zhibu_cli.rules.pack import read_book
from zhibu_cli.rules.pages import coverage_page, index, page

if TYPE_CHECKING:
    from zhibu_cli.model.rule import RuleBook

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"
BY_HAND = frozenset({"sichuan-2024.md"})
"""Pages in the same folder that people write: how to fill in a pack whose text is not at hand."""


def pages(book: RuleBook) -> dict[str, str]:
    """File name -> text of every page."""
    texts = {f"{rule.id}.md": page(rule, book) for rule in book.rules}
    return {"README.md": index(book), "coverage.md": coverage_page(coverage(book)), **texts}


def stale(texts: dict[str, str], folder: Path) -> list[str]:
    """Names of pages that are missing, differ or should not be there."""
    paths = [path for path in folder.glob("*.md") if path.name not in BY_HAND]
    present = {path.name: path.read_text(encoding="utf-8") for path in paths}
    return sorted(name for name in texts.keys() | present.keys() if texts.get(name) != present.get(name))


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a page is stale")
    options = parser.parse_args(arguments)
    book, problems = read_book(resources.read_packs(resources.packs_dir()))
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    texts = pages(book)
    wrong = stale(texts, FOLDER)
    if options.check:
        for name in wrong:
            print(
                f"docs/rules/{name} is not what the packs say; run python tools/gen_docs.py", file=sys.stderr
            )
        return 1 if wrong else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in wrong:
        if name in texts:
            (FOLDER / name).write_text(texts[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
