"""All files of one import: sheets recognised, rows read, children joined to their parents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhibu_cli.exchange.colnames import column_names
from zhibu_cli.exchange.draft import Batch, Draft
from zhibu_cli.exchange.forms import read_forms
from zhibu_cli.exchange.headers import missing
from zhibu_cli.exchange.jsonfile import read_json
from zhibu_cli.exchange.pairs import read_pairs
from zhibu_cli.exchange.raw import UnreadableError, refuse_classified_names
from zhibu_cli.exchange.reader import read_file
from zhibu_cli.exchange.rows import ReadRow, ReadSheet, RowReader
from zhibu_cli.exchange.second_header import two_tables
from zhibu_cli.exchange.sections import by_heading, side_by_side
from zhibu_cli.exchange.telling import hidden_parts, report_of, unknown_columns
from zhibu_cli.exchange.understanding import NOT_TAKEN, stands_for, understand
from zhibu_cli.model.declare import Layout
from zhibu_cli.model.problem import Problem
from zhibu_cli.model.sheet_report import SheetReport
from zhibu_cli.progress import Tick, silent, ticked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zhibu_cli.exchange.colnames import ColumnNames
    from zhibu_cli.exchange.forms import ReadForm
    from zhibu_cli.exchange.raw import RawFile, RawSheet
    from zhibu_cli.exchange.understanding import Understood
    from zhibu_cli.model.declare import Catalogue, Register


def read_batch(
    paths: Iterable[Path], catalogue: Catalogue, names: ColumnNames | None = None, tick: Tick = silent
) -> Batch:
    """Read all files; ClassifiedError at the first classification mark, everything else is collected.

    ``names`` say what columns are called elsewhere; without them the shipped ones do. ``tick`` hears how
    far it has come.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    notes: list[str] = []
    sheets: list[SheetReport] = []
    ledgers: list[str] = []
    known = names or column_names(catalogue)
    files = list(paths)
    for path in files:
        refuse_classified_names(path.name, ())
        try:
            raw = read_json(path, catalogue) if path.suffix.lower() == ".json" else read_file(path)
        except UnreadableError as error:
            problems.append(Problem(message=str(error), file=path.name))
            continue
        found = _read(raw, _File(name=path.name, ledger_id=raw.ledger_id, tick=tick), catalogue, known)
        drafts += found.drafts
        problems += found.problems
        notes += [*raw.notes, *found.notes]
        sheets += found.sheets
        ledgers.append(raw.ledger_id)
    one = ledgers[0] if ledgers and len(set(ledgers)) == 1 else ""
    return Batch(
        drafts=tuple(drafts),
        problems=tuple(problems),
        notes=tuple(notes),
        sheets=tuple(sheets),
        ledger_id=one or None,
        files=tuple(path.name for path in files),
    )


@dataclass(slots=True)
class _File:
    """What one file gave so far."""

    name: str
    ledger_id: str
    tick: Tick
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: list[SheetReport] = field(default_factory=list)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    children: list[tuple[RawSheet, Understood, list[ReadRow]]] = field(default_factory=list)


def _read(raw: RawFile, file: _File, catalogue: Catalogue, names: ColumnNames) -> _File:
    recognised = False
    refuse_classified_names(file.name, raw.sheets)
    for sheet in raw.sheets:
        recognised = _read_sheet(sheet, catalogue, names, file) or recognised
    _attach(file)
    if not recognised:
        titles = "、".join(register.title for register in catalogue.registers)
        file.problems.append(
            Problem(message=f"没有认得出的工作表；工作表名或表头应是：{titles}。", file=file.name)
        )
    return file


def _read_sheet(sheet: RawSheet, catalogue: Catalogue, names: ColumnNames, file: _File) -> bool:
    """Read one sheet into the file; False if nobody knows what it is."""
    found = understand(sheet, catalogue, names)
    if not any(cell not in ("", None) for row in sheet.rows for cell in row):
        return found is not None
    if found is not None:
        file.notes += hidden_parts(sheet)
    forms = read_forms(sheet, found, catalogue, names)
    if forms:
        _take_forms(sheet, forms, file)
        return True
    if found is None or (found.columns is None and found.register.layout is not Layout.PAIRS):
        for _row in sheet.checked():
            pass  # nothing is taken from the sheet, but a mark in it still refuses the file
    where = f"文件“{sheet.file}”工作表“{sheet.name}”"
    if found is None:
        hidden = "（隐藏的）" if sheet.hidden else ""
        why = "供查看，不导入" if sheet.name.endswith(NOT_TAKEN) else "不认识，没有导入"
        file.notes.append(f"{where}{hidden}{why}。")
        file.sheets.append(SheetReport(file=sheet.file, sheet=sheet.name))
        return False
    _take_table(sheet, found, catalogue, names, file)
    return True


