"""What is said about a change passes here before it is stored."""

from __future__ import annotations

from functools import lru_cache

from zhibu_cli.errors import ClassifiedError


@lru_cache(maxsize=64)  # 100,000 rows of an import come with the same words
def refuse_marks(*texts: str) -> None:
    """The last gate: what is said about a change may be no more classified than the record itself.

    Raises:
        ClassifiedError: one of the texts bears a classification mark.
    """
    # reading a ledger stores nothing and needs none of the patterns
    from zhibu_cli.model.secrecy import classification_mark  # noqa: PLC0415

    mark = next(filter(None, map(classification_mark, texts)), None)
    if mark:
        raise ClassifiedError(
            f"原因、经手人或文件名带有密级标志“{mark}”，没有保存。",
            hint="不得录入国家秘密、工作秘密；请删去涉密内容，原件按保密规定另行保管。",
        )
