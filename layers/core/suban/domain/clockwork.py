"""The moves that time makes: what happens when a deadline of a case passes.

One deadline, one event; a later one is met at the next look. A deadline is consumed by its event, so that the same look
made twice finds nothing more to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from suban.domain.case import Case
from suban.domain.events import SYSTEM, EventType
from suban.domain.rules import Rules


def tick(case: Case, at: datetime, rules: Rules) -> Case:
    """The case after its earliest deadline, or the same case where none has passed at `at`."""
    if not case.deadlines or not case.is_open:
        return case
    name, moment = min(case.deadlines.items(), key=lambda pair: (pair[1], pair[0]))
    return _WHEN_DUE[name](_Due(name, moment, case, at, rules)) if moment <= at else case


@dataclass(frozen=True, slots=True)
class _Due:
    """Deadline `name` was to be met at `moment`; the clock shows `at`, the same or later."""

    name: str
    moment: datetime
    case: Case
    at: datetime
    rules: Rules

    def rest(self, **new: datetime) -> dict[str, datetime]:
        """The deadlines that are left once this one is consumed."""
        return {name: moment for name, moment in self.case.deadlines.items() if name != self.name} | new

    def reminded(self, happened: EventType) -> Case:
        return self.case.moved(happened, SYSTEM, self.at, deadlines=self.rest())


def _dispatch_overdue(due: _Due) -> Case:
    """The desk is late: told again each working day (24 hours where it is urgent) until it decides."""
    every = due.rules.limits.escalation_every
    again = due.rules.work.due(due.at, every.on_clock() if due.case.urgent else every)
    return due.case.moved(EventType.DISPATCH_OVERDUE, SYSTEM, due.at, overdue=True, deadlines={"desk": again})


def _contact_missed(due: _Due) -> Case:
    return due.reminded(EventType.CONTACT_MISSED)


def _due_soon(due: _Due) -> Case:
    return due.reminded(EventType.CASE_DUE_SOON)


def _overdue(due: _Due) -> Case:
    rest = due.rest(escalate=due.rules.escalation(due.moment, due.case.pinned_limit))
    return due.case.moved(EventType.CASE_OVERDUE, SYSTEM, due.at, overdue=True, deadlines=rest)


def _escalate(due: _Due) -> Case:
    """One step up; the top of the ladder is told again each time: no overdue case is ever without a deadline."""
    step = due.case.escalations + 1
    rest = due.rest(escalate=due.rules.escalation(due.moment, due.case.pinned_limit))
    facts = {"step": step}
    return due.case.moved(EventType.CASE_ESCALATED, SYSTEM, due.at, facts, escalations=step, deadlines=rest)


def _review_due(due: _Due) -> Case:
    again = due.rules.review_due(due.at)
    return due.case.moved(EventType.REVIEW_DUE, SYSTEM, due.at, deadlines=due.rest(review=again))


def _rating_expired(due: _Due) -> Case:
    return due.case.close_unrated(SYSTEM, due.at)


_WHEN_DUE: Mapping[str, Callable[[_Due], Case]] = {
    "desk": _dispatch_overdue,
    "contact": _contact_missed,
    "due_soon": _due_soon,
    "due": _overdue,
    "escalate": _escalate,
    "review": _review_due,
    "rating": _rating_expired,
}
