"""The payload of an entry, read from its JSON only when somebody looks into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zhibu_cli.store import canonical
from zhibu_cli.store.connect import told

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.store.reading import ReadAs


class Payload(Mapping[str, Any]):
    """Field name -> value. A check of one year never looks into most entries of ten.

    Raises LedgerFormatError, naming the file, when the text turns out to be damaged.
    """

    __slots__ = ("_path", "_read_as", "_text", "_values")

    def __init__(self, text: str, path: Path, read_as: ReadAs | None = None) -> None:
        """Keep the text as it stands in the file; ``read_as`` says how its values are to be read."""
        self._text = text
        self._path = path
        self._read_as = read_as
        self._values: dict[str, Any] | None = None

    def as_written(self) -> dict[str, Any]:
        """The values as they stand in the file, whoever they are read as now."""
        with told(self._path):
            return canonical.load(self._text)

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            with told(self._path):
                values = canonical.load(self._text)
                self._values = self._read_as(values) if self._read_as else values
        return self._values

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value; where the name does not occur in the text, the text need not be read."""
        if self._values is None and f'"{key}"' not in self._text:
            return default
        return self._read().get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
