"""Negative again → special supervision: a supervisor orders, the unit answers, the supervisor decides."""

from dataclasses import replace

import pytest

from suban.domain.errors import IllegalMove, NotAnswered
from suban.domain.events import EventType
from suban.domain.limits import Limit
from suban.domain.offices import supervisors_code
from suban.domain.tasks import Task, tasks_of
from suban.domain.words import Next, Result, Status
from tests.factories import (
    CITIZEN,
    DISTRICT,
    STAFF,
    SUPERVISOR,
    UNIT,
    WORST,
    after,
    answered,
    closed_by_supervisor,
    completed_again,
    difference,
    dispatched,
    last,
    rules,
    supervised,
)
from tests.unit.city import at

DUE, SOON = at("2026-12-04 23:59:59"), at("2026-12-03 23:59:59")  # five working days after Saturday the 28th
REVIEW = at("2026-12-01 23:59:59")  # two working days after the answer of Sunday the 29th


def test_a_second_negative_rating_goes_to_special_supervision() -> None:
    before = completed_again()
    case = before.rate(WORST, CITIZEN, after(days=5), rules())
    assert difference(before, case) == {
        "status": Status.SUPERVISED, "next": Next.SUPERVISION, "wait": 6, "negatives": 2, "overall": 1, "due_at": DUE,
        "deadlines": {"due_soon": SOON, "due": DUE},
    }  # fmt: skip
    assert (last(case).type, last(case).action) == (EventType.CASE_SUPERVISED, "rate")
    assert last(case).facts == {"unit": UNIT, "due": DUE.isoformat(), "overall": 1}


def test_the_lead_unit_keeps_the_case_and_the_supervisors_get_a_task() -> None:
    assert supervised().unit == UNIT
    assert tasks_of(supervised()) == {Task("supervision", supervisors_code(DISTRICT), DUE)}
    assert tasks_of(answered()) == {Task("supervision", supervisors_code(DISTRICT), REVIEW)}
    assert tasks_of(replace(supervised(), district=None)) == {Task("supervision", "SUP-CITY", DUE)}
    assert tasks_of(dispatched()) == tasks_of(closed_by_supervisor()) == frozenset()


def test_a_supervisor_orders_the_work_within_a_fresh_limit() -> None:
    before = supervised()
    case = before.order(SUPERVISOR, after(days=9), rules())  # Wednesday 2026-12-02
    due = at("2026-12-09 23:59:59")
    assert difference(before, case) == {"due_at": due, "deadlines": {"due_soon": at("2026-12-08 23:59:59"), "due": due}}
    assert (last(case).type, last(case).facts["again"]) == (EventType.SUPERVISION_ORDERED, False)


def test_the_units_answer_goes_to_the_supervisor_and_not_to_the_citizen_for_rating() -> None:
    before = supervised()
    case = before.complete(Result.RESOLVED, STAFF, after(days=6), rules())
    assert difference(before, case) == {
        "answered": True, "completed_at": after(days=6), "deadlines": {"review": REVIEW}, "wait": 7,
    }  # fmt: skip
    assert (last(case).type, last(case).facts["result"]) == (EventType.WORK_ANSWERED, "resolved")


def test_a_supervisor_sends_an_answer_back() -> None:
    before = answered()
    case = before.order(SUPERVISOR, after(days=7), rules())  # Monday 2026-11-30
    due = at("2026-12-07 23:59:59")
    assert difference(before, case) == {
        "answered": False, "due_at": due, "deadlines": {"due_soon": at("2026-12-04 23:59:59"), "due": due},
    }  # fmt: skip
    assert last(case).facts["again"] is True
    assert case.complete(Result.ANSWERED, STAFF, after(days=8), rules()).answered


def test_a_supervisor_closes_what_was_answered() -> None:
    before = answered()
    case = before.close(SUPERVISOR, after(days=7), rules())
    assert difference(before, case) == {
        "status": Status.CLOSED, "next": Next.END, "wait": 8, "deadlines": {}, "closed_at": after(days=7),
        "closed_as": "supervised",
    }  # fmt: skip
    assert last(case).facts == {"unit": UNIT, "as": "supervised", "reopened": 0}


def test_nothing_is_closed_that_was_not_answered() -> None:
    with pytest.raises(NotAnswered):
        supervised().close(SUPERVISOR, after(days=7), rules())
    sent_back = answered().order(SUPERVISOR, after(days=7), rules())
    with pytest.raises(NotAnswered):
        sent_back.close(SUPERVISOR, after(days=8), rules())


def test_nor_withdrawn() -> None:
    with pytest.raises(IllegalMove):
        supervised().withdraw(CITIZEN, after(days=6), rules())


def test_supervision_has_its_own_limit_and_leaves_the_pinned_one() -> None:
    assert supervised(limit="2wd").due_at == DUE
    assert supervised(limit="2wd").limit == Limit(2, "wd")
