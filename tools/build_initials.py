"""Make ``src/zhibu_cli/initials.txt``: the letters with which the readings of a Han character begin.

Run once, with pypinyin 0.55 (MIT) beside; the program itself needs no library for it. Every reading
counts, so that 曾 is found by z and by c; readings of surnames that pypinyin lacks stand below.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

TARGET = Path(__file__).parent.parent / "src" / "zhibu_cli" / "initials.txt"
SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "区": "o", "尉": "y", "盖": "g", "乐": "y",
    "朴": "p", "覃": "qt", "种": "c", "缪": "m", "冼": "x", "员": "y", "贠": "y", "逄": "p", "洗": "x",
    "折": "s", "繁": "p", "黑": "h", "万": "wm", "长": "z", "秘": "b", "宓": "mf", "翟": "zd", "祭": "z",
    "召": "s", "那": "n", "任": "r", "隗": "kw", "郗": "cx", "厍": "s", "佘": "s", "郇": "xh", "牟": "m",
    "哈": "h", "阚": "k", "臧": "z", "晁": "c", "谌": "cs", "褚": "c", "应": "y", "燕": "y", "宁": "n",
}  # fmt: skip


def main() -> None:
    """Write the table: a line for each set of letters, and the characters that have it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        readings = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        letters = {_letter(one) for one in (readings[0] if readings else ()) if one}
        if letters | {*SURNAMES.get(char, "")}:
            groups["".join(sorted(letters | {*SURNAMES.get(char, "")}))].append(char)
    lines = [f"{letters} {''.join(chars)}" for letters, chars in sorted(groups.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _letter(reading: str) -> str:
    """ê and ü sound where no plain letter stands."""
    return {"ê": "e", "ü": "v"}.get(reading[0], reading[0])


if __name__ == "__main__":
    main()
