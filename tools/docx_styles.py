"""The styles of our own Word base document, and the pieces styles are made of."""

from __future__ import annotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT_WIDTH = 8845  # 210 - 28 - 26 mm
LINE = 579

FANGSONG, KAITI, HEITI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
# what a machine without the font should take instead
INSTEAD = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", TITLE: "华文中宋", SONG: "SimSun"}


def fonts(name: str) -> str:
    """The font for every script: Office asks for ascii and eastAsia apart."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """A font size; Word counts in half points."""
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def exact(twips: int, *, before: int = 0, after: int = 0) -> str:
    """An exact line height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{twips}" w:lineRule="exact"/>'


def style(
    id_: str, name: str, paragraph_: str, run: str = "", *, based: str = "Normal", after: str = ""
) -> str:
    """A paragraph style."""
    basis = f'<w:basedOn w:val="{based}"/>' if based and id_ != "Normal" else ""
    follow = f'<w:next w:val="{after}"/>' if after else ""
    default = ' w:default="1"' if id_ == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id_}"><w:name w:val="{name}"/>'
        f"{basis}{follow}<w:qFormat/><w:pPr>{paragraph_}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


NO_GRID = '<w:snapToGrid w:val="0"/>'
INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
CENTRE = '<w:jc w:val="center"/>'
RIGHT = '<w:jc w:val="right"/>'
_FLOW = '<w:ind w:firstLine="480" w:firstLineChars="200"/>'


_BLOCK_HEAD = f"<w:keepNext/>{NO_GRID}{exact(420)}{CENTRE}"


_CONTENTS = (
    f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>{NO_GRID}{exact(400)}'
)


def _run(font: str = "", spacing: str = "", points: float = 0) -> str:
    return (fonts(font) if font else "") + spacing + (size(points) if points else "")


# in a table the lines are closer, and nothing is drawn together
def _cell_style(id_: str, name: str, jc: str, font: str = "", *, line: int = 400, points: float = 12) -> str:
    # no extra room between digits and Han: a date has to fit its column
    tight = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    shape = tight + NO_GRID + exact(line) + f'<w:jc w:val="{jc}"/>'
    return style(id_, name, shape, _run(font, '<w:spacing w:val="0"/>', points))


