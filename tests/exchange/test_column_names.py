"""What columns are called elsewhere: shipped, the user's own, said for one run."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.exchange.sheets import payloads, write

from zhibu_cli.app.importing import preview
from zhibu_cli.errors import InputError
from zhibu_cli.exchange import colnames
from zhibu_cli.exchange.batch import read_batch
from zhibu_cli.exchange.colnames import column_names, header_key
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.text import clean

SHIPPED = tomllib.loads(Path(colnames.__file__).with_name("columns.toml").read_text(encoding="utf-8"))
REGISTERS = {one.title: one for register in CATALOGUE.registers for one in (register, *register.children)}
ROLES = {"不导入", "并入", "时长", "缺席人数", "缺席原因", "本支部", "应到实到"}
ROWS = [["活动种类", "召开日", "召集者"], ["党课", "2026-03-05", "张三"]]


def test_the_shipped_names_are_of_columns_that_exist() -> None:
    for title, columns in SHIPPED.items():
        known = {one.label for one in REGISTERS[title].fields} if title in REGISTERS else set()
        assert title in REGISTERS or title == "各表"
        assert {name for name in columns if name not in ROLES} <= known
        assert set(columns.get("并入", {})) <= known


def test_a_name_stands_in_the_declarations_or_in_the_shipped_table_but_not_in_both() -> None:
    for title, register in REGISTERS.items():
        declared = {header_key(word) for one in register.fields for word in (one.label, *one.aliases)}
        shipped = [
            header_key(word)
            for label, words in SHIPPED.get(title, {}).items()
            if label not in ROLES
            for word in words
        ]
        assert not declared.intersection(shipped)
        assert len(shipped) == len(set(shipped))


def test_the_users_own_table_beside_the_ledger_is_read_with_and_without_quotes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"组织生活": ROWS})
    (tmp_path / "列名对照.toml").write_text(
        '[组织生活]\n类型 = ["活动种类"]\n"日期" = ["召开日"]\n主持人 = ["召集者"]\n', encoding="utf-8-sig"
    )
    batch = read_batch([path], CATALOGUE, column_names(CATALOGUE, tmp_path))
    assert payloads(batch) == [{"kinds": ["lecture"], "date": "2026-03-05", "chair": "张三"}]


def test_the_users_own_table_comes_before_the_shipped_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", {"组织生活": [["类型", "日期", "出勤率"], ["党课", "2026-03-05", "九成"]]}
    )
    (tmp_path / "列名对照.toml").write_text('[组织生活]\n备注 = ["出勤率"]\n', encoding="utf-8")
    batch = read_batch([path], CATALOGUE, column_names(CATALOGUE, tmp_path))
    assert payloads(batch)[0]["note"] == "九成"


def test_a_column_the_user_leaves_out_is_left_out(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", {"组织生活": [["类型", "日期", "主持"], ["党课", "2026-03-05", "张三"]]}
    )
    (tmp_path / "列名对照.toml").write_text('[组织生活]\n不导入 = ["主持"]\n', encoding="utf-8")
    batch = read_batch([path], CATALOGUE, column_names(CATALOGUE, tmp_path))
    assert payloads(batch) == [{"kinds": ["lecture"], "date": "2026-03-05"}]
    assert ("C", "主持", "不导入（对照表中写明不导入）") in batch.sheets[0].columns


def test_what_is_said_for_one_run_comes_before_everything(tmp_path: Path) -> None:
    rows = [["类型", "日期", "时间", "地点"], ["党课", "2026-03-06", "2026-03-05", "三楼"]]
    path = write(tmp_path / "a.xlsx", {"组织生活": rows})
    said = {"时间": "日期", "日期": "不导入"}
    batch = read_batch([path], CATALOGUE, column_names(CATALOGUE, said=said))
    assert payloads(batch) == [{"kinds": ["lecture"], "date": "2026-03-05", "place": "三楼"}]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[组织生活]\n主席 = ['甲']\n", "没有“主席”这一列"),
        ("[茶话会]\n日期 = ['甲']\n", "没有名为“茶话会”的表"),
        ("[组织生活]\n主持人 = '召集者'\n", "应写成"),
        ("组织生活 = 1\n", "应写"),
        ("[组织生活\n", "读不出"),
    ],
)
def test_a_faulty_table_is_refused_in_chinese(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "列名对照.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=word) as told:
        column_names(CATALOGUE, tmp_path)
    assert "列名对照.toml" in told.value.message


def test_a_column_that_does_not_exist_cannot_be_meant() -> None:
    with pytest.raises(InputError, match="没有名为“主席”的字段"):
        column_names(CATALOGUE, said={"召集者": "主席"})


def test_every_radical_of_the_supplement_is_read_as_a_character() -> None:
    """All of U+2E80 to U+2EF3, but for ⺀ (no character of its own) and U+2E9A (nothing at all)."""
    left = [code for code in range(0x2E80, 0x2EF4) if 0x2E80 <= ord(clean(chr(code))) < 0x3000]
    assert left == [0x2E80, 0x2E9A]


def test_every_kangxi_radical_is_read_as_a_character() -> None:
    left = [code for code in range(0x2F00, 0x2FD6) if not 0x4E00 <= ord(clean(chr(code))) <= 0x9FFF]
    assert left == []


@pytest.mark.parametrize(
    ("said", "what", "near"),
    [
        ({"经办": "记录人"}, "--map 经办=记录人：表里没有名为“经办”的列。", "相近的有：经办人。"),
        ({"日朗": "日期"}, "--map 日朗=日期：表里没有名为“日朗”的列。", "相近的有：日期。"),
        ({"经办人": "记录员"}, "--map 经办人=记录员：没有名为“记录员”的字段。", "相近的有：记录人。"),
        ({"经办人": "谈话人"}, "这一列所在的表认作“组织生活”，没有字段“谈话人”。", "等号右边写这张表的列名"),
    ],
)
def test_a_column_or_field_there_is_not_is_an_error_that_names_the_nearest(
    tmp_path: Path, said: dict[str, str], what: str, near: str
) -> None:
    rows = [["类型", "日期", "经办人"], ["党课", "2025-03-05", "张三"]]
    path = write(tmp_path / "a.xlsx", {"组织生活": rows})
    with pytest.raises(InputError) as caught:
        preview([path], tmp_path / "zhibu.db", said=said)
    assert what in str(caught.value)
    assert near in caught.value.hint


def test_of_a_column_that_is_not_taken_it_is_told_how_to_have_it_taken(tmp_path: Path) -> None:
    rows = [["类型", "日期", "天气\n情况"], ["党课", "2025-03-05", "晴"]]
    batch = read_batch([write(tmp_path / "a.xlsx", {"组织生活": rows})], CATALOGUE)
    (note,) = batch.notes
    assert "列“天气 情况”不认识" in note
    assert "如 --map 天气情况=栏名" in note
    named = column_names(CATALOGUE, said={"天气情况": "备注"})
    (draft,) = read_batch([tmp_path / "a.xlsx"], CATALOGUE, named).drafts
    assert draft.payload["note"] == "晴"
