from __future__ import annotations

import pytest

from zhibu_cli.model.secrecy import classification_mark, classification_words, scan_payload


@pytest.mark.parametrize(
    "written",
    [
        "机密★",
        "绝密★长期",
        "秘密★10年",
        "机密 ★1年",
        "机　密　★",
        "机密☆",
        "【机密】★",
        "机\u200b密★",
        "秘密＊5年",
        "关于某事的通知（秘密★）.docx",
        "机密级★",
        "祕密★",
        "机密（★）",
        "机密_★1年.docx",
        "机\x01密★",
        "机\u202e密★",
        "机\u0301密★",
        "绝密✶长期",
    ],
)
def test_a_classification_mark_is_recognised(written: str) -> None:
    assert classification_mark(written)


@pytest.mark.parametrize(
    "written",
    ["保密教育", "开展保密教育★★★", "秘密投票", "不得录入国家秘密", "机密文件管理", "★重点", "秘密*", ""],
)
def test_everyday_words_are_no_mark(written: str) -> None:
    assert classification_mark(written) is None


def test_bare_words_are_asked_about_but_not_the_usual_ones() -> None:
    assert classification_words("传达机密文件") == ("传达机密文件",)
    for usual in ("保密教育", "采用秘密投票方式", "保守国家秘密", "保守党的秘密，对党忠诚"):
        assert classification_words(usual) == ()


def test_a_mark_is_found_anywhere_in_a_payload() -> None:
    assert scan_payload({"votes": [{"subject": "传达机密★文件"}], "hours": 2}) == "机密★"
    assert scan_payload({"topics": ["保密教育"], "kinds": ["lecture"], "flag": True}) is None
