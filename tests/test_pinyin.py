"""First letters of names, every reading of a character among them."""

from __future__ import annotations

import pytest

from zhibu_cli.pinyin import starts_with


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("zs", "张三"),
        ("ZS", "张三"),
        ("z", "张三"),
        ("zlj", "曾璐婧"),
        ("clj", "曾璐婧"),
        ("sxy", "单昕瑶"),
        ("dxy", "单昕瑶"),
        ("xxd", "解晓东"),
        ("jxd", "解晓东"),
        ("qhp", "仇和平"),
        ("chp", "仇和平"),
        ("zwb", "查文斌"),
        ("oxm", "区小明"),
        ("mxy", "缪小燕"),
        ("pxy", "朴小英"),
        ("wchj", "尉迟恒久"),
        ("ychj", "尉迟恒久"),
        ("mmttex", "买买提·吐尔逊"),
        ("wa", "王A"),
    ],
)
def test_each_reading_of_a_character_finds_the_name(letters: str, name: str) -> None:
    assert starts_with(name, letters)


@pytest.mark.parametrize(("letters", "name"), [("zl", "张三"), ("", "张三"), ("zsf", "张三"), ("s", "张三")])
def test_other_letters_do_not(letters: str, name: str) -> None:
    assert not starts_with(name, letters)
