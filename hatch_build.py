"""Build hook: compile the rule packs into the one file that the installed program loads."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePacks(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``zhibu_cli/packs.json`` to the wheel; a checkout reads the TOML itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Nothing to compile yet."""
