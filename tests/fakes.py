"""Small stand-ins for the ports beside Cases and Notices: each remembers what it was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from suban.app.audit import Auditor
from suban.app.plan_notices import Planner
from suban.app.ports import Contact, FlowState, Known
from suban.domain.numbers import case_number
from tests.factories import FILED, rules
from tests.tiny_city import city
from tests.twins import MemoryCases, MemoryNotices


@dataclass
class FixedClock:
    at: datetime = FILED
    seconds: float = 1_800_000_000.0

    def now(self) -> datetime:
        return self.at

    def wall(self) -> float:
        return self.seconds


@dataclass
class FakeFlow:
    """`running`: (case, life) → still at work; what is not in it was never started. `stale`: answered tokens."""

    running: dict[tuple[str, int], bool] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    started: list[tuple[str, int]] = field(default_factory=list)
    answers: list[tuple[str, FlowState]] = field(default_factory=list)

    def start(self, case_id: str, life: int) -> None:
        self.started.append((case_id, life))
        self.running.setdefault((case_id, life), True)

    def answer(self, token: str, state: FlowState) -> bool:
        self.answers.append((token, state))
        return token not in self.stale

    def is_running(self, case_id: str, life: int) -> bool | None:
        return self.running.get((case_id, life))


@dataclass
class FakeQueue:
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, refs: Iterable[tuple[str, str]]) -> None:
        self.sent += refs


@dataclass
class FakeMetrics:
    counted: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def count(self, name: str, **dimensions: str) -> None:
        self.counted.append((name, dimensions))


@dataclass
class FakeSms:
    """`failure` is raised instead of sending."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    failure: Exception | None = None

    def send(self, phone: str, text: str) -> str:
        if self.failure:
            raise self.failure
        self.sent.append((phone, text))
        return f"sms-{len(self.sent)}"


@dataclass
class FakeUnitMessages:
    published: list[tuple[str, Mapping[str, object], Mapping[str, str]]] = field(default_factory=list)

    def publish(self, topic: str, message: Mapping[str, object], attributes: Mapping[str, str]) -> str:
        self.published.append((topic, message, attributes))
        return f"sns-{len(self.published)}"


@dataclass
class FakePeople:
    contacts: Mapping[str, Contact] = field(default_factory=dict)

    def find(self, identity: str) -> Known | None:
        return None

    def contact(self, person: str) -> Contact | None:
        return self.contacts.get(person)


@dataclass
class Counting:
    """Ids in order, so that a test can name them; `taken` are drawn first."""

    taken: list[int] = field(default_factory=list)
    drawn: int = 0

    def case_number(self, day: date) -> str:
        if self.taken:
            return case_number(day, self.taken.pop(0))
        self.drawn += 1
        return case_number(day, self.drawn)

    def person(self) -> str:
        return f"person-{self.drawn}"


def silent_auditor(cases: MemoryCases, clock: FixedClock) -> Auditor:
    """By its routing table there is nothing to tell anybody."""
    plan = Planner((), city().duty, rules().work)
    return Auditor(cases, MemoryNotices(), FakeQueue(), clock, plan, FakeMetrics())


class PlainCodes:
    def tracking_code(self, case_id: str) -> str:
        return f"code-of-{case_id}"

    def is_tracking_code(self, case_id: str, code: str) -> bool:
        return code == self.tracking_code(case_id)
