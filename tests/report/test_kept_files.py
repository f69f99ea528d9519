"""What papers say of files that are missing beside the ledger or no longer what was stored."""

from __future__ import annotations

from typing import Any

from tests.report.dossier_pages import dossier, html
from tests.report.factory import full_ledger, many

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger


def test_the_dossier_says_of_a_file_that_it_is_missing_or_no_longer_what_was_stored() -> None:
    """Two files with S1, one with S2."""
    kept: dict[str, Any] = {"kinds": ["attachment"], "size": 9, "sha256": "0", "file": "x"}
    files = [("S1", "签到.jpg", "sign_in"), ("S1", "会场.jpg", "photo"), ("S2", "讲稿.docx", "courseware")]
    beside = many("attachment", [{"record": r, "name": n, "kind": k, **kept} for r, n, k in files])
    ledger = build_ledger([*full_ledger().entries, *beside], CATALOGUE)
    view = dossier(ledger, copies={"Y1": "gone", "Y2": "altered", "Y3": "gone"})
    told = html(view)
    sign_in = "签到.jpg（签到表）〔待补：附件文件夹中未见这个文件〕"
    assert f"<dd>{sign_in}、会场.jpg（照片）（现在的文件与存入时不同）</dd>" in told
    assert "附件2件（附件文件夹中未见1个，现在与存入时不同1个）" in told
    assert view.figures["with_files"].records == ("S1",)
    assert dossier(ledger).figures["with_files"].records == ("S1", "S2")
