"""Messages as items.

Never lost; doubled only if the process dies, or the answer is lost, between Publish and its record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from suban.domain.case import Case
from suban.domain.events import Fact
from suban.domain.words import Status


class NoticeState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class Audience(StrEnum):
    CITIZEN = "citizen"
    UNIT = "unit"
    SUPERVISOR = "supervisor"
    DESK = "desk"


class Timing(StrEnum):
    """When a message may go out. What is said NOW stays true; the others remind, and only while there is a reason."""

    NOW = "now"
    OFFICE = "office"
    NEXT_MORNING = "next_morning"


@dataclass(frozen=True, slots=True)
class Route:
    """One row of catalog/messages/routing.csv; `condition`: unrated, reopenable, final or nothing."""

    event: str
    audience: Audience
    template: str
    timing: Timing
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """`recipient` is a person's random id, or the code of a unit, a desk or a district's supervisors."""

    case_id: str
    version: int
    template: str
    audience: Audience
    recipient: str
    event: str
    status: Status
    round: int
    at: datetime
    send_at: datetime
    timing: Timing
    facts: Mapping[str, Fact] = field(default_factory=dict)
    state: NoticeState = NoticeState.DUE
    attempts: int = 0
    until: int = 0
    sent_at: datetime | None = None
    message_id: str | None = None
    reason: str | None = None

    @property
    def id(self) -> str:
        return f"{self.version:06d}#{self.template}#{self.recipient}"

    @property
    def is_settled(self) -> bool:
        return self.state in {NoticeState.SENT, NoticeState.FAILED, NoticeState.SUPERSEDED}

    def is_outdated(self, case: Case) -> bool:
        """A reminder whose reason is gone: another round, or the case is in other hands than when it was planned."""
        if self.timing is Timing.NOW:
            return False
        return case.round != self.round or HANDS[case.status] != HANDS[self.status]


HANDS: Mapping[Status, str] = {
    Status.SUBMITTED: "platform",
    Status.AT_DESK: "desk",
    Status.DISPATCHED: "unit",
    Status.ACKNOWLEDGED: "unit",
    Status.COMPLETED: "citizen",
    Status.SUPERVISED: "supervisor",
    Status.CLOSED: "nobody",
    Status.WITHDRAWN: "nobody",
    Status.MERGED: "main case",
    Status.SPLIT: "children",
}
