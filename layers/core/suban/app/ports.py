"""What the use cases need of the world. Each port is owned here; adapters and test twins implement it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from suban.domain.case import Case
from suban.domain.events import Event
from suban.domain.notices import Notice
from suban.domain.records import Change, DecisionRecord, RatingRecord, Words


class Retry(Exception):
    """A collision that the use case answers by drawing again: a taken case number, a person met a moment ago."""


class Repeated(Exception):
    """The guard of this request is there already: `case_id` is what it led to, `body` the hash of what was asked."""

    def __init__(self, case_id: str, body: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id
        self.body = body


@dataclass(frozen=True, slots=True)
class Doorbell:
    """A case with the token that the machine armed last, and the wait number that it saw then."""

    case: Case
    token: str | None = None
    token_wait: int | None = None

    @property
    def is_armed(self) -> bool:
        return self.token is not None and self.token_wait == self.case.wait

    @property
    def is_ringing(self) -> bool:
        """The machine still waits for something that has ended: answer its token."""
        return self.token is not None and self.token_wait is not None and self.token_wait < self.case.wait


@dataclass(frozen=True, slots=True)
class Story:
    """All that is kept of one case."""

    case: Case
    events: Sequence[Event]
    words: Mapping[int, Words]
    ratings: Sequence[RatingRecord] = ()
    decisions: Sequence[DecisionRecord] = ()
    notices: Sequence[Notice] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the position to go on from; None at the end."""

    cases: Sequence[Case]
    after: Mapping[str, str] | None = None


class Cases(Protocol):
    def get(self, case_id: str) -> Case | None: ...
    def doorbell(self, case_id: str) -> Doorbell | None: ...
    def story(self, case_id: str) -> Story | None: ...
    def words(self, case_id: str) -> Mapping[int, Words]: ...
    def event(self, case_id: str, version: int) -> Event | None: ...
    def guarded(self, key: str) -> tuple[str, str] | None:
        """(case_id, hash of the body) that a kept guard stands for."""
        ...

    def commit(self, change: Change) -> None:
        """All of the change or nothing. Raises StaleVersion, Busy, Repeated or Retry."""
        ...

    def queue(self, owner: str, kind: str, size: int, after: Mapping[str, str] | None) -> Page: ...
    def of_person(self, person: str, size: int, after: Mapping[str, str] | None) -> Page: ...
    def unwatch(self, case: Case) -> None:
        """The sweeper has nothing more to do with this ended case; a case that has moved meanwhile stays watched."""
        ...

    def open_doorbells(self, shard: int, size: int, after: Mapping[str, str] | None) -> "DoorbellPage": ...


@dataclass(frozen=True, slots=True)
class DoorbellPage:
    doorbells: Sequence[Doorbell]
    after: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str | None
    name: str | None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody met before; `reachable`: a phone of theirs is kept, which only `notify` reads."""

    person: str
    reachable: bool


class People(Protocol):
    def find(self, identity: str) -> Known | None:
        """The person an identity (`phone:+86…`, `subject:issuer|sub`) belongs to; looked up by keyed hash alone."""
        ...

    def contact(self, person: str) -> Contact | None: ...


@dataclass(frozen=True, slots=True)
class FlowState:
    """What the machine is told: shapes in events/schemas/flow-state.v1.json; `seconds` 1 … 99,999,999."""

    case_id: str
    next: str
    wait: int
    seconds: int


class Flow(Protocol):
    def start(self, case_id: str, life: int) -> None:
        """One execution per life: a second start of the same life is a success."""
        ...

    def answer(self, token: str, state: FlowState) -> bool:
        """False where the token was already answered, timed out or its execution has ended."""
        ...

    def is_running(self, case_id: str, life: int) -> bool | None:
        """None where no execution of that life was ever started."""
        ...


class Notices(Protocol):
    def put(self, notice: Notice) -> None:
        """Kept once: putting the same notice again changes nothing."""
        ...

    def get(self, case_id: str, notice_id: str) -> Notice | None: ...
    def claim(self, notice: Notice, now: float, until: int) -> bool:
        """due, or sending with its lease run out → sending; False where somebody else holds or has settled it."""
        ...

    def settle(self, notice: Notice) -> None: ...
    def due(self, shard: int, now: datetime, size: int) -> Sequence[tuple[str, str]]:
        """(case_id, notice id) of notices whose time has come and that are not settled."""
        ...


class NoticeQueue(Protocol):
    def send(self, refs: Iterable[tuple[str, str]]) -> None: ...


class Sms(Protocol):
    def send(self, phone: str, text: str) -> str:
        """The carrier's message id. Raises Undeliverable where trying again cannot help."""
        ...


class Undeliverable(Exception):
    """A message that no retry will deliver; the reason is a code, never a number."""


class UnitMessages(Protocol):
    def publish(self, topic: str, message: Mapping[str, object], attributes: Mapping[str, str]) -> str: ...


class Clock(Protocol):
    def now(self) -> datetime: ...
    def wall(self) -> float: ...


class Ids(Protocol):
    def case_number(self, day: date) -> str: ...
    def person(self) -> str: ...


class Codes(Protocol):
    def tracking_code(self, case_id: str) -> str: ...
    def is_tracking_code(self, case_id: str, code: str) -> bool: ...


class Cursors(Protocol):
    def seal(self, query: str, position: Mapping[str, str] | None) -> str | None: ...
    def open(self, query: str, cursor: str | None) -> Mapping[str, str] | None:
        """Raises BadCursor for a cursor of another query, or one that nobody sealed."""
        ...


class Metrics(Protocol):
    def count(self, name: str, **dimensions: str) -> None: ...
