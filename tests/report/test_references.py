"""Formulas of a template in which row 3 of the sheet 表 stands four times: row 4 becomes row 7."""

from __future__ import annotations

import pytest

from zhibu_cli.report.references import Spot, UnmovableError, formula, named_area
from zhibu_cli.report.stretch import Stretch

ROWS = {"表": Stretch({3: 4}, 9), "别": Stretch({}, 9)}


def moved(text: str, spot: Spot) -> str:
    return formula(text, "表", ROWS, spot)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("=SUM(D3)", "=SUM(D3:D6)"),
        ("=SUM(C3,D3)", "=SUM(C3:C6,D3:D6)"),
        ("=SUM( $D$3 )", "=SUM( $D$3:$D$6 )"),
        ("=SUM(3:3)", "=SUM(3:6)"),
        ("=SUM($D$3:D3)", "=SUM($D$3:D6)"),
        ("=SUM(C3:D3)/COUNTA(B:B)", "=SUM(C3:D6)/COUNTA(B:B)"),
        ('=COUNTIF(D3,">5")', '=COUNTIF(D3:D6,">5")'),
        ('=SUMIF(A3,"甲",D3)', '=SUMIF(A3:A6,"甲",D3:D6)'),
        ("=D4/C4", "=D7/C7"),
        ("=SUBTOTAL(9,D3)", "=SUBTOTAL(9,D3:D6)"),
        ('="D3"&A4', '="D3"&A7'),
        ("=SUM(表1[应到])", "=SUM(表1[应到])"),
    ],
)
def test_a_sum_below_takes_every_copy(old: str, new: str) -> None:
    assert moved(old, Spot(4, "D")) == new


@pytest.mark.parametrize(
    ("old", "first", "third"),
    [
        ("=D3/C3", "=D3/C3", "=D5/C5"),
        ("=SUM($D$3:D3)", "=SUM($D$3:D3)", "=SUM($D$3:D5)"),
        ("=SUM(D$3:D3)", "=SUM(D$3:D3)", "=SUM(D$3:D5)"),
        ("=D3/SUM($D$3:$D$3)", "=D3/SUM($D$3:$D$6)", "=D5/SUM($D$3:$D$6)"),
        ("=D3/D$4", "=D3/D$7", "=D5/D$7"),
        ("=D3-$D$3", "=D3-$D$3", "=D5-$D$3"),
        ("=IF(ROW()=3,1,G2+1)", "=IF(ROW()=3,1,G2+1)", "=IF(ROW()=3,1,G4+1)"),
        ("=MAX(G$2:G2)+1", "=MAX(G$2:G2)+1", "=MAX(G$2:G4)+1"),
        ("=ROW(A1)", "=ROW(A1)", "=ROW(A3)"),
        ("=ROWS(A$1:A1)", "=ROWS(A$1:A1)", "=ROWS(A$1:A3)"),
        ("=ROW()-2", "=ROW()-2", "=ROW()-2"),
        ("=C3*B$1", "=C3*B$1", "=C5*B$1"),
        ("=SUM(C3:F3)", "=SUM(C3:F3)", "=SUM(C5:F5)"),
    ],
)
def test_a_formula_in_the_row_goes_with_every_copy(old: str, first: str, third: str) -> None:
    assert moved(old, Spot(3, "G", 0)) == first
    assert moved(old, Spot(3, "G", 2)) == third


@pytest.mark.parametrize(
    ("old", "row", "told"),
    [
        ("=D3*2", 4, "D3 在要重复的行里"),
        ("=SUM(D3+C3)", 4, "D3 在要重复的行里"),
        ("=表!D3", 1, "表!D3 在要重复的行里"),
        ('=INDIRECT("C4")', 4, "INDIRECT"),
        ("=SUM(OFFSET(D3,0,0))", 4, "OFFSET"),
        ("=ROW()-2", 5, "行号会变"),
        ("=SUM('表:别'!A1)", 4, "几张工作表"),
        ("=SUM(表:别!A1)", 4, "几张工作表"),
        ("=C3*B2", 3, "B2 是上一行的另一列"),
        ("=SUM(C2:C3)", 3, "C2:C3 不知道两头"),
    ],
)
def test_what_nobody_could_move_is_told(old: str, row: int, told: str) -> None:
    with pytest.raises(UnmovableError, match=told):
        moved(old, Spot(row, "G"))


def test_a_condition_for_many_rows_reads_its_own_row_and_fixed_ones() -> None:
    assert moved("=$D3<$D$4", Spot(3, area=True)) == "=$D3<$D$7"
    assert moved("=$A2<>$A3", Spot(3, area=True)) == "=$A2<>$A3"
    with pytest.raises(UnmovableError, match="D5 对每一行都不同"):
        moved("=$D3<$D5", Spot(3, area=True))


def test_names_grow_over_the_copies_and_have_to_be_fixed() -> None:
    assert named_area("表!$D$3", ROWS) == "表!$D$3:$D$6"
    assert named_area("SUM(表!$D$3:$D$3)", ROWS) == "SUM(表!$D$3:$D$6)"
    with pytest.raises(UnmovableError, match="带"):
        named_area("表!D4", ROWS)


def test_where_no_row_repeats_every_formula_is_left_alone() -> None:
    alone = {"表": Stretch({}, 9)}
    assert formula('=INDIRECT("C4")+D3', "表", alone, Spot(4)) == '=INDIRECT("C4")+D3'
