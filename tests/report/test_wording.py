"""Words on their way into a paper."""

from __future__ import annotations

import pytest

from zhibu_cli.report.wording import shortened


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("一二三四五", "一二三四五"),
        ("一二三四五六", "一二三四五……（全文见S1）"),
        ("一二〔U+0007〕", "一二……（全文见S1）"),  # half a mark would be no mark
        ("〔甲〕二三四五", "〔甲〕二三……（全文见S1）"),
    ],
)
def test_a_long_text_is_cut_visibly_and_never_inside_a_mark(words: str, cut: str) -> None:
    assert shortened(words, 5, "（全文见S1）") == cut
