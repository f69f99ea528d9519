"""Packs that are wrong: every problem is told, with file and key (bad_packs/, ``# must say:``)."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from pathlib import Path

import pytest

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules import checks
from zhibu_cli.rules.engine import parameters
from zhibu_cli.rules.forms import MEANINGS, Form
from zhibu_cli.rules.lint import Coverage, coverage, lint
from zhibu_cli.rules.pack import load_book, read_book

BAD = Path(__file__).parent / "bad_packs"
CASES = [
    path
    for folder in ("rules", "sources", "packs", "documents")
    for path in sorted((BAD / folder).glob("*.toml"))
]


def sound(folder: Path) -> None:
    """A folder of packs without a fault: one pack, one document, one rule."""
    for name, source in (("packs.toml", "packs.toml"), ("sources/demo-2019.toml", "demo-2019.toml")):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(BAD / source, folder / name)
    (folder / "rules").mkdir()
    shutil.copy(BAD / "rules" / "good.toml", folder / "rules" / "good.toml")


def placed(case: Path) -> str:
    """Where a case stands in its folder of packs."""
    places = {"packs": "packs.toml", "sources": "sources/demo-2019.toml", "documents": "documents.toml"}
    return places.get(case.parent.name, f"rules/{case.name}")


def said(case: Path, folder: Path) -> list[str]:
    """What lint says of a folder that holds the case and is right in all else."""
    sound(folder)
    if case.parent.name == "rules":
        (folder / "rules" / "good.toml").unlink()
    shutil.copy(case, folder / placed(case))
    return [str(problem) for problem in lint(resources.read_packs(folder), CATALOGUE)]


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_broken_pack_is_told_with_file_and_key(case: Path, tmp_path: Path) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()
    words = [line.removeprefix("# must say: ") for line in lines if line.startswith("# must say: ")]
    problems = said(case, tmp_path)
    file = placed(case).removeprefix("rules/")
    about = "\n".join(problem for problem in problems if problem.startswith(file))
    assert [word for word in words if word not in about] == [], problems
    assert bool(words) == bool(problems), problems


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    sound(tmp_path)
    for name in ("no-source", "bad-date", "unknown-kind", "no-toml"):
        shutil.copy(BAD / "rules" / f"{name}.toml", tmp_path / "rules" / f"{name}.toml")
    problems = lint(resources.read_packs(tmp_path), CATALOGUE)
    assert {problem.file for problem in problems} == {
        "no-source.toml",
        "bad-date.toml",
        "unknown-kind.toml",
        "no-toml.toml",
    }


def test_a_file_with_the_mark_of_windows_editors_is_read(tmp_path: Path) -> None:
    sound(tmp_path)
    for path in tmp_path.rglob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    book, problems = read_book(resources.read_packs(tmp_path))
    assert problems == ()
    assert [rule.id for rule in book.rules] == ["good"]


def test_the_shipped_packs_have_no_problem() -> None:
    assert list(map(str, lint(resources.read_packs(resources.packs_dir()), CATALOGUE))) == []


def test_every_article_of_the_two_documents_is_answered_for() -> None:
    book = load_book()
    rows: dict[tuple[str, str], list[Coverage]] = {}
    for row in coverage(book):
        rows.setdefault((row.source.id, row.article.number), []).append(row)
    opinions = (
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三"
    )
    regulation = "十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三"
    wanted = [("sichuan-2016", f"（{number}）") for number in opinions.split()]
    wanted += [("branch-regulation-2018", f"第{number}条") for number in regulation.split()]
    assert len(wanted) == 23 + 13
    assert [key for key in wanted if not all(row.answered for row in rows[key])] == []


def test_clause_six_is_cited_by_the_duties_it_names() -> None:
    book = load_book()
    rows = {(row.source.id, row.article.number): row for row in coverage(book) if row.duty is None}
    assert {*rows["sichuan-2016", "（六）"].rules} >= {
        "general-meeting-quarterly",
        "committee-meeting-monthly",
        "group-meeting-monthly",
        "secretary-lecture-yearly",
        "theme-day-monthly",
        "no-substitute-study-for-branch-life",
    }


@pytest.mark.parametrize("word", ["补记", "补写", "补开", "补做", "补登", "未召开", "无故", "造假"])
def test_no_remedy_is_a_record_written_afterwards_and_nobody_is_accused(word: str) -> None:
    book = load_book()
    assert [rule.id for rule in book.rules if word in rule.doc.fix + rule.title] == []


def test_what_a_text_puts_as_general_is_never_an_error() -> None:
    book = load_book()
    soft = {"一般", "原则上", "经常性", "突出", "坚持", "认真落实"}
    wrong = [
        rule.id
        for rule in book.rules
        for version in rule.versions
        if version.severity == "error"
        and {ground.wording for ground in rule.grounds_on(version.until or version.since)} <= soft
    ]
    assert wrong == []


def slugs() -> set[str]:
    """Every slug of the catalogue of rules, written down in slugs.txt."""
    lines = (BAD.parent / "slugs.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_every_slug_of_the_catalogue_is_a_rule_or_a_duty() -> None:
    book = load_book()
    duties = {duty.id for source in book.sources for article in source.articles for duty in article.duties}
    assert len(slugs()) == 175
    assert slugs() - duties - {rule.id for rule in book.rules} == set()


def test_a_duty_that_the_catalogue_does_not_name_is_a_rule_of_ours() -> None:
    """theme-day-distinct-topic stands in a remark of the catalogue, not in its first column."""
    book = load_book()
    duties = {duty.id for source in book.sources for article in source.articles for duty in article.duties}
    ours = duties - slugs() - {"theme-day-distinct-topic"}
    assert ours <= {rule.id for rule in book.rules}


def test_every_clause_of_the_opinion_has_a_line_with_its_answer() -> None:
    """Clauses without a rule say why; a clause with several duties says it of each."""
    book = load_book()
    rows = [row for row in coverage(book) if row.source.id == "sichuan-2016"]
    clauses = [row.article.number for row in rows if row.duty is None]
    numbers = (
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三"
    )
    assert clauses == [f"（{number}）" for number in numbers.split()]
    silent = {"（一）", "（二）", "（八）", "（十二）", "（十三）", "（十七）", "（二十三）"}
    whole = {row.article.number: row.article for row in rows if row.duty is None and not row.article.duties}
    assert silent <= whole.keys()
    assert [number for number in silent if not whole[number].why] == []


def test_a_form_has_a_direction_or_none() -> None:
    for check, key, form in (
        ("cadence", "at_least", ("count", "+", False)),
        ("cadence", "new_after_months", ("count", "-", True)),
        ("cadence", "kind", ("kind", "", False)),
        ("cadence", "scope", ("branch|committee|groups", "", True)),
        ("grades.share", "share", ("share", "-", False)),
        ("record_time.late_entry", "days", ("count", "-", False)),
    ):
        assert parameters(check)[key][:3] == form  # type: ignore[index]


def declared() -> dict[str, Form]:
    """``check.parameter`` -> its form, of every kind of check there is."""
    forms: dict[str, Form] = {}
    for module in pkgutil.iter_modules(checks.__path__):
        found = getattr(importlib.import_module(f"{checks.__name__}.{module.name}"), "PARAMETERS", {})
        for function in found:
            named = parameters(f"{module.name}.{function}") or {}
            forms |= {f"{module.name}.{function}.{key}": form for key, form in named.items()}
    return forms


def test_only_numbers_shares_and_flags_have_a_direction() -> None:
    kinds = {"count", "number", "flag", "text", "texts", "patterns", "share", "kind", "unit"}
    kinds |= {"register", "field", "fields", "amounts", "marks", "hints", "documents"}
    for name, form in declared().items():
        assert form.kind.partition(":")[0] in kinds or "|" in form.kind, name
        assert form.stricter in {"", "+", "-"}, name
        assert not form.stricter or form.kind in {"count", "number", "share", "flag"}, name


def test_every_parameter_has_a_name_that_people_understand() -> None:
    names = {name.rpartition(".")[2] for name in declared()}
    assert names - MEANINGS.keys() == set()


def test_a_second_document_of_the_same_name_is_told(tmp_path: Path) -> None:
    sound(tmp_path)
    tables = resources.read_packs(tmp_path)
    tables["sources"].append(tables["sources"][0])
    _, problems = read_book(tables)
    assert [str(problem) for problem in problems] == ["sources/demo-2019.toml：id：“demo-2019”已在前面使用"]
