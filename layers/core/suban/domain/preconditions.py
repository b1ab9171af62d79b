"""What a move needs beyond the table: asked before it is made, and when a caller is told what it may do."""

from datetime import datetime
from typing import TYPE_CHECKING

from suban.domain.errors import (
    AlreadyRated,
    IllegalMove,
    NotAnswered,
    NotRatable,
    ReopeningExpired,
    ReopeningUsed,
    UrgedToday,
)
from suban.domain.limits import Limits
from suban.domain.moves import is_legal
from suban.domain.words import Action, Role, Status

if TYPE_CHECKING:
    from suban.domain.case import Case

URGES_COUNT = frozenset({Role.CITIZEN, Role.MEMBER})


def refusal(
    case: "Case", action: Action, at: datetime, limits: Limits, role: Role = Role.CITIZEN
) -> IllegalMove | None:
    """Why `action` cannot be done now, or None."""
    facts = {"action": action, "status": case.status}
    if action is Action.RATE:
        return _no_rating(case)
    if not is_legal(case.status, action):
        return IllegalMove(**facts)
    if action is Action.REOPEN:
        return _no_reopening(case, at, limits)
    if action is Action.URGE and role in URGES_COUNT and _urged_lately(case, at, limits):
        return UrgedToday(**facts)
    if action is Action.CLOSE and not case.answered:
        return NotAnswered(**facts)
    return None


def check(case: "Case", action: Action, at: datetime, limits: Limits, role: Role = Role.CITIZEN) -> None:
    if why := refusal(case, action, at, limits, role):
        raise why


def _no_rating(case: "Case") -> IllegalMove | None:
    """A completed case is rated once a round; one closed by a supervisor may be rated once more."""
    if case.status is Status.COMPLETED:
        return None
    if case.status is Status.CLOSED and case.closed_as == "supervised":
        return AlreadyRated(status=case.status) if case.rated_last else None
    if case.status is Status.CLOSED and case.closed_as == "rated":
        return AlreadyRated(status=case.status)
    return NotRatable(status=case.status, action=Action.RATE)


def _no_reopening(case: "Case", at: datetime, limits: Limits) -> IllegalMove | None:
    if case.reopened >= limits.reopening_times:
        return ReopeningUsed(times=limits.reopening_times)
    if case.closed_at is None or at > limits.reopening.clock_end(case.closed_at):
        return ReopeningExpired(days=limits.reopening.amount)
    return None


def _urged_lately(case: "Case", at: datetime, limits: Limits) -> bool:
    """Counted in calendar days: urged late in the evening, it may be urged again the next morning."""
    return case.urged_at is not None and (at.date() - case.urged_at.date()).days < limits.urge_every.amount
