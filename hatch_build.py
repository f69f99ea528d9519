"""Build hook: compile the rule packs into the one file that the installed program loads."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePacks(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``zhibu_cli/packs.json`` to the wheel; a checkout reads the TOML itself.

    The file is written outside the checkout, so that nothing there can grow stale.
    """

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the packs; an editable install keeps reading the TOML."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / "packs.json"
        compiled.write_text(compile_packs(Path(self.root)), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "zhibu_cli/packs.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel is written; its source may go."""
        del version, build_data, artifact_path
        if self._folder is not None:
            self._folder.cleanup()


def compile_packs(root: Path) -> str:
    """The text of the compiled packs, by the code that ships with the program."""
    sys.path.insert(0, str(root / "src"))
    try:
        from zhibu_cli import resources
    finally:
        sys.path.pop(0)
    return resources.compile_packs(root / "src" / "zhibu_cli" / "packs")
