"""Running the program in-process: arguments in, code, stdout and stderr out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from tests.once import once

from zhibu_cli.cli.run import main
from zhibu_cli.cli.session import Session
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibu_cli.model.declare import Catalogue

CTRL_C = "\x03"
NOW = datetime(2026, 3, 9, 10, 30)  # a Monday


@dataclass(frozen=True)
class Answer:
    """What a run gave."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Run the program with these arguments; ``typed`` are the lines typed at a terminal."""

    def __call__(
        self,
        *argv: str,
        typed: Iterable[str] | None = None,
        now: datetime = NOW,
        catalogue: Catalogue = CATALOGUE,
        env: dict[str, str] | None = None,
    ) -> Answer: ...


@pytest.fixture
def zhibu(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program, in an empty folder, on Monday 9 March 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(
        *argv: str,
        typed: Iterable[str] | None = None,
        now: datetime = NOW,
        catalogue: Catalogue = CATALOGUE,
        env: dict[str, str] | None = None,
    ) -> Answer:
        lines = iter(typed or [])

        def answer(prompt: str = "") -> str:
            print(prompt, end="")  # noqa: T201
            line = next(lines, None)
            if line is None:
                raise EOFError
            if line == CTRL_C:
                raise KeyboardInterrupt
            print(line)  # noqa: T201
            return line

        monkeypatch.setattr("builtins.input", answer)
        session = Session(
            catalogue_source=lambda: catalogue,
            clock=lambda: now,
            env={"ZHIBU_USER": "王芳", "XDG_DATA_HOME": str(tmp_path / "home"), **(env or {})},
            cwd=lambda: tmp_path,
            interactive=lambda: typed is not None,
        )
        capsys.readouterr()
        code = main(argv, session)
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
@once
def branch(zhibu: Run) -> Run:
    """The program in a folder with a ledger of a branch founded in 2015."""
    made = zhibu(
        "init", "--name", "示例局机关第一党支部", "--founded", "2015-06-01", "--ledger-from", "2026-01-01"
    )
    assert made.code == 0, made.err
    return zhibu


@pytest.fixture
@once
def kept(branch: Run) -> Run:
    """The branch with a meeting, its sign-in sheet, a template and rules of its own, and a backup of all."""
    assert branch("record", "meeting", "--kind", "党员大会", "--date", "2026-03-05").code == 0
    Path("签到表.pdf").write_bytes(b"%PDF invented")
    assert branch("attach", "S1", "签到表.pdf").code == 0
    Path("zhibu.db.模板").mkdir()
    Path("zhibu.db.模板/会议记录.md.j2").write_text("自己的模板", encoding="utf-8")
    Path("local.toml").write_text("# 本支部的要求\n", encoding="utf-8")
    assert branch("backup").code == 0
    return branch
