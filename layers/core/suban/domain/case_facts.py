"""What a case is: codes, ids and times only, nobody's words; and the one way in which it changes.

`wait` numbers the doorbell: it rises with each move that ends or shortens what the machine waits for, so that whoever
holds an older number knows that it is late.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from suban.domain.errors import IllegalMove
from suban.domain.events import Actor, Event, EventType, Fact
from suban.domain.limits import Limit
from suban.domain.moves import ENDED, leads_to
from suban.domain.words import Action, Kind, Next, Result, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Codes, ids and times only: nobody's words. Times are aware, in China's zone, whole seconds."""

    case_id: str
    kind: Kind
    channel: str
    lang: str
    submitted_at: datetime
    changed_at: datetime
    person: str | None = None
    reachable: bool = False
    anonymous: bool = False
    confidential: bool = False
    theme: str | None = None
    district: str | None = None
    street: str | None = None

    status: Status = Status.SUBMITTED
    version: int = 1
    round: int = 1
    life: int = 1
    wait: int = 1
    next: Next = Next.DISPATCH
    deadlines: Mapping[str, datetime] = field(default_factory=dict)

    urgent: bool = False
    desk: str | None = None
    unit: str | None = None
    first_unit: str | None = None
    item: str | None = None
    release: str | None = None
    rule: str | None = None
    confidence: float | None = None
    limit: Limit | None = None
    due_at: datetime | None = None

    acknowledged_at: datetime | None = None
    contacted_at: datetime | None = None
    completed_at: datetime | None = None
    closed_at: datetime | None = None
    closed_as: str | None = None
    result: Result | None = None
    overdue: bool = False
    escalations: int = 0
    answered: bool = False
    negatives: int = 0
    overall: int | None = None
    rated_last: bool = False
    reopened: int = 0
    urged_at: datetime | None = None

    events: tuple[Event, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @property
    def deadline(self) -> datetime | None:
        """The earliest moment at which the clock has something to say; a wait lasts until then."""
        return min(self.deadlines.values(), default=None)

    def moved(
        self,
        happened: EventType,
        by: Actor,
        at: datetime,
        facts: Mapping[str, Fact] | None = None,
        action: Action | None = None,
        **changes: Any,  # noqa: ANN401 - any field of the case
    ) -> Self:
        """One more version and its event; `wait` rises when what the machine waits for ends or comes earlier."""
        after = replace(self, version=self.version + 1, changed_at=at, **changes)
        if action and not leads_to(self.status, action, after.status):
            raise IllegalMove(action=action, status=self.status)
        event = Event(
            happened, after.version, at, str(by), after.status, after.round, after.life,
            _told(after) | dict(facts or {}), action or "", by.request,
        )  # fmt: skip
        return replace(after, wait=self.wait + _calls(self, after), events=(*self.events, event))

    @property
    def pinned_limit(self) -> Limit:
        if self.limit is None:
            raise ValueError(f"{self.case_id} was never dispatched: it has no limit")
        return self.limit


def _calls(before: CaseFacts, after: CaseFacts) -> bool:
    """Whether the machine must be told: what it waits for has ended, or comes earlier than it knows."""
    if after.next != before.next or after.life != before.life:
        return True
    return after.deadline is not None and (before.deadline is None or after.deadline < before.deadline)


def _told(case: CaseFacts) -> dict[str, Fact]:
    """What every message about this step needs, kept with the event: who holds the case, and by when."""
    promised = case.deadlines.get("rating", case.due_at) if case.is_open else None
    who: dict[str, Fact] = {name: code for name, code in (("unit", case.unit), ("desk", case.desk)) if code}
    return who | ({"due": promised.isoformat()} if promised else {})
