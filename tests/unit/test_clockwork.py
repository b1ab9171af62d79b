"""The moves that time makes, and no others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from suban.domain.case import Case
from suban.domain.clockwork import tick
from suban.domain.events import EventType
from suban.domain.words import Next, Status
from tests.factories import (
    UNIT,
    acknowledged,
    after,
    answered,
    at_desk,
    closed_by_rating,
    completed,
    difference,
    dispatched,
    happened,
    last,
    rolled_back,
    rules,
    submitted,
    supervised,
    withdrawn,
)
from tests.unit.city import at

CONTACT, DUE_SOON, DUE = after(days=1, minutes=1), at("2026-12-11 23:59:59"), at("2026-12-14 23:59:59")
FAR = timedelta(days=400)
SECOND = timedelta(seconds=1)


def passed(case: Case, until: datetime) -> Case:
    """Every deadline up to `until`, each met at its own moment."""
    while case.deadline and case.deadline <= until and case.is_open:
        case = tick(case, case.deadline, rules())
    return case


@pytest.mark.parametrize("whole", [dispatched, acknowledged, completed, rolled_back, supervised, answered, at_desk])
def test_before_its_earliest_deadline_a_case_stays_as_it_is(whole: Callable[[], Case]) -> None:
    case = whole()
    assert case.deadline is not None
    assert tick(case, case.deadline - SECOND, rules()) is case
    assert tick(case, case.deadline, rules()).version == case.version + 1


@pytest.mark.parametrize("whole", [submitted, closed_by_rating, withdrawn])
def test_where_nothing_is_waited_for_time_does_nothing(whole: Callable[[], Case]) -> None:
    case = whole()
    assert tick(case, case.changed_at + FAR, rules()) is case


def test_a_missed_first_contact_is_told_once_and_recorded() -> None:
    before = acknowledged()
    case = tick(before, CONTACT, rules())
    assert difference(before, case) == {"deadlines": {"due_soon": DUE_SOON, "due": DUE}}
    assert (last(case).type, last(case).actor, last(case).at) == (EventType.CONTACT_MISSED, "system", CONTACT)
    assert (last(case).action, last(case).request) == ("", "")


def test_a_case_is_due_soon_one_working_day_before() -> None:
    before = replace(acknowledged(), deadlines={"due_soon": DUE_SOON, "due": DUE})
    case = tick(before, DUE_SOON, rules())
    assert difference(before, case) == {"deadlines": {"due": DUE}}
    assert (last(case).type, last(case).facts) == (EventType.CASE_DUE_SOON, {"unit": UNIT, "due": DUE.isoformat()})


def test_a_case_is_overdue_when_its_limit_ends_and_its_due_date_stays() -> None:
    before = replace(acknowledged(), deadlines={"due": DUE})
    case = tick(before, DUE, rules())
    assert difference(before, case) == {"overdue": True, "deadlines": {"escalate": at("2026-12-15 23:59:59")}}
    assert (last(case).type, case.due_at, case.status) == (EventType.CASE_OVERDUE, DUE, Status.ACKNOWLEDGED)


def test_escalation_climbs_one_step_per_working_day_and_never_ends() -> None:
    case = passed(replace(acknowledged(), deadlines={"due": DUE}), at("2026-12-21 23:59:59"))
    steps = [(e.at, e.facts["step"]) for e in case.events if e.type is EventType.CASE_ESCALATED]
    days = ["15", "16", "17", "18", "21"]  # the weekend of the 19th counts nothing
    assert steps == [(at(f"2026-12-{day} 23:59:59"), step) for step, day in enumerate(days, 1)]
    assert (case.escalations, case.deadlines) == (5, {"escalate": at("2026-12-22 23:59:59")})


def test_a_limit_on_the_clock_escalates_every_twenty_four_hours_weekends_included() -> None:
    friday = dispatched(limit="24h", at=at("2026-11-27 10:00:00"), moment=at("2026-11-27 10:01:00"))
    case = passed(friday, at("2026-11-30 10:00:00"))
    told = [(e.at, e.facts["step"]) for e in case.events if e.type is EventType.CASE_ESCALATED]
    assert told == [(at("2026-11-29 10:00:00"), 1), (at("2026-11-30 10:00:00"), 2)]


def test_the_whole_story_of_a_unit_that_does_nothing() -> None:
    case = passed(dispatched(), at("2026-12-15 23:59:59"))
    story = ["ContactMissed", "CaseDueSoon", "CaseOverdue", "CaseEscalated"]
    assert happened(case) == ["CaseSubmitted", "CaseDispatched", *story]


def test_a_late_look_meets_one_deadline_at_a_time_the_earliest_first() -> None:
    long_after = DUE + timedelta(days=10)
    case = tick(dispatched(), long_after, rules())
    assert (last(case).type, last(case).at) == (EventType.CONTACT_MISSED, long_after)
    case = tick(case, long_after, rules())
    assert last(case).type is EventType.CASE_DUE_SOON
    assert last(tick(case, long_after, rules())).type is EventType.CASE_OVERDUE


def test_a_late_look_escalates_by_the_due_date_and_not_by_the_look() -> None:
    case = tick(replace(acknowledged(), deadlines={"due": DUE}), DUE + timedelta(hours=20), rules())
    assert case.deadlines == {"escalate": at("2026-12-15 23:59:59")}


def test_a_desk_that_does_not_decide_is_told_each_working_day() -> None:
    before = at_desk()
    case = tick(before, at("2026-11-23 12:00:00"), rules())
    again = at("2026-11-24 23:59:59")
    assert difference(before, case) == {"overdue": True, "deadlines": {"desk": again}}
    assert (last(case).type, last(case).facts["desk"]) == (EventType.DISPATCH_OVERDUE, before.desk)
    assert passed(case, again).deadlines == {"desk": at("2026-11-25 23:59:59")}


def test_an_urgent_case_is_called_at_the_desk_every_twenty_four_hours() -> None:
    case = at_desk(at("2026-11-28 03:01:00"), at=at("2026-11-28 03:00:00"), urgent=True)
    late = tick(case, at("2026-11-28 03:30:00"), rules())
    assert late.deadlines == {"desk": at("2026-11-29 03:30:00")}


def test_fourteen_days_of_silence_close_the_case_as_unrated_and_not_as_satisfied() -> None:
    before = completed()
    case = tick(before, after(days=16), rules())
    assert difference(before, case) == {
        "status": Status.CLOSED, "next": Next.END, "wait": 4, "deadlines": {}, "closed_at": after(days=16),
        "closed_as": "unrated",
    }  # fmt: skip
    assert (last(case).type, last(case).facts) == (
        EventType.CASE_CLOSED_UNRATED, {"unit": UNIT, "as": "unrated", "reopened": 0},
    )  # fmt: skip


def test_a_supervisor_who_lets_an_answer_lie_is_reminded_every_two_working_days() -> None:
    before = answered()
    case = tick(before, at("2026-12-01 23:59:59"), rules())
    assert difference(before, case) == {"deadlines": {"review": at("2026-12-03 23:59:59")}}
    assert (last(case).type, case.status) == (EventType.REVIEW_DUE, Status.SUPERVISED)


def test_a_supervised_case_that_nobody_works_on_grows_overdue_and_is_escalated() -> None:
    case = passed(supervised(), at("2026-12-07 23:59:59"))
    assert happened(case)[7:] == ["CaseDueSoon", "CaseOverdue", "CaseEscalated"]
    assert (case.status, case.overdue, case.escalations) == (Status.SUPERVISED, True, 1)


@pytest.mark.parametrize("whole", [at_desk, dispatched, completed, answered])
def test_no_reminder_rings_the_bell_for_the_machine_made_it_itself(whole: Callable[[], Case]) -> None:
    before = whole()
    assert before.deadline is not None
    case = tick(before, before.deadline, rules())
    assert case.wait == before.wait + (case.next is Next.END)
