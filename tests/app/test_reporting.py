"""Papers from a ledger file: where they go, what is refused, all or none."""

from __future__ import annotations

import errno
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from tests.once import once
from tests.report.factory import branch, meeting, period, write_ledger

from zhibu_cli.app.checking import check_ledger, load
from zhibu_cli.app.paper_orders import must_have_room
from zhibu_cli.app.paper_texts import read_texts
from zhibu_cli.app.reporting import Order, Wish, debrief_report, make, named, quarter_report
from zhibu_cli.errors import ClassifiedError, ExistsError, InputError, LedgerBusyError, PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.report import markdown, word, workbook
from zhibu_cli.report.papers import PAPERS, PaperKind
from zhibu_cli.report.wording import blanks
from zhibu_cli.store.opening import create

AS_OF = date(2026, 10, 8)


@pytest.fixture
@once
def ledger(tmp_path: Path) -> Path:
    """The ledger of factory.py as a file."""
    return write_ledger(tmp_path / "zhibu.db")


def quarter(ledger: Path, out: Path, **wish: object) -> tuple[Path, ...]:
    return quarter_report(ledger, period(), out, Wish(**wish), as_of=AS_OF).files  # type: ignore[arg-type]


def test_a_folder_gets_one_file_for_each_format_named_after_the_paper(ledger: Path, tmp_path: Path) -> None:
    files = quarter(ledger, tmp_path / "out", formats=("docx", "xlsx", "md"))
    assert [path.name for path in files] == [
        f"2026年第三季度党建工作报告.{form}" for form in ("docx", "xlsx", "md")
    ]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(files)


def test_a_file_name_tells_the_format(ledger: Path, tmp_path: Path) -> None:
    (only,) = quarter(ledger, tmp_path / "三季度.md")
    assert only.read_text(encoding="utf-8").startswith("# 市数据局机关第一党支部2026年第三季度")
    with pytest.raises(InputError, match="不一致"):
        quarter(ledger, tmp_path / "三季度.md", formats=("docx",))


def test_word_is_written_where_nothing_was_said(ledger: Path, tmp_path: Path) -> None:
    (only,) = quarter(ledger, tmp_path / "out")
    assert only.suffix == ".docx"


def test_what_is_left_for_a_person_is_told(ledger: Path, tmp_path: Path) -> None:
    papers = quarter_report(ledger, period(), tmp_path / "a.md", Wish(), as_of=AS_OF)
    assert "〔待补：主持人〕" in papers.blanks
    assert "〔请补充：下季度重点工作，逐项写明内容、时间和责任人〕" in papers.blanks


