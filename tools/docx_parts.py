"""The parts of our own Word base document, as WordprocessingML written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.docx_styles import FANGSONG, HEAD, INSTEAD, STYLES, R, W

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def escape(text: str) -> str:
    """Text for XML; quotes stay, they stand in no attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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


def outside(paragraphs: str, widths: Sequence[int]) -> str:
    """A last row that looks as if it stood below the table: no lines beside and under it."""
    lines = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
    whole = (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
        f"<w:tcBorders>{lines}</w:tcBorders></w:tcPr>{paragraphs}</w:tc>"
    )
    return row([whole])


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
