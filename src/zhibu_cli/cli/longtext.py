"""Minutes and topics as one answer: typed in a line, in the user's editor, or taken from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli.pasted import pasted_path
from zhibu_cli.errors import ZhibuError
from zhibu_cli.model.declare import FieldType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Field

LONG = frozenset({FieldType.NOTE, FieldType.TOPICS})
EDITOR_WORDS = frozenset({"e", "E", "编辑"})
HINT = "短的直接写；长的写 e 用编辑器，或写文件名（.txt .md .docx，可把文件拖进来）。"
SEVERAL = "几项用分号（；）隔开。"  # the sign itself is meant


def long_hint(field: Field) -> str:
    """What a question for such a field says beside its name."""
    return SEVERAL if field.type is FieldType.TOPICS else HINT


def long_text(field: Field, answer: str, env: Mapping[str, str], before: str = "") -> tuple[str, str]:
    """The text that an answer means and an empty string, or an empty text and what is wrong.

    ``before`` is what stands in the editor when it opens.
    """
    from zhibu_cli.app.textfile import ENDINGS, read_text
    from zhibu_cli.cli.editing import edited

    path = pasted_path(answer)
    named = path.suffix.lower() in ENDINGS or (bool(path.suffix) and len(answer) < 250 and path.is_file())
    try:
        if answer in EDITOR_WORDS:
            return edited(before, env), ""
        if named and "\n" not in answer:
            return read_text(path).strip(), ""
    except ZhibuError as error:
        return "", f"{error.message}{error.hint}"
    if field.type is FieldType.TOPICS:
        return "\n".join(filter(None, (item.strip() for item in answer.replace(";", "；").split("；")))), ""
    return answer, ""
