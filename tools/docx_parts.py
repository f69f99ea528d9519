"""The parts of our own Word base document, as WordprocessingML written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def escape(text: str) -> str:
    """Text for XML; quotes stay, they stand in no attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
        style("ZbBlockHeadNewPage", "公文表名另页", "<w:pageBreakBefore/>", based="ZbBlockHead"),
        style("ZbSigning", "公文表下签名", NO_GRID + exact(480, before=120), _run(points=12)),
        style("ZbCaption", "公文表头说明", NO_GRID + exact(360), _run(points=12)),
        style("ZbNote", "公文表注", NO_GRID + exact(250), _run("", '<w:spacing w:val="0"/>', 9)),
        style("ZbGap", "公文表间空行", NO_GRID + exact(120), _run(points=5)),
        style("ZbNoteKept", "公文表注与下行同页", "<w:keepNext/>", based="ZbNote"),
        style("ZbGapKept", "公文表间空行与下行同页", "<w:keepNext/>", based="ZbGap"),
        _cell_style("ZbCell", "公文表格左对齐", "left"),
        _cell_style("ZbCellCentre", "公文表格居中", "center"),
        _cell_style("ZbCellRight", "公文表格右对齐", "right"),
        # what was said is read, not looked up: two characters in, as in a text
        style("ZbCellFlow", "公文表格正文", _FLOW, based="ZbCell"),
        # the last row but one takes the last one with it: no page with a single row
        style("ZbCellKept", "公文表格左对齐与下行同页", "<w:keepNext/>", based="ZbCell"),
        style("ZbCellCentreKept", "公文表格居中与下行同页", "<w:keepNext/>", based="ZbCellCentre"),
        _cell_style("ZbCellHead", "公文表格表头", "center", HEITI),
        _cell_style("ZbSmall", "公文小字表格左对齐", "left", line=260, points=9),
        _cell_style("ZbSmallCentre", "公文小字表格居中", "center", line=260, points=9),
        _cell_style("ZbSmallRight", "公文小字表格右对齐", "right", line=260, points=9),
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

SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

FONT_TABLE = (
    f'{HEAD}<w:fonts xmlns:w="{W}">'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in INSTEAD.items()
    )
    + "</w:fonts>"
)


def _footer(jc: str, indent: str) -> str:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = (
        f"{mark.format('begin')}"
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f"{mark.format('separate')}<w:r><w:t>1</w:t></w:r>{mark.format('end')}"
    )
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind {indent}/>'
        f'<w:jc w:val="{jc}"/></w:pPr>{run.format("— ")}{field}{run.format(" —")}</w:p></w:ftr>'
    )


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ACCENTS = ("4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    **{f"accent{number}": rgb for number, rgb in enumerate(_ACCENTS, 1)},
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FACE = f'<a:latin typeface="{FANGSONG}"/><a:ea typeface="{FANGSONG}"/><a:cs typeface=""/>'
_FACES = f"<a:majorFont>{_FACE}</a:majorFont><a:minorFont>{_FACE}</a:minorFont>"
_LINE_STYLE, _EFFECT = f"<a:ln>{_FILL}</a:ln>", "<a:effectStyle><a:effectLst/></a:effectStyle>"
# nothing here uses the theme, but Office and strict readers expect a package to have one
THEME = (
    f'{HEAD}<a:theme xmlns:a="{_A}" name="zhibu"><a:themeElements><a:clrScheme name="zhibu">'
    + "".join(f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in _COLOURS.items())
    + f'</a:clrScheme><a:fontScheme name="zhibu">{_FACES}</a:fontScheme><a:fmtScheme name="zhibu">'
    + f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE_STYLE * 3}</a:lnStyleLst>"
    + f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    + f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS_TYPES = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "footer1": "footer",
    "footer2": "footer",
}

PARTS = {
    "[Content_Types].xml": HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
        for name, kind in _PARTS_TYPES.items()
    )
    + '<Override PartName="/word/theme/theme1.xml"'
    + ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    + '<Override PartName="/docProps/core.xml"'
    + ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "_rels/.rels": HEAD
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    + '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    + 'core-properties" Target="docProps/core.xml"/></Relationships>',
    "docProps/core.xml": HEAD
    + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    + ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>zhibu</dc:creator>'
    + '<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>'
    + '<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified>'
    + "</cp:coreProperties>",
    "word/_rels/document.xml.rels": HEAD
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{name.rstrip("12")}" Target="{name}.xml"/>'
        for n, name in enumerate(list(_PARTS_TYPES)[1:], 1)
    )
    + f'<Relationship Id="rId9" Type="{R}/theme" Target="theme/theme1.xml"/></Relationships>',
    "word/theme/theme1.xml": THEME,
    "word/styles.xml": STYLES,
    "word/settings.xml": SETTINGS,
    "word/fontTable.xml": FONT_TABLE,
    # the number stands outside: right on odd pages, left on even ones, one character from the edge
    "word/footer1.xml": _footer("right", 'w:right="280" w:rightChars="100"'),
    "word/footer2.xml": _footer("left", 'w:left="280" w:leftChars="100"'),
}