def _take_table(
    sheet: RawSheet, found: Understood, catalogue: Catalogue, names: ColumnNames, file: _File
) -> None:
    if found.register.layout is Layout.PAIRS:
        read = read_pairs(sheet, found.register, catalogue, names.of(found.register))
        file.sheets.append(report_of(sheet, found, read, {}, catalogue))
        _take(sheet, found.register, read, file)
    elif found.columns is None:
        labels = "、".join(one.label for one in found.register.fields if one.required)
        file.problems.append(sheet.problem(f"找不到表头；表头至少应有：{labels}。"))
    else:
        _read_rows(sheet, found, catalogue, names, file)


def _read_rows(
    sheet: RawSheet, found: Understood, catalogue: Catalogue, names: ColumnNames, file: _File
) -> None:
    columns = found.columns
    if columns is None:
        return
    if no_list := side_by_side(sheet, columns, catalogue) or two_tables(sheet, columns, catalogue, names):
        file.problems.append(no_list)
        for _row in sheet.checked():
            pass  # a mark in it still refuses the file
        return
    given = stands_for(found.register, found.context, columns)
    if name := by_heading(sheet, columns, found.register, catalogue):
        label = found.register.field(name).label
        columns = columns if label in given else replace(columns, by_heading=name)
        given.append(label)
    file.notes += unknown_columns(sheet, columns)
    shown = replace(sheet, rows=ticked(sheet.rows, file.tick, "读取"))
    reader = RowReader(shown, found.register, columns, found.context, catalogue)
    header = sheet.first_row + columns.row
    for label in missing(found.register, found.parent, columns):
        if label not in given:
            file.problems.append(sheet.problem(f"缺少必填的列“{label}”。", row=header, column=label))
    read = reader.read()
    sheet.let_go()
    file.sheets.append(report_of(sheet, found, read, reader.defaults, catalogue))
    if found.parent is None:
        _take(sheet, found.register, read, file, columns.written | reader.defaults.keys())
        return
    file.problems += read.problems
    file.notes += read.notes
    file.children.append((sheet, found, read.rows))


def _take_forms(sheet: RawSheet, forms: ReadForm, file: _File) -> None:
    for read, columns in forms.pages:
        _take(sheet, forms.register, read, file, columns)
    file.sheets.append(forms.report)


def _take(
    sheet: RawSheet,
    register: Register,
    read: ReadSheet,
    file: _File,
    columns: frozenset[str] | None = None,
) -> None:
    file.problems += read.problems
    file.notes += read.notes
    file.numbers.setdefault(register.name, set()).update(read.numbers)
    read.rows.reverse()
    while read.rows:  # each is let go of as it becomes a draft: 100,000 of them count
        row = read.rows.pop()
        draft = Draft(
            register=register,
            payload=row.payload,
            number=row.number,
            ledger_id=file.ledger_id,
            file=sheet.file,
            sheet=sheet.name,
            row=row.row,
            columns=columns,
            cells=read.cells,
        )
        file.drafts.append(draft)


def _attach(file: _File) -> None:
    """Put the rows of child sheets into the payload of the row whose 编号 they name."""
    for sheet, found, rows in file.children:
        parent = found.parent
        if parent is None:
            continue
        own = {draft.number: draft.payload for draft in file.drafts if draft.register is parent}
        known = file.numbers.get(parent.name, set())
        index = found.columns.number if found.columns else -1
        for row in rows:
            payload = own.get(row.number)
            if row.number and isinstance(payload, dict):
                payload.setdefault(found.register.name, []).append(row.payload)
            elif row.number not in known or not row.number:
                why = _orphan(row.number, parent)
                file.problems.append(sheet.problem(why, row=row.row, column=found.register.link, index=index))


def _orphan(number: str, parent: Register) -> str:
    if not number:
        return f"没有写明属于哪一条{parent.title}；请填“{parent.title}”表中的编号。"
    return f"同一文件的“{parent.title}”表中没有编号“{number}”。"
