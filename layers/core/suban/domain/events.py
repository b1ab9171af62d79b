"""What happened to a case: immutable, numbered by the version it made, free of anybody's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from suban.domain.words import Role, Status

Fact = str | int | bool


class EventType(StrEnum):
    CASE_SUBMITTED = "CaseSubmitted"
    CASE_DISPATCHED = "CaseDispatched"
    CASE_SENT_TO_DESK = "CaseSentToDesk"
    DISPATCH_OVERDUE = "DispatchOverdue"
    CASE_ACKNOWLEDGED = "CaseAcknowledged"
    CONTACT_RECORDED = "ContactRecorded"
    CONTACT_MISSED = "ContactMissed"
    CASE_DUE_SOON = "CaseDueSoon"
    CASE_OVERDUE = "CaseOverdue"
    CASE_ESCALATED = "CaseEscalated"
    CASE_COMPLETED = "CaseCompleted"
    CASE_RATED = "CaseRated"
    CASE_ROLLED_BACK = "CaseRolledBack"
    CASE_SUPERVISED = "CaseSupervised"
    SUPERVISION_ORDERED = "SupervisionOrdered"
    WORK_ANSWERED = "WorkAnswered"
    REVIEW_DUE = "ReviewDue"
    CASE_CLOSED = "CaseClosed"
    CASE_CLOSED_UNRATED = "CaseClosedUnrated"
    CASE_WITHDRAWN = "CaseWithdrawn"
    CASE_URGED = "CaseUrged"
    CASE_SUPPLEMENTED = "CaseSupplemented"
    CASE_REOPENED = "CaseReopened"
    LIFE_STARTED = "LifeStarted"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who moved the case: a role, and an id that is never a name or a number of a person.

    `request` is the hash of what the actor asked for, kept on the event so that the same request is known again.
    """

    role: Role
    id: str = ""
    request: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.id}" if self.id else str(self.role)


SYSTEM = Actor(Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Event:
    """`status`, `round` and `life` are the case's after the event; `facts` are codes, numbers and times (ISO 8601)."""

    type: EventType
    version: int
    at: datetime
    actor: str
    status: Status
    round: int
    life: int
    facts: Mapping[str, Fact] = field(default_factory=dict)
    action: str = ""
    request: str = ""
