"""The bare library writing the file that ``zhibu report`` writes: context ready, no ledger, no checks.

Usage: python bare_paper.py TEMPLATE CONTEXT.pickle OUT
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

_STYLE = "_style"


def main(template: str, context: str, out: str) -> None:
    """Fill the template with what was pickled."""
    fields = pickle.loads(Path(context).read_bytes())  # noqa: S301 - made by bench/papers.py a moment ago
    if template.endswith(".docx"):
        from docxtpl import DocxTemplate
        from jinja2 import Environment

        paper = DocxTemplate(template)
        paper.render(fields, Environment(autoescape=True))
        paper.save(out)
    elif template.endswith(".xlsx"):
        from openpyxl import load_workbook

        book = load_workbook(template)
        for title, cells in fields.items():
            for row, column, value in cells:
                book[title].cell(row, column).value = value
        book.save(out)
    else:
        from jinja2 import Environment

        source = Path(template).read_text(encoding="utf-8")
        html = template.endswith(".html.j2")
        trimmed = {"trim_blocks": True, "lstrip_blocks": True}
        jinja = Environment(autoescape=html, **trimmed)  # type: ignore[arg-type]  # noqa: S701 - Markdown is no HTML
        words = jinja.from_string(source)
        Path(out).write_text(words.render(fields), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
