"""What a row says beyond its single cells: columns without a field of their own, counts, durations."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.cells import cell_text, read_cell
from zhibu_cli.exchange.context import kinds_in
from zhibu_cli.exchange.counts import read_counts, says_both
from zhibu_cli.exchange.leaving import filled
from zhibu_cli.model.declare import Expects, FieldType
from zhibu_cli.model.pieces import NOTHING
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import brief, clean, clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibu_cli.exchange.context import Context
    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.problem import Problem

_COUNT = re.compile(r"(\d{1,4})(?:\.0)?\s*[人名位]?")
_MINUTES = re.compile(r"(?:(\d{1,2}(?:\.5)?)(?:小时|个小时|h))?(?:(\d{1,3})(?:\.0)?(?:分钟?|min)?)?")


def _whose(columns: Columns, place: int) -> str:
    """The header of a column without a field; of 谈话人, 职位 the second is 谈话人职位."""
    header = columns.headers[place].strip("*★ ")
    person = columns.fields.get(place - 1)
    named = person is not None and person.type in {FieldType.PERSON, FieldType.PEOPLE}
    return columns.headers[place - 1] + header if named and header in {"职务", "职位"} else header


class Beside:
    """Completes the rows of one sheet."""

    def __init__(
        self, sheet: RawSheet, register: Register, columns: Columns, context: Context, catalogue: Catalogue
    ) -> None:
        self.sheet = sheet
        self.register = register
        self.columns = columns
        self.context = context
        self.catalogue = catalogue
        names = {one.name for one in register.fields}
        there = {one.name for one in columns.fields.values()}
        self.kinds_lacking = any(is_kinds(one) for one in register.fields) and "kinds" not in there
        self.group_lacking = "group" in names - there and bool(context.group)
        self.labels = {place: _whose(columns, place) for place in columns.joined}
        self.counted = 0
        """Cells that say after the names how many were present."""
        self.partial: list[int] = []
        """Rows in which fewer are named than were present."""
        self.elsewhere: list[int] = []
        """Rows whose day is not in the month after which the sheet is named."""
        self.branches: dict[str, int] = {}

    @property
    def needed(self) -> bool:
        """Whether there is anything to do in this sheet."""
        columns = self.columns
        single = (columns.minutes, columns.branch, columns.reason, columns.counts)
        special = columns.joined or columns.absent or any(place >= 0 for place in single)
        return bool(special or self.kinds_lacking or self.group_lacking or self.context.month)

    def defaults(self) -> dict[str, Any]:
        """Values that hold for every row because the sheet's name or title says so."""
        there = {one.name for one in self.columns.fields.values()}
        found: dict[str, Any] = {}
        for one in self.register.fields:
            if one.name in there:
                continue
            if is_kinds(one) and self.context.kind is not None:
                found[one.name] = [self.context.kind.name]
            elif one.type is FieldType.YEAR and one.required and self.context.year:
                found[one.name] = self.context.year
            elif one.name == "status" and self.context.status:
                found[one.name] = self.context.status
            elif one.name == "group" and self.group_lacking and not self._kinds_known():
                found[one.name] = self.context.group
        return found

    def _kinds_known(self) -> bool:
        return any(is_kinds(one) for one in self.register.fields)

    def complete(self, number: int, row: Sequence[Any], payload: dict[str, Any]) -> list[Problem]:
        """Add to the payload what the other columns and the sheet say; what cannot be read."""
        wrong = list(self._counts(number, row, payload))
        wrong += self._absent(number, row, payload)
        self._reason(row, payload)
        self._end(row, payload)
        for place, one in self.columns.joined.items():
            self._join(one.name, place, row, payload)
        wrong += self._kind(number, payload)
        self._group(payload)
        self._month(number, payload)
        if text := self._text(self.columns.branch, row):
            self.branches.setdefault(clean_name(text), number)
        return wrong

    def count_of_present(
        self, number: int, place: int, count: int, row: Sequence[Any], payload: dict[str, Any]
    ) -> list[Problem]:
        """张三、李四等12人: 12 were present; who the other ten were nobody knows.

        A list of two would say that they were absent, so the words stay as they are, in 备注.
        """
        present = payload.setdefault("present", count)
        if isinstance(present, int) and present != count:
            why = f"写明{count}人，实到却是{present}人；请核对后只留一个。"
            return [self._problem(number, place, why)]
        named = payload.get("attendees")
        if isinstance(named, list) and len(named) < count:
            del payload["attendees"]
            self._append("note", f"{self.columns.headers[place]}：{self._text(place, row)}", payload)
            self.partial.append(number)
        else:
            self.counted += 1
        return []

    def remarks(self) -> Iterator[str]:
        """What should be known about the sheet, once all rows are read."""
        if self.counted:
            yield f"有{self.counted}处在出席人员后面写了人数（如“全体党员12人”）：人数记作实到。"
        if self.partial:
            rows = "、".join(f"第{number}行" for number in self.partial[:10])
            more = f"等{len(self.partial)}行" if len(self.partial) > 10 else ""
            yield (
                f"{rows}{more}的出席人员没有写全（如“张三、李四等12人”）：人数记作实到，原话记入备注；"
                "知道全部姓名的，请补齐后再导入。"
            )
        if self.elsewhere:
            rows = "、".join(f"第{number}行" for number in self.elsewhere[:10])
            yield f"表名写的是{self.context.month}月，{rows}的日期不在这个月，照日期栏录入。"

    def several_branches(self) -> list[Problem]:
        """One ledger is one branch; rows of another one may not slip in."""
        if len(self.branches) < 2:
            return []
        named = "、".join(f"“{brief(name)}”" for name in [*self.branches][:5])
        row = [*self.branches.values()][1]
        why = f"这张表里有{len(self.branches)}个支部（{named}）；一个台账只记一个支部，请只留本支部的行。"
        return [self._problem(row, self.columns.branch, why)]

    def _problem(self, number: int, place: int, why: str) -> Problem:
        header = self.columns.headers.get(place, "")
        return self.sheet.problem(why, row=number, column=header, index=place)

    def _text(self, place: int, row: Sequence[Any]) -> str:
        if not 0 <= place < len(row) or not filled(row[place]):
            return ""
        text = cell_text(row[place]).strip()
        return "" if clean_name(text) in NOTHING else text

    def _counts(self, number: int, row: Sequence[Any], payload: dict[str, Any]) -> Iterator[Problem]:
        """A column that holds 应到 and 实到 together; other words in it go into 备注."""
        place = self.columns.counts
        text = self._text(place, row)
        header = self.columns.headers.get(place, "")
        found = read_counts(header, text) if text else None
        for name, label in (("expected", "应到"), ("present", "实到")) if found else ():
            count = getattr(found, name)
            if payload.setdefault(name, count) != count:
                own = f"{payload[name]}人" if isinstance(payload[name], int) else f"“{payload[name]}”"
                yield self._problem(
                    number, place, f"写明{label}{count}人，{label}栏却是{own}；请核对后只留一个。"
                )
        if text and found is None and says_both(header):
            yield self._problem(number, place, f"“{brief(text)}”读不出；请写成“应到7人，实到6人”。")
        elif text and (found is None or found.more):
            self._append("note", f"{header}：{text}", payload)

    def _absent(self, number: int, row: Sequence[Any], payload: dict[str, Any]) -> Iterator[Problem]:
        """Columns that hold how many were absent, or who."""
        counts: dict[str, int] = {}
        for place in self.columns.absent:
            text = self._text(place, row)
            if match := _COUNT.fullmatch(clean(text)):
                counts[self.columns.headers[place]] = int(match[1])
            elif text:
                read = read_cell(self.catalogue, self.register, self.register.field("absentees"), text)
                rows = [self._on_leave(place, one) for one in read.value or ()]
                payload["absentees"] = [*payload.get("absentees", ()), *rows]
                if read.why:
                    yield self._problem(number, place, read.why)
                if not payload["absentees"]:
                    del payload["absentees"]
        if any(counts.values()) and not self._told(counts, payload):
            for header, count in counts.items():
                self._append("note", f"{header}：{count}", payload)

    def _on_leave(self, place: int, row: dict[str, Any]) -> dict[str, Any]:
        """Whoever stands in a column 请假 was absent for that reason, if no other is given."""
        leave = "请假" in self.columns.headers[place] and "reason" not in row
        return {**row, "reason": "请假"} if leave else row

    def _told(self, counts: dict[str, int], payload: dict[str, Any]) -> bool:
        """Whether the counts say no more than 应到 and 实到 do."""
        expected, present = payload.get("expected"), payload.get("present")
        single = [count for count in counts.values() if count]
        if not (isinstance(expected, int) and isinstance(present, int)):
            return False
        return len(single) == 1 and expected - present == single[0]

    def _reason(self, row: Sequence[Any], payload: dict[str, Any]) -> None:
        """A column of its own for the reason belongs to the one person absent, else it stays in words."""
        text = self._text(self.columns.reason, row)
        people = payload.get("absentees", ())
        if text and len(people) == 1 and "reason" not in people[0]:
            payload["absentees"] = [{**people[0], "reason": " ".join(text.split())}]
        elif text:
            self._append("note", f"{self.columns.headers[self.columns.reason]}：{text}", payload)

    def _end(self, row: Sequence[Any], payload: dict[str, Any]) -> None:
        """A duration ends what has a beginning; else it stays in words."""
        text = self._text(self.columns.minutes, row)
        match = _MINUTES.fullmatch("".join(clean(text).split()).casefold()) if text else None
        start = payload.get("start")
        if match and start and "end" not in payload and (match[1] or match[2]):
            begin = datetime.fromisoformat(f"2000-01-01T{start}")
            end = begin + timedelta(hours=float(match[1] or 0), minutes=int(match[2] or 0))
            if end.day == begin.day and end > begin:
                payload["end"] = end.time().isoformat("minutes")
                return
        if text:
            self._append("note", f"{self.columns.headers[self.columns.minutes]}：{text}", payload)

    def _join(self, name: str, place: int, row: Sequence[Any], payload: dict[str, Any]) -> None:
        text = self._text(place, row)
        if text and text != str(payload.get(self.columns.again.get(place, ""), "")):
            self._append(name, f"{self.labels[place]}：{text}", payload)

    def _append(self, name: str, text: str, payload: dict[str, Any]) -> None:
        payload[name] = f"{payload[name]}\n{text}" if payload.get(name) else text

    def _kind(self, number: int, payload: dict[str, Any]) -> list[Problem]:
        """The kind that the name of the meeting tells: 3月支部党员大会."""
        if not self.kinds_lacking or "kinds" in payload:
            return []
        place = next((i for i, one in self.columns.fields.items() if one.name == "theme"), -1)
        found = kinds_in(str(payload.get("theme", "")), self.catalogue)
        if len(found) == 1:
            payload["kinds"] = [found[0][1].name]
            return []
        if place < 0:
            return []
        why = "看不出类型" if not found else "不止一种类型"
        said = brief(str(payload.get("theme", "")))
        return [self._problem(number, place, f"“{said}”{why}；请加一列“类型”，或在表名里写明。")]

    def _group(self, payload: dict[str, Any]) -> None:
        """The group after which the sheet is named, for its own meetings."""
        if self.group_lacking and "group" not in payload:
            kinds = [self.catalogue.kind(name) for name in payload.get("kinds", ())]
            if any(kind.expects is Expects.GROUP for kind in kinds):
                payload["group"] = self.context.group

    def _month(self, number: int, payload: dict[str, Any]) -> None:
        day = payload.get(self.register.date_field or "")
        if self.context.month and isinstance(day, str) and int(day[5:7]) != self.context.month:
            self.elsewhere.append(number)