STYLES = "".join(
    [
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>',
        fonts(FANGSONG),
        '<w:spacing w:val="-5"/><w:kern w:val="0"/>',
        size(16),
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
        "<w:pPrDefault><w:pPr>",
        exact(LINE),
        "</w:pPr></w:pPrDefault></w:docDefaults>",
        style("Normal", "Normal", f'<w:widowControl w:val="0"/>{exact(LINE)}<w:jc w:val="both"/>'),
        style("Title", "Title", NO_GRID + exact(700) + CENTRE, _run(TITLE, points=22), after="ZbBody"),
        style(
            "Heading1",
            "heading 1",
            f'<w:keepNext/>{INDENT}<w:outlineLvl w:val="0"/>',
            _run(HEITI),
            after="ZbBody",
        ),
        style(
            "Heading2",
            "heading 2",
            f'<w:keepNext/>{INDENT}<w:outlineLvl w:val="1"/>',
            _run(KAITI),
            after="ZbBody",
        ),
        # a long name over two lines must leave the statistics on one page
        style("ZbTableTitle", "公文统计表标题", exact(560), _run(TITLE, points=18), based="Title"),
        style("ZbTableTitleNewPage", "公文统计表标题另页", "<w:pageBreakBefore/>", based="ZbTableTitle"),
        style("ZbTitleNewPage", "公文标题另页", "<w:pageBreakBefore/>", based="Title", after="ZbBody"),
        style("ZbBody", "公文正文", INDENT),
        style("ZbBodyLast", "公文正文末段", "<w:keepNext/><w:keepLines/>", based="ZbBody"),
        style("ZbPlain", "公文顶格", ""),
        style("ZbAnnex", "公文附件", "<w:pageBreakBefore/>", _run(HEITI)),
        style("ZbByline", "公文署名", CENTRE, _run(KAITI)),
        style(
            "ZbSignature",
            "公文落款",
            '<w:keepNext/><w:ind w:right="1280" w:rightChars="400"/><w:jc w:val="right"/>',
        ),
        style("ZbDate", "公文成文日期", '<w:keepNext w:val="0"/>', based="ZbSignature"),
        style("ZbPart", "手册部分", "<w:pageBreakBefore/>", _run(HEITI, points=18), based="ZbBlockHead"),
        style("ZbContents", "手册目录", _CONTENTS, _run(HEITI, points=12)),
        style("ZbContentsInner", "手册目录条目", '<w:ind w:left="420"/>', based="ZbContents"),
        style("ZbCircle", "公文知悉范围", NO_GRID + exact(360) + RIGHT, _run(HEITI, points=12)),
        style("ZbBlockHead", "公文表名", _BLOCK_HEAD, _run(HEITI, points=14)),
        style("ZbSigning", "公文表下签名", NO_GRID + exact(480, before=120), _run(points=12)),
        style("ZbCaption", "公文表头说明", NO_GRID + exact(360), _run(points=12)),
        style(
            "ZbNote",
            "公文表注",
            "<w:keepLines/>" + NO_GRID + exact(250),
            _run("", '<w:spacing w:val="0"/>', 9),
        ),
        style("ZbGap", "公文表间空行", NO_GRID + exact(120), _run(points=5)),
        # no file ends in a table: what is put below one must not take a page of its own
        style("ZbEnd", "公文表后", NO_GRID + exact(20), _run(points=1)),
        _cell_style("ZbCell", "公文表格左对齐", "left"),
        _cell_style("ZbCellCentre", "公文表格居中", "center"),
        _cell_style("ZbCellRight", "公文表格右对齐", "right"),
        # what was said is read, not looked up: two characters in, as in a text
        style("ZbCellFlow", "公文表格正文", _FLOW, based="ZbCell"),
        # the last row but one takes the last one with it: no page with a single row
        style("ZbCellKept", "公文表格左对齐与下行同页", "<w:keepNext/>", based="ZbCell"),
        style("ZbCellCentreKept", "公文表格居中与下行同页", "<w:keepNext/>", based="ZbCellCentre"),
        style("ZbCellRightKept", "公文表格右对齐与下行同页", "<w:keepNext/>", based="ZbCellRight"),
        style("ZbCellFlowKept", "公文表格正文与下行同页", "<w:keepNext/>", based="ZbCellFlow"),
        _cell_style("ZbCellHead", "公文表格表头", "center", HEITI),
        _cell_style("ZbSmall", "公文小字表格左对齐", "left", line=260, points=9),
        _cell_style("ZbSmallCentre", "公文小字表格居中", "center", line=260, points=9),
        style("ZbSmallKept", "公文小字表格左对齐与下行同页", "<w:keepNext/>", based="ZbSmall"),
        style("ZbSmallCentreKept", "公文小字表格居中与下行同页", "<w:keepNext/>", based="ZbSmallCentre"),
        _cell_style("ZbSmallRight", "公文小字表格右对齐", "right", line=260, points=9),
        style("ZbSmallRightKept", "公文小字表格右对齐与下行同页", "<w:keepNext/>", based="ZbSmallRight"),
        _cell_style("ZbSmallHead", "公文小字表格表头", "center", HEITI, line=260, points=9),
        _cell_style("ZbStat", "公文统计表", "center", line=325),
        _cell_style("ZbStatHead", "公文统计表表头", "center", HEITI, line=325),
        _cell_style("ZbTrace", "公文来源表左对齐", "left", line=300, points=10.5),
        _cell_style("ZbTraceCentre", "公文来源表居中", "center", line=300, points=10.5),
        _cell_style("ZbTraceHead", "公文来源表表头", "center", HEITI, line=340, points=10.5),
        style("Footer", "footer", '<w:snapToGrid w:val="0"/>', _run(SONG, '<w:spacing w:val="0"/>', 14)),
        "</w:styles>",
    ]
)
