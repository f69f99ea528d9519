"""The sample branch as a ledger, and the program's command line in this process."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.cli.run import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"


@pytest.fixture
def zhibu(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command; the answer has code, out and err."""
    monkeypatch.setenv("ZHIBU_USER", "测试")

    def run(*argv: object, code: int | None = 0) -> Run:
        capfd.readouterr()
        got = main([str(arg) for arg in argv])
        out, err = capfd.readouterr()
        assert code is None or got == code, f"{argv}: {got}\n{out}\n{err}"
        assert "Traceback" not in err
        return Run(got, out, err)

    return run


class Run:
    """What a run of the program left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger made by one import of the sample's workbooks; nobody may write into it."""
    path = tmp_path_factory.mktemp("sample") / "zhibu.db"
    files = sorted(SAMPLE.glob("*.xlsx"))
    code = main(["import", *map(str, files), "--yes", "--db", str(path)])
    assert code == 0
    return path


@pytest.fixture
def own_ledger(sample_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the sample's ledger to write into."""
    path = tmp_path / "zhibu.db"
    shutil.copy2(sample_ledger, path)
    return path


FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
"""Surnames of the full members of a made-up branch; 预1, 预2 … are probationary."""


class Branch:
    """A made-up branch, written as a JSON ledger and taken in by ``zhibu import``."""

    def __init__(self, *, full: int = 9, probationary: int = 0, founded: str = "2010-01-01") -> None:
        self.full = [f"{name}某人" for name in FULL[:full]]
        self.probationary = [f"预备{name}" for name in FULL[:probationary]]
        self.info = {"支部名称": "测试支部", "成立时间": founded, "台账起始日": "2016-12-01"}
        self.tables: dict[str, list[dict[str, str]]] = {}
        for name in self.full:
            self.add("党员名册", 姓名=name, 入党时间="2000-01-01", 转正时间="2001-01-01", 党员类别="正式")
        for name in self.probationary:
            self.add("党员名册", 姓名=name, 入党时间="2016-01-01", 党员类别="预备")

    def add(self, sheet: str, **cells: object) -> None:
        """One row of a sheet; what is None is left out."""
        row = {name: str(value) for name, value in cells.items() if value is not None}
        self.tables.setdefault(sheet, []).append(row)

    def committee(self, *names: str, since: str = "2016-12-01") -> None:
        """The first is secretary, the others members of the committee."""
        for place, name in enumerate(names):
            post = "书记" if place == 0 else "委员"
            self.add("职务任期", 姓名=name, 职务=post, 任职时间=since, 产生方式="换届选举")

    def sitting(self, kind: str, day: str, number: str = "S1", **cells: object) -> None:
        """One complete record."""
        usual = {"地点": "会议室", "议题": "议题", "内容": "内容" * 30, "记录人": self.full[0]}
        chair = {} if kind == "党课" else {"主持人": self.full[0]}
        claim = {"原台账登记时间": f"{day} 18:00"}
        self.add(
            "组织生活", **{"编号": number, "类型": kind, "日期": day, **usual, **chair, **claim, **cells}
        )

    def vote(self, matter: str, number: str = "S1", **cells: object) -> None:
        """One row of 表决."""
        self.add("表决", **{"组织生活编号": number, "事项类别": matter, "事项": "某事项", **cells})

    def write(self, path: Path) -> Path:
        """The JSON file."""
        text = {"format": "zhibu-ledger", "version": 1, "支部信息": self.info, **self.tables}
        path.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
        return path


@pytest.fixture
def asked(zhibu: Callable[..., Any], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Take a branch in and check it by one rule; findings by what stands behind the ``@`` of the key."""

    def ask(branch: Branch, rule: str, *argv: str) -> dict[str, Any]:
        db = tmp_path / "测试.db"
        if not db.exists():
            zhibu("import", branch.write(tmp_path / "测试.json"), "--yes", "--db", db)
        answer = zhibu("check", "--rule", rule, *argv, "--format", "json", "--db", db, code=None)
        return {found["key"].partition("@")[2]: found for found in answer.json["findings"]}

    return ask


@pytest.fixture(scope="session")
def new_branch() -> type[Branch]:
    """Makes a branch: so many full and probationary members."""
    return Branch
