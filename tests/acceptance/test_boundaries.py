"""Each boundary of the regulations from both sides, through the command line.

Numbers are those of regulations.md §1: a general vote needs half of those due (and exactly half will do),
admission needs more than half, an election four fifths (more than four fifths until 12 July 2020); what
is in favour is counted against those due, in an election against those present.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "2024-05-16"
OF_DAY = ("--from", DAY, "--to", DAY, "--as-of", DAY)


@pytest.fixture
def voted(new_branch: Callable[..., Any]) -> Callable[..., Any]:
    """A branch of 16 whose general meeting put one matter to the vote."""

    def make(matter: str, **figures: object) -> Any:
        return one_vote(new_branch(full=16), matter, **figures)

    return make


def one_vote(branch: Any, matter: str, **figures: object) -> Any:
    branch.sitting("支部党员大会", DAY, 应到=16, 实到=figures.get("实到"))
    branch.vote(matter, 对象="某同志", **figures)
    return branch


@pytest.mark.parametrize(
    ("rule", "matter", "figures", "status"),
    [
        # half of 16 is 8: enough for a general vote, not for admission
        ("vote-general-quorum", "一般议题", {"应到": 16, "实到": 8}, "met"),
        ("vote-general-quorum", "一般议题", {"应到": 16, "实到": 7}, "missed"),
        # half of 15 is 7.5: seven are less
        ("vote-general-quorum", "一般议题", {"应到": 15, "实到": 8}, "met"),
        ("vote-general-quorum", "一般议题", {"应到": 15, "实到": 7}, "missed"),
        ("vote-admit-quorum", "接收预备党员", {"应到": 16, "实到": 9}, "met"),
        ("vote-admit-quorum", "接收预备党员", {"应到": 16, "实到": 8}, "missed"),
        ("vote-admit-quorum", "预备党员转正", {"应到": 16, "实到": 8}, "missed"),
        # in favour: more than half of those due, whatever number is present
        ("vote-general-pass", "一般议题", {"应到": 16, "实到": 10, "赞成": 9, "反对": 1, "弃权": 0}, "met"),
        (
            "vote-general-pass",
            "一般议题",
            {"应到": 16, "实到": 10, "赞成": 8, "反对": 2, "弃权": 0, "结果": "通过"},
            "missed",
        ),
        ("vote-admit-pass", "接收预备党员", {"应到": 16, "实到": 10, "赞成": 9, "反对": 1, "弃权": 0}, "met"),
        (
            "vote-admit-pass",
            "接收预备党员",
            {"应到": 16, "实到": 10, "赞成": 8, "反对": 2, "弃权": 0, "结果": "通过"},
            "missed",
        ),
        # a written opinion counts among the votes of an admission, not among those present
        (
            "vote-admit-pass",
            "接收预备党员",
            {"应到": 16, "实到": 9, "赞成": 9, "反对": 1, "弃权": 0, "书面意见": 1},
            "met",
        ),
        ("vote-admit-quorum", "接收预备党员", {"应到": 16, "实到": 8, "赞成": 9, "书面意见": 1}, "missed"),
        # a vote that was lost is no contradiction
        (
            "vote-general-pass",
            "一般议题",
            {"应到": 16, "实到": 10, "赞成": 8, "反对": 2, "弃权": 0, "结果": "未通过"},
            "met",
        ),
        # nor is one whose result nobody wrote down
        (
            "vote-general-pass",
            "一般议题",
            {"应到": 16, "实到": 10, "赞成": 8, "反对": 2, "弃权": 0},
            "unknown",
        ),
        # an election is won by more than half of those present: seven of twelve, though seven of fifteen due
        ("vote-elect-win", "选举", {"应到": 15, "实到": 12, "赞成": 7, "结果": "当选"}, "met"),
        ("vote-elect-win", "选举", {"应到": 15, "实到": 12, "赞成": 6, "结果": "当选"}, "missed"),
        ("vote-elect-win", "选举", {"应到": 15, "实到": 12, "赞成": 6, "结果": "未当选"}, "met"),
        # 1.2 × 5 = 6 candidates, 1.2 × 3 = 3.6, so 4
        ("elect-candidates-surplus", "选举", {"应选名额": 5, "候选人数": 6}, "met"),
        ("elect-candidates-surplus", "选举", {"应选名额": 5, "候选人数": 5}, "missed"),
        ("elect-candidates-surplus", "选举", {"应选名额": 3, "候选人数": 4}, "met"),
        ("elect-candidates-surplus", "选举", {"应选名额": 3, "候选人数": 3}, "missed"),
        ("ballots-valid", "选举", {"发出票": 12, "收回票": 12}, "met"),
        ("ballots-valid", "选举", {"发出票": 12, "收回票": 13}, "missed"),
    ],
)
def test_a_vote_on_either_side_of_its_boundary(
    *,
    rule: str,
    matter: str,
    figures: dict[str, object],
    status: str,
    asked: Callable[..., dict[str, Any]],
    voted: Callable[..., Any],
) -> None:
    assert asked(voted(matter, **figures), rule, *OF_DAY)["S1"]["status"] == status


@pytest.mark.parametrize(
    ("day", "present", "status"),
    [
        ("2020-07-12", 12, "missed"),  # 1990: more than four fifths of 15, twelve is exactly that
        ("2020-07-12", 13, "met"),
        ("2020-07-13", 12, "met"),  # 2020: not less than four fifths
        ("2020-07-13", 11, "missed"),
    ],
)
def test_four_fifths_under_both_wordings(
    day: str, present: int, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch(full=15)
    branch.sitting("支部党员大会", day, 应到=15, 实到=present)
    branch.vote("选举", 对象="某同志", 应到=15, 实到=present, 赞成=present, 结果="当选")
    found = asked(branch, "vote-elect-quorum", "--from", day, "--to", day, "--as-of", day)["S1"]
    assert found["status"] == status
    assert len(found["citations"]) == 1
    assert ("1990年" in found["citations"][0]["source"]) == (day == "2020-07-12")


@pytest.mark.parametrize(
    ("size", "present", "status"),
    [(4, 2, "met"), (4, 1, "missed"), (5, 3, "met"), (5, 2, "missed")],
)
def test_half_of_the_committee_is_enough(
    size: int, present: int, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch()
    branch.committee(*branch.full[:size])
    branch.sitting("支部委员会", DAY, 应到=size, 实到=present, 出席人员="、".join(branch.full[:present]))
    assert asked(branch, "committee-quorum", *OF_DAY)["S1"]["status"] == status


@pytest.mark.parametrize(("voters", "status"), [(4, "met"), (3, "missed")])
def test_probationary_members_who_came_do_not_help_a_quorum(
    voters: int, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    """Eight full members and four probationary; with three and four of them seven of twelve came."""
    branch = new_branch(full=8, probationary=4)
    came = [*branch.full[:voters], *branch.probationary]
    branch.sitting("支部党员大会", DAY, 出席人员="、".join(came))
    branch.vote("一般议题", 赞成=voters)
    found = asked(branch, "vote-general-quorum", *OF_DAY)["S1"]
    assert (found["status"], found["required"], found["found"]) == (status, 4, voters)


@pytest.mark.parametrize(("base", "flagged"), [(8, False), (9, True)])
def test_a_probationary_member_in_the_base_is_told(
    base: int, flagged: bool, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch(full=8, probationary=1)
    branch.sitting("支部党员大会", DAY, 应到=9, 实到=9)
    branch.vote("一般议题", 应到=base, 实到=8, 赞成=8, 反对=0, 弃权=0)
    assert ("S1" in asked(branch, "vote-wrong-base", *OF_DAY)) == flagged


@pytest.mark.parametrize(
    ("full", "probationary", "excellent", "answer"),
    [
        (9, 0, 3, ("met", "warn")),  # 3 × 3 = 9
        (9, 0, 4, ("missed", "warn")),
        (14, 1, 4, ("met", "warn")),  # 12 of 14 full members
        (14, 1, 5, ("missed", "info")),  # 15 is more than 14 full members, not more than 15 members
        (14, 1, 6, ("missed", "warn")),  # 18 is more than 15
        (6, 3, 2, ("met", "warn")),
        (6, 3, 3, ("missed", "info")),  # 9 is more than 6 and not more than 9
        (6, 3, 4, ("missed", "warn")),
        (3, 0, 1, ("met", "warn")),
        (2, 0, 1, ("missed", "warn")),  # of two nobody
    ],
)
def test_a_third_of_the_full_members_and_a_third_of_all(
    *,
    full: int,
    probationary: int,
    excellent: int,
    answer: tuple[str, str],
    asked: Callable[..., dict[str, Any]],
    new_branch: Callable[..., Any],
) -> None:
    branch = new_branch(full=full, probationary=probationary)
    everybody = [*branch.full, *branch.probationary]
    branch.sitting("民主评议", DAY, 所属年度=2024, 形式="党员大会", 应到=len(everybody), 实到=len(everybody))
    for place, name in enumerate(branch.full):
        branch.add("民主评议", 所属年度=2024, 姓名=name, 评定等次="优秀" if place < excellent else "合格")
    for name in branch.probationary:
        branch.add("民主评议", 所属年度=2024, 姓名=name, 评定等次="不定等次")
    found = asked(branch, "appraisal-excellent-third", "--year", "2024", "--as-of", "2025-04-01")["2024"]
    assert (found["status"], found["severity"]) == answer


def test_the_same_ledger_cites_other_documents_before_and_after_the_regulation_came_into_force(
    asked: Callable[..., dict[str, Any]],
    new_branch: Callable[..., Any],
) -> None:
    branch = new_branch()
    branch.sitting("支部党员大会", "2018-09-12", 应到=9, 实到=9)
    before = asked(branch, "general-meeting-quarterly", "--as-of", "2018-09-30")
    after = asked(branch, "general-meeting-quarterly", "--as-of", "2018-12-31")

    def sources(found: dict[str, Any]) -> list[str]:
        return [f"{cited['source'][:12]} {cited['article']}" for cited in found["citations"]]

    assert sources(before["2018-Q3"]) == ["《关于进一步加强和改进机 （六）"]
    assert sources(after["2018-Q3"]) == sources(before["2018-Q3"])
    assert sources(after["2018-Q4"]) == [
        "《中国共产党支部工作条例 第十一条",
        "《关于进一步加强和改进机 （六）",
    ]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2024-02-22", "pending"),  # seven days left after today: 29 February is the last
        ("2024-02-23", "at_risk"),
        ("2024-02-29", "at_risk"),
        ("2024-03-01", "missed"),
    ],
)
def test_a_month_that_is_not_over_is_never_missed(
    as_of: str, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch()
    found = asked(branch, "theme-day-monthly", "--from", "2024-02-01", "--to", "2024-02-29", "--as-of", as_of)
    assert found["2024-02"]["status"] == status


@pytest.mark.parametrize(
    ("founded", "first", "second"),
    [
        ("2024-04-01", "not_applicable", "missed"),
        ("2024-03-05", "not_applicable", "missed"),  # less than a month left of the first quarter
        ("2024-03-01", "missed", "missed"),
    ],
)
def test_a_quarter_before_the_founding_is_not_applicable(
    founded: str,
    first: str,
    second: str,
    asked: Callable[..., dict[str, Any]],
    new_branch: Callable[..., Any],
) -> None:
    branch = new_branch(founded=founded)
    branch.info["台账起始日"] = founded
    found = asked(branch, "general-meeting-quarterly", "--year", "2024", "--as-of", "2024-07-01")
    assert (found["2024-Q1"]["status"], found["2024-Q2"]["status"]) == (first, second)


def test_before_the_start_of_a_register_nothing_can_be_said(
    asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch()
    branch.committee(*branch.full[:3])
    branch.info["台账起始日·谈心谈话"] = "2024-01-01"
    branch.add(
        "谈心谈话",
        日期="2024-03-05",
        谈话人=branch.full[0],
        谈话对象=branch.full[1],
        地点="办公室",
        内容要点="要点",
    )
    before = asked(branch, "talk-committee-pairs", "--year", "2023", "--as-of", "2025-01-10")
    after = asked(branch, "talk-committee-pairs", "--year", "2024", "--as-of", "2025-01-10")
    assert {found["status"] for found in before.values()} == {"unknown"}
    assert [found["status"] for found in after.values()] == ["met", "missed", "missed"]


def test_a_register_that_was_never_begun_is_unknown(
    asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch()
    branch.committee(*branch.full[:3])
    branch.sitting("支部党员大会", "2024-03-12", 应到=9, 实到=9)
    found = asked(branch, "talk-committee-pairs", "--year", "2024", "--as-of", "2025-01-10")
    assert {one["status"] for one in found.values()} == {"unknown"}


@pytest.mark.parametrize(("stated", "flagged"), [(8, False), (9, True)])
def test_who_is_voted_on_has_no_vote_though_probation_ended_before_the_meeting(
    stated: int, flagged: bool, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    """Eight full members; the ninth's probation ended on 10 May, the meeting votes on 16 May."""
    branch = new_branch(full=8, probationary=1)
    branch.add("党员变动", 姓名=branch.probationary[0], 事项="转正", 日期="2024-05-10")
    branch.sitting("支部党员大会", DAY, 应到=9, 实到=9)
    branch.vote("预备党员转正", 对象=branch.probationary[0], 应到=stated, 实到=8, 赞成=8, 反对=0, 弃权=0)
    assert ("S1" in asked(branch, "vote-wrong-base", *OF_DAY)) == flagged


