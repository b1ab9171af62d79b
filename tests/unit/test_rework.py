"""Negative rating, first time → rollback: same unit, round 2, half the pinned limit."""

import pytest

from suban.domain.events import Event, EventType, Fact
from suban.domain.limits import Limit
from suban.domain.words import Next, Status
from tests.factories import BAD, CITIZEN, UNIT, after, completed, difference, last, rolled_back, rules
from tests.unit.city import at

RATED = after(days=3)  # Thursday 2026-11-26 10:00


def test_a_first_negative_rating_sends_the_case_back_to_the_same_unit_in_half_the_time() -> None:
    before = completed()
    case = before.rate(BAD, CITIZEN, RATED, rules())
    due = at("2026-12-08 23:59:59")  # eight working days after the rating
    assert difference(before, case) == {
        "status": Status.DISPATCHED, "round": 2, "next": Next.HANDLING, "wait": 4, "due_at": due, "negatives": 1,
        "deadlines": {"contact": after(days=4), "due_soon": at("2026-12-07 23:59:59"), "due": due}, "overall": 2,
        "acknowledged_at": None, "completed_at": None, "result": None,
    }  # fmt: skip
    facts: dict[str, Fact] = {"unit": UNIT, "due": due.isoformat(), "overall": 2}
    assert last(case) == Event(
        EventType.CASE_ROLLED_BACK, 5, RATED, "citizen:p1", Status.DISPATCHED, 2, 1, facts, "rate", CITIZEN.request
    )


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("15wd", at("2026-12-08 23:59:59")),  # 8 working days
        ("10wd", at("2026-12-03 23:59:59")),
        ("2wd", at("2026-11-27 23:59:59")),
        ("1wd", at("2026-11-27 23:59:59")),  # never under one working day
        ("24h", at("2026-11-26 22:00:00")),
        ("1h", at("2026-11-26 11:00:00")),  # never under one hour
        ("4wh", at("2026-11-26 12:00:00")),
    ],
)
def test_the_halved_limit_is_rounded_up_and_never_under_one_of_its_unit(limit: str, due: object) -> None:
    assert rolled_back(limit=limit).due_at == due


@pytest.mark.parametrize(
    ("limit", "half"), [("15wd", "8wd"), ("2wd", "1wd"), ("1wd", "1wd"), ("3h", "2h"), ("1h", "1h"), ("30min", "15min")]
)
def test_halving(limit: str, half: str) -> None:
    assert Limit.parse(limit).halved() == Limit.parse(half)


def test_the_pinned_limit_itself_is_never_rewritten() -> None:
    assert rolled_back().limit == Limit(15, "wd")


def test_what_was_late_in_the_first_round_is_not_held_against_the_second() -> None:
    late = completed().moved(EventType.CASE_OVERDUE, CITIZEN, after(days=2), overdue=True, escalations=3)
    again = late.rate(BAD, CITIZEN, RATED, rules())
    assert (again.overdue, again.escalations, again.contacted_at, again.first_unit) == (False, 0, None, UNIT)
