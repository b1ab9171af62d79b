"""Reopening: within seven days of closing, once, full limit, a life of its own."""

from datetime import timedelta

import pytest

from suban.domain.errors import IllegalMove, ReopeningExpired, ReopeningUsed
from suban.domain.events import EventType
from suban.domain.words import Next, Result, Status
from tests.factories import (
    BAD,
    CITIZEN,
    GOOD,
    STAFF,
    UNIT,
    after,
    closed_by_rating,
    closed_by_supervisor,
    closed_unrated,
    completed,
    difference,
    last,
    rules,
    withdrawn,
)
from tests.unit.city import at

SECOND = timedelta(seconds=1)


def test_a_reopened_case_goes_to_the_same_unit_with_the_full_limit_and_a_new_life() -> None:
    before = closed_by_rating()
    case = before.reopen(CITIZEN, after(days=4), rules())  # Friday 2026-11-27
    due = at("2026-12-18 23:59:59")
    assert difference(before, case) == {
        "status": Status.DISPATCHED, "next": Next.HANDLING, "round": 2, "life": 2, "wait": 5, "reopened": 1,
        "due_at": due,
        "deadlines": {"contact": after(days=5), "due_soon": at("2026-12-17 23:59:59"), "due": due},
        "acknowledged_at": None, "completed_at": None, "result": None, "closed_at": None, "closed_as": None,
    }  # fmt: skip
    assert (last(case).type, last(case).round, last(case).life) == (EventType.CASE_REOPENED, 2, 2)
    assert last(case).facts == {"unit": UNIT, "due": due.isoformat()}


@pytest.mark.parametrize("closed", [closed_by_rating, closed_by_supervisor, closed_unrated])
def test_however_it_was_closed(closed: object) -> None:
    case = closed() if callable(closed) else None
    assert case is not None
    assert case.closed_at is not None
    assert case.reopen(CITIZEN, case.closed_at, rules()).status is Status.DISPATCHED


def test_the_last_second_of_the_seventh_day_is_in_time() -> None:
    closed = closed_by_rating()
    assert closed.reopen(CITIZEN, after(days=10), rules()).reopened == 1
    with pytest.raises(ReopeningExpired) as refused:
        closed.reopen(CITIZEN, after(days=10) + SECOND, rules())
    assert refused.value.fields == {"days": 7}


def test_a_case_is_reopened_once() -> None:
    case = closed_by_rating().reopen(CITIZEN, after(days=4), rules())
    again = case.complete(Result.RESOLVED, STAFF, after(days=5), rules()).rate(GOOD, CITIZEN, after(days=6), rules())
    assert last(again).facts["reopened"] == 1
    with pytest.raises(ReopeningUsed) as refused:
        again.reopen(CITIZEN, after(days=7), rules())
    assert refused.value.fields == {"times": 1}


def test_an_earlier_negative_still_counts() -> None:
    rated_badly_then_well = (
        completed().rate(BAD, CITIZEN, after(days=3), rules())
        .complete(Result.RESOLVED, STAFF, after(days=4), rules()).rate(GOOD, CITIZEN, after(days=5), rules())
    )  # fmt: skip
    reopened = rated_badly_then_well.reopen(CITIZEN, after(days=6), rules())
    done = reopened.complete(Result.RESOLVED, STAFF, after(days=7), rules())
    assert (reopened.round, done.rate(BAD, CITIZEN, after(days=8), rules()).status) == (3, Status.SUPERVISED)


def test_a_reopened_case_is_halved_from_its_pinned_limit_again() -> None:
    done = closed_by_rating().reopen(CITIZEN, after(days=4), rules()).complete(
        Result.RESOLVED, STAFF, after(days=7), rules()
    )  # fmt: skip
    assert done.rate(BAD, CITIZEN, after(days=7), rules()).due_at == at("2026-12-10 23:59:59")


def test_after_reopening_a_supervised_case_its_last_rating_is_open_again() -> None:
    rated = closed_by_supervisor().rate(BAD, CITIZEN, after(days=8), rules())
    assert (rated.rated_last, rated.reopen(CITIZEN, after(days=9), rules()).rated_last) == (True, False)


def test_a_withdrawn_case_is_not_reopened() -> None:
    with pytest.raises(IllegalMove):
        withdrawn().reopen(CITIZEN, after(hours=2), rules())
