"""Which fonts of a Word file are not in the PDF made of it, and what stands in their place."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

_INSIDE = {
    "仿宋_GB2312": "fangsonggb2312",
    "楷体_GB2312": "kaitigb2312",
    "方正小标宋简体": "fzxbsjwgb10",
    "黑体": "simhei",
    "宋体": "simsun",
    "仿宋": "fangsong",
    "楷体": "kaiti",
    "华文中宋": "stzhongsong",
}
"""The name that a font bears inside a PDF, small letters and digits only."""
_STYLE = re.compile(r'<w:style\b[^>]*?w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_BASED = re.compile(r'<w:basedOn w:val="([^"]+)"')
_FONT = re.compile(r'<w:rFonts\b[^>]*?w:eastAsia="([^"]+)"')
_USED = re.compile(r'<w:[pr]Style w:val="([^"]+)"')
_DEFAULTS = re.compile(r"<w:docDefaults>.*?</w:docDefaults>", re.DOTALL)
_BASE_FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_WEIGHTS = re.compile(r"[-,](?:Regular|Bold|VKana|Roman|Book|Light|Medium|Italic)\b", re.IGNORECASE)


class Substitution(NamedTuple):
    """What the paper asks for and the machine does not have, and the fonts that stand there."""

    missing: tuple[str, ...]
    instead: tuple[str, ...]


def substituted(word: bytes, pdf: bytes) -> Substitution | None:
    """Fonts of the Chinese text of a .docx that its PDF does without; None: it has them all."""
    inside = tuple(dict.fromkeys(_unescaped(name) for name in _BASE_FONT.findall(pdf)))
    bare = {_bare(name) for name in inside}
    asked = _asked(word)
    missing = tuple(name for name in asked if not bare & {_bare(name), _INSIDE.get(name, "")})
    if not missing or not inside:
        return None
    own = {_INSIDE.get(name, _bare(name)) for name in asked}
    instead = dict.fromkeys(_WEIGHTS.sub("", name) for name in inside if _bare(name) not in own)
    return Substitution(missing, tuple(instead))


def _asked(word: bytes) -> tuple[str, ...]:
    """The East Asian fonts of the text and of the styles that it uses, in the order of their use."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        text, styles = (archive.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    known = {match[1]: match[0] for match in _STYLE.finditer(styles)}
    usual = _first(_FONT, "".join(_DEFAULTS.findall(styles)))
    found = [_of(known, name) or usual for name in dict.fromkeys(_USED.findall(text))]
    return tuple(dict.fromkeys(filter(None, (*found, *_FONT.findall(text)))))


def _of(known: dict[str, str], name: str) -> str:
    """The font of a style, or of the one it is based on."""
    seen: set[str] = set()
    while name in known and name not in seen:
        seen.add(name)
        if font := _first(_FONT, known[name]):
            return font
        name = _first(_BASED, known[name])
    return ""


def _first(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return match[1] if match else ""


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", _WEIGHTS.sub("", name)).lower()


def _unescaped(name: bytes) -> str:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), name)
    return plain.decode("utf-8", "replace")
