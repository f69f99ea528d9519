"""Who came to a sitting, as one answer, and why the others did not, as another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli import asking
from zhibu_cli.model.choosing import absent_values, choose_attendance, choose_missing, choose_reasons

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.cli.interview import Interview
    from zhibu_cli.model.choosing import People

    Understand = Callable[[str], tuple[dict[str, str], str]]

WHO_CAME = (
    "都到了写 全。有人没有到，先写 - 再写人和原因，如 -4 病假 zs 公差；",
    "经支部同意暂不参加的，原因写“暂不参加”。也可以逐个写到会的人；只知道人数写 13人。",
)


def ask_attendance(talk: Interview) -> None:
    """Who came and why the others did not; mere numbers where the roster expects nobody."""
    due, people = talk.prepared().due, talk.setting().people
    known = {one.name: one for one in talk.register.fields}
    if not due:
        for name in ("expected", "present", "absentees"):
            talk.ask(known[name])
        return
    talk.hint(f"按当天名册应到 {len(due)} 人：{people.lines(due)}", *WHO_CAME)
    found = _until(talk, "谁到会了：", people, lambda text: choose_attendance(text, people, due))
    talk.values.update(found)
    if int(found.get("present", len(due))) < len(due):
        talk.ask(known["absentees"])
    _ask_reasons(talk, people)
    if found and (counts := talk.prepared().counts):
        away = [one for name in ("absentees", "excused") for one in _away(talk, name, people)]
        asking.say(f"  {counts}" + (f"：{'、'.join(away)}" if away else ""))


def _away(talk: Interview, name: str, people: People) -> list[str]:
    """Who a field of the record says was not there."""
    return [people.name_of(one.who) for one in choose_missing(str(talk.values.get(name, "")), people)[0]]


def _ask_reasons(talk: Interview, people: People) -> None:
    away = choose_missing(str(talk.values.get("absentees", "")), people)[0]
    bare = [one for one in away if not one.reason]
    if not bare:
        return
    names = [people.name_of(one.who) for one in bare]
    how = f"，请写成 {bare[0].who} 病假 {bare[1].who} 公差" if len(bare) > 1 else ""

    def understand(text: str) -> tuple[dict[str, str], str]:
        told, problem = choose_reasons(text, bare, people)
        reasons = {one.who: one for one in told}
        return absent_values([reasons.get(one.who, one) for one in away]), problem

    asking.say(f"  {'、'.join(names)} 没有写原因{how}；不知道就直接回车。")
    if found := _until(talk, "为什么没有到：", people, understand):
        del talk.values["absentees"]
        talk.values.update(found)


def _until(talk: Interview, prompt: str, people: People, understand: Understand) -> dict[str, str]:
    """Ask until the answer is understood; nothing where it is empty."""
    while answer := talk.line(prompt, [person.name for person in people.listed]):
        found, problem = understand(answer)
        problem = problem or talk.complaint(found)
        if not problem:
            return found
        asking.say(f"  {problem}")
    return {}
