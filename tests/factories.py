"""Cases to start a test from: each made by the moves themselves, at moments of one known fortnight.

Monday 2026-11-23 10:00 is when a case is filed unless said otherwise; no holiday is near.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from suban.domain.case import Assignment, Case, Doubt
from suban.domain.clockwork import tick
from suban.domain.events import SYSTEM, Actor, Event
from suban.domain.limits import Limit
from suban.domain.rating import Rating
from suban.domain.rules import Rules
from suban.domain.words import Kind, Result, Role, Status
from tests.unit.city import at, work_time

type Given = Any
"""Any field of a case."""

FILED = at("2026-11-23 10:00:00")
DISTRICT, STREET = "440301", "440301001"
UNIT, DESK, ITEM = "ENV-1", f"DESK-{DISTRICT}", "03-01-001"

CITIZEN = Actor(Role.CITIZEN, "p1", "asked-by-citizen")
STAFF = Actor(Role.UNIT_STAFF, UNIT, "asked-by-unit")
DISPATCHER = Actor(Role.DISPATCHER, "d1", "asked-by-desk")
SUPERVISOR = Actor(Role.SUPERVISOR, "s1", "asked-by-supervisor")

GOOD, BAD, WORST = Rating(5, 5, 5, 5, 5), Rating(2, 1, 3, 2, 2), Rating(1, 1, 1, 1, 1)
DOUBT = Doubt(DESK, "unsure", "r1", DISTRICT, STREET)


@cache
def rules() -> Rules:
    work = work_time()
    return Rules(work, work.limits)


def after(**spans: float) -> datetime:
    """The moment so long after filing: `after(hours=3)`."""
    return FILED + timedelta(**spans)


def assignment(limit: str = "15wd", **changes: Given) -> Assignment:
    return replace(Assignment(UNIT, ITEM, "r1", "sure", 0.99, Limit.parse(limit), DISTRICT, STREET), **changes)


def submitted(by: Actor = CITIZEN, **facts: Given) -> Case:
    """With its first event still on it, as it goes into its first transaction."""
    known = {
        "case_id": "20261123-00000001-7", "kind": Kind.COMPLAINT, "channel": "app", "lang": "zh-Hans",
        "person": "p1", "reachable": True, "district": DISTRICT, "street": STREET,
    }  # fmt: skip
    return Case.submit(by, facts.pop("at", FILED), **known | facts)


def at_desk(moment: datetime | None = None, **facts: Given) -> Case:
    urgent = facts.pop("urgent", False)
    return submitted(**facts).send_to_desk(DOUBT, SYSTEM, moment or after(minutes=1), rules(), urgent=urgent)


def dispatched(moment: datetime | None = None, limit: str = "15wd", **facts: Given) -> Case:
    urgent = facts.pop("urgent", False)
    to = assignment(limit)
    return submitted(**facts).dispatch(to, SYSTEM, moment or after(minutes=1), rules(), urgent=urgent)


def acknowledged(**facts: Given) -> Case:
    return dispatched(**facts).acknowledge(STAFF, after(hours=1), rules())


def completed(**facts: Given) -> Case:
    return acknowledged(**facts).complete(Result.RESOLVED, STAFF, after(days=2), rules())


def rolled_back(**facts: Given) -> Case:
    return completed(**facts).rate(BAD, CITIZEN, after(days=3), rules())


def completed_again(**facts: Given) -> Case:
    return rolled_back(**facts).complete(Result.RESOLVED, STAFF, after(days=4), rules())


def supervised(**facts: Given) -> Case:
    return completed_again(**facts).rate(WORST, CITIZEN, after(days=5), rules())


def answered(**facts: Given) -> Case:
    """Under special supervision, the unit's answer in the supervisor's hands."""
    return supervised(**facts).complete(Result.RESOLVED, STAFF, after(days=6), rules())


def closed_by_supervisor(**facts: Given) -> Case:
    return answered(**facts).close(SUPERVISOR, after(days=7), rules())


def closed_by_rating(**facts: Given) -> Case:
    return completed(**facts).rate(GOOD, CITIZEN, after(days=3), rules())


def closed_unrated(**facts: Given) -> Case:
    done = completed(**facts)
    return tick(done, done.deadlines["rating"], rules())


def withdrawn(**facts: Given) -> Case:
    return dispatched(**facts).withdraw(CITIZEN, after(hours=1), rules())


IN_STATUS: Mapping[Status, Callable[..., Case]] = {
    Status.SUBMITTED: submitted,
    Status.AT_DESK: at_desk,
    Status.DISPATCHED: dispatched,
    Status.ACKNOWLEDGED: acknowledged,
    Status.COMPLETED: completed,
    Status.SUPERVISED: supervised,
    Status.CLOSED: closed_by_rating,
    Status.WITHDRAWN: withdrawn,
}


def make_case(status: Status = Status.SUBMITTED, **facts: Given) -> Case:
    return IN_STATUS[status](**facts)


def stored(case: Case, **changes: Given) -> Case:
    """As it is read back: its events stand beside it, not on it."""
    return replace(case, events=(), **changes)


def difference(before: Case, after_it: Case) -> Mapping[str, Any]:
    """Every fact that a move changed, with its new value; its event and version are asked for apart."""
    same = {"events", "version", "changed_at"}
    names = [f.name for f in fields(Case) if f.name not in same]
    return {name: getattr(after_it, name) for name in names if getattr(after_it, name) != getattr(before, name)}


def last(case: Case) -> Event:
    return case.events[-1]


def happened(case: Case) -> list[str]:
    return [event.type for event in case.events]
