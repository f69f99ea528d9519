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