_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
    ' w:header="851" w:footer="1417" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)


# a working list is no official paper: 17 mm above and below leave room for one page
_SLIM = (
    _SECTION.replace('w:top="2098"', 'w:top="964"')
    .replace('w:bottom="1984"', 'w:bottom="964"')
    .replace('w:footer="1417"', 'w:footer="510"')
)


LANDSCAPE_WIDTH = 16838 - 2 * 1134
_LANDSCAPE = (
    _SLIM.replace(
        '<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    )
    .replace('w:right="1474"', 'w:right="1134"')
    .replace('w:left="1587"', 'w:left="1134"')
)


A3_WIDTH = 23811 - 2 * 1134
_A3 = _LANDSCAPE.replace('w:w="16838" w:h="11906"', 'w:w="23811" w:h="16838"')


def document(
    body: str, *, slim: bool = False, landscape: bool = False, a3: bool = False, cover: bool = False
) -> str:
    """The main part around a body.

    ``slim``: with less room above and below; ``landscape`` and ``a3`` are slim too; ``cover``: the first
    page has no number.
    """
    section = _A3 if a3 else _LANDSCAPE if landscape else _SLIM if slim else _SECTION
    section = section.replace("<w:docGrid", "<w:titlePg/><w:docGrid") if cover else section
    return (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body>{body}{section}</w:body></w:document>"
    )


def paragraph(text: str, style_: str = "ZbBody") -> str:
    """A paragraph of one run."""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, text.split("\n")))
    run = f'<w:r><w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_}"/></w:pPr>{run}</w:p>'


def cell(
    text: str,
    width: int,
    style_: str = "ZbCell",
    span: int | str = 1,
    *,
    merge: str = "",
    top: bool = False,
    fill: str = "",
) -> str:
    """A cell of a table.

    ``span``: columns, or an expression of the template; ``merge``: ``restart`` or ``continue`` of one over
    several rows; ``fill``: its colour.
    """
    joined = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    joined += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    joined += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    place = "top" if top else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}<w:vAlign w:val="{place}"/></w:tcPr>'
        f"{paragraph(text, style_)}</w:tc>"
    )


def row(cells: Sequence[str], *, head: bool = False, height: int | str = 0, whole: bool = True) -> str:
    """A row that never breaks over a page (unless not ``whole``); a head row stands again on every page.

    ``height`` in twips, or an expression of the template, leaves at least so much room for the hand.
    """
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if head else ""
    kept = "<w:cantSplit/>" if whole else ""
    return f"<w:tr><w:trPr>{kept}{tall}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: str, *, side: int = 60) -> str:
    """A table with thin lines over the whole text width; ``side``: room beside the text of a cell."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{lines}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def carrier(text: str, widths: Sequence[int]) -> str:
    """A row with nothing but a tag, which docxtpl drops."""
    return row([cell(text, sum(widths), span=len(widths))])


def choice(tag: str, condition: str, one: str, other: str, widths: Sequence[int]) -> str:
    """Rows where a condition holds, other rows where not."""
    tags = (f"if {condition}", "else", "endif")
    first, middle, last = (carrier(f"{{%{tag} {words} %}}", widths) for words in tags)
    return first + one + middle + other + last


def loop(tag: str, head: str, body: str, widths: Sequence[int]) -> str:
    """Rows repeated for every item; docxtpl drops the two rows that carry the tags."""
    return carrier(f"{{%{tag} {head} %}}", widths) + body + carrier(f"{{%{tag} endfor %}}", widths)


_TRACE_WIDTHS = (1600, 1000, 3245, 3000)
_TRACE_HEADS = ("数据", "数", "统计口径", "记录编号")
_TRACE_CELLS = (
    ("{{ t.label }}", "ZbTrace"),
    ("{{ t }}", "ZbTraceCentre"),
    ("{{ t.rule }}", "ZbTrace"),
    ("{{ t.sources }}", "ZbTrace"),
)

APPENDIX = "".join(
    [
        paragraph("{%p if trace %}"),
        paragraph("附件", "ZbAnnex"),
        paragraph("数据来源表", "Title"),
        paragraph("", "ZbGap"),
        table(
            _TRACE_WIDTHS,
            row(
                [cell(h, w, "ZbTraceHead") for h, w in zip(_TRACE_HEADS, _TRACE_WIDTHS, strict=True)],
                head=True,
            )
            + loop(
                "tr",
                "for t in trace",
                row([cell(t, w, s) for (t, s), w in zip(_TRACE_CELLS, _TRACE_WIDTHS, strict=True)]),
                _TRACE_WIDTHS,
            ),
        ),
        paragraph("{%p endif %}"),
    ]
)
