"""What is shipped equals what people edit: compiled packs, generated pages."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zhibu_cli import resources
from zhibu_cli.rules.pack import read_book

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "src" / "zhibu_cli" / "packs"


def test_the_compiled_packs_hold_the_same_rules_as_the_toml_without_examples() -> None:
    compiled, problems = read_book(json.loads(resources.compile_packs(PACKS)))
    book, the_same = read_book(resources.read_packs(PACKS))
    assert compiled == replace(book, rules=tuple(replace(rule, examples=()) for rule in book.rules))
    assert problems == the_same == ()
    assert len(compiled.rules) == len([*(PACKS / "rules").glob("*.toml")])


def test_the_examples_of_a_rule_are_those_of_its_file() -> None:
    for rule in read_book(resources.read_packs(PACKS))[0].rules:
        assert resources.examples(rule.id) == rule.examples
    assert resources.examples("no-such-rule") == ()


def test_a_build_puts_the_compiled_packs_into_the_wheel_and_never_into_the_checkout(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    hook_class = runpy.run_path(str(ROOT / "hatch_build.py"))["CompilePacks"]
    hook = hook_class(str(ROOT), {}, None, None, str(tmp_path), "wheel")
    build_data: dict[str, Any] = {"force_include": {}}
    hook.initialize("standard", build_data)
    ((source, target),) = build_data["force_include"].items()
    assert target == "zhibu_cli/packs.json"
    assert Path(source).read_text(encoding="utf-8") == resources.compile_packs(PACKS)
    assert [*(ROOT / "src").rglob("packs.json")] == []
    hook.finalize("standard", build_data, "")
    assert not Path(source).exists()


def test_an_editable_install_keeps_reading_the_toml(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    hook_class = runpy.run_path(str(ROOT / "hatch_build.py"))["CompilePacks"]
    build_data: dict[str, Any] = {"force_include": {}}
    hook_class(str(ROOT), {}, None, None, str(tmp_path), "wheel").initialize("editable", build_data)
    assert build_data == {"force_include": {}}


def test_a_wheel_reads_the_compiled_file(tmp_path: Path, monkeypatch: Any) -> None:
    text = resources.compile_packs(PACKS)
    (tmp_path / "packs.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    book, problems = read_book(resources.pack_tables())
    assert problems == ()
    assert "general-meeting-quarterly" in [rule.id for rule in book.rules]


def test_a_wheel_finds_templates_and_the_sample_inside_itself(tmp_path: Path, monkeypatch: Any) -> None:
    for name in ("templates", "sample_data"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.templates_dir() == tmp_path / "templates"
    assert resources.sample_dir() == tmp_path / "sample_data"


def test_a_checkout_finds_them_at_its_top(monkeypatch: Any) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", ROOT / "src" / "zhibu_cli")
    assert resources.templates_dir() == ROOT / "templates"
    assert resources.sample_dir() == ROOT / "sample_data"


def test_the_generated_pages_are_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "gen_docs.py"))
    book, _ = read_book(resources.read_packs(PACKS))
    assert tool["stale"](tool["pages"](book), ROOT / "docs" / "rules") == []


def test_a_page_that_was_edited_by_hand_is_noticed(tmp_path: Path) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "gen_docs.py"))
    (tmp_path / "one.md").write_text("changed", encoding="utf-8")
    (tmp_path / "old.md").write_text("no longer", encoding="utf-8")
    assert tool["stale"]({"one.md": "text", "two.md": "new"}, tmp_path) == ["old.md", "one.md", "two.md"]