def test_the_same_ledger_gives_the_same_bytes(ledger: Path, tmp_path: Path) -> None:
    formats = ("docx", "xlsx", "md")
    one, other = (quarter(ledger, tmp_path / name, formats=formats, trace=True) for name in ("a", "b"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_an_existing_file_is_kept_unless_it_may_be_overwritten(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("旧", encoding="utf-8")
    with pytest.raises(ExistsError, match=r"a\.md"):
        quarter(ledger, target)
    assert target.read_text(encoding="utf-8") == "旧"
    quarter(ledger, target, overwrite=True)
    assert "党建工作报告" in target.read_text(encoding="utf-8")


def test_one_existing_file_of_two_stops_both(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    with pytest.raises(ExistsError):
        quarter(ledger, tmp_path / "a.docx", formats=("docx", "xlsx"))
    assert not (tmp_path / "a.docx").exists()


def test_final_refuses_lists_every_blank_and_writes_nothing(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(PaperError) as caught:
        quarter(ledger, tmp_path / "out", formats=("docx", "md"), final=True)
    for blank in ("〔待补：实到〕", "〔请补充：围绕中心工作、服务群众的具体做法、参加人数和办成的实事〕"):
        assert blank in caught.value.message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["xlsx", "docx", "md", "html"])
@pytest.mark.parametrize(
    "open_",
    [
        ("quarter", "2026Q3", "〔待补：主持人〕"),
        ("problems", "2026", "〔待补：措施〕〔待补：责任人〕"),
        ("theme-plan", "2026Q4", "〔待补：主题〕〔待补：责任人〕"),
    ],
)
def test_final_refuses_what_is_open_in_a_table_in_every_format(
    ledger: Path, tmp_path: Path, open_: tuple[str, str, str], form: str
) -> None:
    name, when, left = open_
    order = Order(kind=named(name), period=period(when))
    with pytest.raises(PaperError, match=left):
        make(ledger, order, tmp_path / f"{name}.{form}", Wish(final=True), as_of=AS_OF)
    assert not (tmp_path / f"{name}.{form}").exists()


def test_a_blank_in_the_head_a_comment_or_the_foot_of_an_own_workbook_counts_too(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"].comment = Comment("〔请补充：批注〕", "张一")
    sheet.oddHeader.center.text = "〔待补：页眉〕"  # type: ignore[union-attr]
    sheet.oddFooter.center.text = "〔待补：页脚〕"  # type: ignore[union-attr]
    book.save(tmp_path / "own.xlsx")
    printed = workbook.printed((tmp_path / "own.xlsx").read_bytes())
    assert {*blanks(printed)} == {"〔请补充：批注〕", "〔待补：页眉〕", "〔待补：页脚〕"}


def test_final_passes_where_the_own_template_leaves_no_blank(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("依据〔2026〕5号，{{ branch }}共有党员{{ figures.members }}名。", encoding="utf-8")
    (paper,) = quarter(ledger, tmp_path / "out.md", template=own, final=True)
    assert paper.read_text(encoding="utf-8") == "依据〔2026〕5号，市数据局机关第一党支部共有党员10名。"


def test_a_blank_in_the_own_template_counts_too(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("〔请补充：联系电话〕", encoding="utf-8")
    with pytest.raises(PaperError, match="联系电话"):
        quarter(ledger, tmp_path / "out.md", template=own, final=True)


def test_an_own_template_gets_its_sources_as_a_file_beside_it(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ branch }}", encoding="utf-8")
    paper, sources = quarter(ledger, tmp_path / "out.md", template=own, trace=True)
    assert (paper.name, sources.name) == ("out.md", "out-数据来源表.md")
    assert "M9 M10" in sources.read_text(encoding="utf-8")


def test_a_template_and_a_format_that_do_not_agree_are_refused(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("x", encoding="utf-8")
    with pytest.raises(InputError):
        quarter(ledger, tmp_path / "out", template=own, formats=("docx",))


def test_own_words_from_a_file_fill_the_blanks(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "补写.txt"
    own.write_text(
        "【下季度重点工作，逐项写明内容、时间和责任人】\n10月换届选举。\n由书记负责。\n", encoding="utf-8-sig"
    )
    (paper,) = quarter(ledger, tmp_path / "out.docx", texts=own)
    assert "10月换届选举。" in word.printed(paper.read_bytes())
    assert "由书记负责。" in word.printed(paper.read_bytes())


@pytest.mark.parametrize("content", ["没有名称的一段话", "【空的】\n\n", ""])
def test_a_file_of_own_words_without_names_or_words_is_refused(tmp_path: Path, content: str) -> None:
    own = tmp_path / "补写.txt"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(PaperError, match="补写"):
        read_texts(own)


def test_words_written_twice_for_one_blank_are_refused_else_the_first_would_be_lost(tmp_path: Path) -> None:
    own = tmp_path / "补写.txt"
    own.write_text("【问题一】\n学习不深入。\n【问题一】\n抓得不紧。\n", encoding="utf-8")
    with pytest.raises(PaperError) as refused:
        read_texts(own)
    assert refused.value.message == "补写文件“补写.txt”里写了不止一次：问题一。"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_only_papers_with_blanks_for_own_words_take_them(paper: PaperKind) -> None:
    if paper.name in {"quarter", "life-report", "summary", "debrief", "debrief-speech", "handbook"}:
        must_have_room(paper, texts=True, slots=False)
    else:
        with pytest.raises(InputError, match="没有要补写的段落"):
            must_have_room(paper, texts=True, slots=False)


def test_the_account_comes_with_material_in_a_file_of_its_own(ledger: Path, tmp_path: Path) -> None:
    wish = Wish(formats=("docx", "md"), material=True)
    papers = debrief_report(ledger, 2026, tmp_path / "out", wish, as_of=date(2026, 12, 31))
    assert [path.name for path in papers.files] == [
        "2026年度述职报告.docx",
        "2026年度述职报告.md",
        "2026年度述职报告-素材清单.docx",
    ]
    account, material = papers.files[1:]
    assert "素材" not in markdown.printed(account.read_bytes())
    assert "不随材料报送" in word.printed(material.read_bytes())


def test_there_is_no_account_as_a_workbook(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="xlsx"):
        debrief_report(ledger, 2026, tmp_path / "out", Wish(formats=("xlsx",)), as_of=AS_OF)


def test_a_month_is_no_quarter(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="季度"):
        quarter_report(ledger, period("2026-07"), tmp_path / "out", Wish(), as_of=AS_OF)


def test_no_temporary_file_is_left_and_a_folder_that_cannot_be_is_told(ledger: Path, tmp_path: Path) -> None:
    quarter(ledger, tmp_path / "out")
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".docx"]
    with pytest.raises(InputError, match=r"zhibu\.db”不是文件夹"):
        quarter(ledger, ledger / "out")


def test_files_that_are_not_there_are_told_as_missing(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="没有找到模板"):
        quarter(ledger, tmp_path / "out.docx", template=tmp_path / "none.docx")
    with pytest.raises(PaperError, match="没有找到补写文件"):
        read_texts(tmp_path / "none.txt")


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A ledger with one sitting, whose theme holds three characters that cannot be seen."""
    path = tmp_path / "strange.db"
    now = datetime(2026, 10, 8, 9, 0)
    with create(path, now=now, who="张一", catalogue=CATALOGUE) as store:
        store.add(CATALOGUE.register("branch"), dict(branch().payload), now=now, who="张一", id="B1")
        payload = meeting("theme_day", "2026-07-20", "响\x07铃\x07反\u202e转")
        store.add(CATALOGUE.register("sitting"), payload, now=now, who="张一", id="S1")
    return path


def test_invisible_characters_are_told_apart_from_blanks(strange: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ sittings[0].theme }}〔请补充：电话〕", encoding="utf-8")
    wish = Wish(template=own)
    papers = quarter_report(strange, period(), tmp_path / "out.md", wish, as_of=AS_OF)
    assert papers.blanks == ("〔请补充：电话〕",)
    assert papers.marks == ("〔U+0007〕", "〔U+0007〕", "〔U+202E〕")


def test_final_refuses_invisible_characters_in_words_of_their_own(strange: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ sittings[0].theme }}", encoding="utf-8")
    with pytest.raises(PaperError) as caught:
        quarter(strange, tmp_path / "out.md", template=own, final=True)
    assert caught.value.message == "不能定稿：含不可见字符3处：〔U+0007〕〔U+202E〕。"
    assert not (tmp_path / "out.md").exists()
    own.write_text("{{ sittings[0].theme }}〔待补：电话〕", encoding="utf-8")
    with pytest.raises(PaperError, match=r"还有1处空白.*另含不可见字符3处"):
        quarter(strange, tmp_path / "out.md", template=own, final=True)


@pytest.mark.parametrize(
    ("number", "why"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有权限"), (9999, "系统错误 9999")]
)
def test_a_disk_that_takes_no_more_is_told_in_chinese_with_the_file(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    def full(half: Path, data: bytes) -> int:
        half.touch()
        if "xlsx" in half.name:
            raise OSError(number, "No space left on device")  # as write() does: without a file name
        return len(data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(LedgerBusyError) as caught:
        quarter(ledger, tmp_path / "out", formats=("docx", "xlsx"))
    assert caught.value.message == (
        f"写不出文件“{tmp_path / 'out' / '2026年第三季度党建工作报告.xlsx'}”：{why}。"
    )
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_device_is_no_place_for_a_paper(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="/dev/full”不是文件夹"):
        quarter(ledger, Path("/dev/full"), overwrite=True)
    (tmp_path / "a.docx").symlink_to("/dev/full")
    with pytest.raises(InputError, match=r"a\.docx”不是普通文件"):
        quarter(ledger, tmp_path / "a.docx", overwrite=True)


def test_what_is_read_is_not_written_over(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ branch }}", encoding="utf-8")
    with pytest.raises(InputError, match="这次要读的文件"):
        quarter(ledger, own, template=own, overwrite=True)
    moved = ledger.rename(tmp_path / "ledger.docx")
    with pytest.raises(InputError, match="这次要读的文件"):
        quarter(moved, moved, overwrite=True)
    assert own.read_text(encoding="utf-8") == "{{ branch }}"


def test_own_words_with_a_classification_mark_reach_no_paper(ledger: Path, tmp_path: Path) -> None:
    texts = tmp_path / "补写.txt"
    texts.write_text("【下季度重点工作，逐项写明内容、时间和责任人】\n密级：机密★", encoding="utf-8")
    with pytest.raises(ClassifiedError):
        quarter(ledger, tmp_path / "out", formats=("md",), texts=texts)
    assert not (tmp_path / "out").exists()


def test_the_opinion_of_2016_is_cited_in_checks_and_in_no_paper(ledger: Path, tmp_path: Path) -> None:
    """design.md, Papers: its force is unsure. What rests on other articles too stays in the papers."""
    checked = check_ledger(load(ledger), period("2026").span, AS_OF, path=ledger)
    assert "2016年11月18日" in str([finding.grounds for finding in checked.findings])
    for name, form in (("self-check", "md"), ("dossier", "html")):
        order = Order(kind=named(name), period=period("2026"))
        (file,) = make(ledger, order, tmp_path / f"{name}.{form}", Wish(), as_of=AS_OF).files
        told = file.read_text(encoding="utf-8")
        assert "2016年11月18日" not in told
        assert "《中国共产党支部工作条例（试行）》" in told
