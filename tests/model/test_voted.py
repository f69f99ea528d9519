"""Several names written as one, and single names that look like several."""

from __future__ import annotations

import pytest

from zhibu_cli.model.voted import voted_on


def nobody(_name: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三和李四", ("张三", "李四")),
        ("张三及李四", ("张三", "李四")),
        ("张三以及李四", ("张三", "李四")),
        ("张三与李四", ("张三", "李四")),
        ("张三/李四", ("张三", "李四")),
        ("张三 李四 王小五", ("张三", "李四", "王小五")),
        ("张三、李四和王小五", ("张三", "李四", "王小五")),
        ("张三同志和李四同志", ("张三", "李四")),
        ("欧阳明月与阿依古丽·买买提", ("欧阳明月", "阿依古丽·买买提")),
        ("和春与张三", ("和春", "张三")),
    ],
)
def test_names_between_words_and_signs_are_several_people(text: str, names: tuple[str, ...]) -> None:
    assert voted_on([text], nobody) == (names, len(names))


@pytest.mark.parametrize(
    "text",
    [
        "程与之",
        "欧阳修与",
        "和平",
        "及春雨",
        "方同和",
        "阿依古丽·买买提",
        "阿依古丽 买买提",
        "张三 林业局",
        "张三/男",
    ],
)
def test_a_single_name_is_not_taken_apart(text: str) -> None:
    assert voted_on([text], nobody).number == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("张三等2名同志", 2),
        ("张三等两位", 2),
        ("张三、李四等5人", 5),
        ("张三、李四（共2人）", 2),
        ("张三等人", 2),
        ("张三等1人", 1),
    ],
)
def test_a_stated_number_of_people_counts(text: str, number: int) -> None:
    assert voted_on([text], nobody).number == number


def test_what_the_roster_knows_decides() -> None:
    assert voted_on(["方与石林"], {"方与石林"}.__contains__).names == ("方与石林",)
    assert voted_on(["张三李四"], {"张三", "李四"}.__contains__).names == ("张三", "李四")
    assert voted_on(["张三李四"], nobody).names == ("张三李四",)
    assert voted_on(["买买提和张三"], {"买买提"}.__contains__).names == ("买买提", "张三")


@pytest.mark.parametrize("text", ["张三同志", "张三（女）", "张三（预备党员）同志"])
def test_somebody_known_is_known_with_what_stands_behind_his_name(text: str) -> None:
    known = {"张三"}.__contains__
    assert voted_on([text], known).names == ("张三",)