@pytest.mark.parametrize(("voters", "status"), [(5, "met"), (4, "missed")])
def test_who_is_voted_on_is_in_no_quorum(
    voters: int, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    """More than half of eight is five; the ninth, who is voted on, came as well."""
    branch = new_branch(full=8, probationary=1)
    branch.add("党员变动", 姓名=branch.probationary[0], 事项="转正", 日期="2024-05-10")
    branch.sitting("支部党员大会", DAY, 出席人员="、".join([*branch.full[:voters], *branch.probationary]))
    branch.vote("预备党员转正", 对象=branch.probationary[0])
    found = asked(branch, "vote-admit-quorum", *OF_DAY)["S1"]
    assert (found["status"], found["required"], found["found"]) == (status, 5, voters)


@pytest.mark.parametrize(
    ("full", "posts", "as_of", "status"),
    [
        (6, 1, "2024-06-30", "not_applicable"),
        (7, 3, "2024-06-30", "met"),
        (7, 1, "2018-12-01", "pending"),  # asked for since 28 October 2018, ninety days of grace
        (7, 1, "2024-06-30", "missed"),
    ],
)
def test_a_committee_is_due_from_seven_full_members(
    *,
    full: int,
    posts: int,
    as_of: str,
    status: str,
    asked: Callable[..., dict[str, Any]],
    new_branch: Callable[..., Any],
) -> None:
    branch = new_branch(full=full, probationary=2)
    branch.committee(*branch.full[:posts])
    found = asked(branch, "committee-required", "--as-of", as_of)
    assert {one["status"] for one in found.values()} == {status}


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2024-04-24", "pending"),
        ("2024-04-25", "at_risk"),
        ("2024-10-21", "at_risk"),
        ("2024-10-22", "missed"),  # 届满日当日未换 is missed: the one duty without a last open day
    ],
)
def test_a_term_ends_three_years_after_the_election(
    as_of: str, status: str, asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    """Elected on 22 October 2021: due 22 October 2024, told from 180 days before on."""
    branch = new_branch()
    branch.committee(*branch.full[:3], since="2021-10-22")
    found = asked(branch, "term-3-years", "--as-of", as_of)
    assert found["2024-10-22"]["status"] == status
