"""What is kept beside a case and its events: words that can be erased, the decision, ratings, people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from suban.domain.case import Case
from suban.domain.rating import Rating


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote with version `version` of a case; erasable, never copied elsewhere.

    `fields` holds the pieces by name: text, answer, reason, instruction, note, comment, address, lat, lon.
    """

    version: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RatingRecord:
    round: int
    version: int
    at: datetime
    rating: Rating


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What dispatch saw and why it decided so; `facts` holds no citizen's words but single keywords."""

    version: int
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person met for the first time; `identities` find them again, and are hashed before they are stored."""

    person: str
    identities: tuple[str, ...]
    phone: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneGiven:
    """An account's holder says where messages are to go from now on."""

    person: str
    identity: str
    phone: str


Record = Words | RatingRecord | DecisionRecord


@dataclass(frozen=True, slots=True)
class Guard:
    """The idempotency of one request: key and body as hashes, life in real seconds."""

    key: str
    body: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction: a case before (None: it is new) and after, and what belongs to the step between.

    `by_machine`: the machine makes the step itself, so that no token of its own can be waiting for an answer.
    """

    before: Case | None
    after: Case
    records: tuple[Record, ...] = ()
    guard: Guard | None = None
    person: NewPerson | PhoneGiven | None = None
    by_machine: bool = False
