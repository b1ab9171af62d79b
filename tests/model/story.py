"""What a case can become: real cases and their real moves, each distinct one known by a small number.

Time stands still while people act and jumps to a case's deadline when the clock acts, so that the number of cases is
finite. Who said what and when leaves no trace here; whom the machine must be told of, and by when, does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cached_property

from suban.domain.case import Case
from suban.domain.clockwork import tick
from suban.domain.errors import IllegalMove
from suban.domain.events import SYSTEM
from suban.domain.words import Next, Result
from tests.factories import BAD, CITIZEN, DISPATCHER, DOUBT, GOOD, STAFF, SUPERVISOR, assignment, rules, stored

NO_TRACE = {"events", "version", "changed_at", "acknowledged_at", "contacted_at", "completed_at", "closed_at"}
TRACED = [f.name for f in fields(Case) if f.name not in NO_TRACE | {"deadlines"}]


@dataclass(frozen=True)
class Node:
    """A case at a moment. `next` moves are found when first asked for."""

    case: Case
    now: datetime
    story: "Story" = field(repr=False, compare=False)

    @cached_property
    def by_people(self) -> list[tuple[str, int]]:
        return [(name, number) for name, move in PEOPLE.items() for number in self._to(move)]

    @cached_property
    def by_dispatch(self) -> list[tuple[str, int]]:
        return [(name, number) for name, move in DISPATCH.items() for number in self._to(move)]

    @cached_property
    def by_time(self) -> int | None:
        if self.case.deadline is None:
            return None
        at = max(self.now, self.case.deadline)
        return self.story.number(tick(self.case, at, rules()), at)

    @cached_property
    def next_life(self) -> int:
        return self.story.number(self.case.start_life(SYSTEM, self.now), self.now)

    def _to(self, move: Callable[[Case, datetime], Case]) -> Iterator[int]:
        try:
            yield self.story.number(move(self.case, self.now), self.now)
        except IllegalMove:
            return

    # Read far more often than made
    @cached_property
    def wait(self) -> int:
        return self.case.wait

    @cached_property
    def life(self) -> int:
        return self.case.life

    @cached_property
    def is_open(self) -> bool:
        return self.case.is_open

    @cached_property
    def next(self) -> Next:
        return self.case.next

    @cached_property
    def deadline(self) -> datetime | None:
        return self.case.deadline


class Story:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, case: Case, now: datetime) -> int:
        known = (now, *sorted(case.deadlines.items()), *(getattr(case, name) for name in TRACED))
        if known not in self._numbers:
            self._numbers[known] = len(self.nodes)
            self.nodes.append(Node(stored(replace(case, version=1)), now, self))
        return self._numbers[known]


PEOPLE: dict[str, Callable[[Case, datetime], Case]] = {
    "dispatch by hand": lambda case, at: case.dispatch(assignment(), DISPATCHER, at, rules()),
    "acknowledge": lambda case, at: case.acknowledge(STAFF, at, rules()),
    "contact": lambda case, at: case.record_contact(STAFF, at, rules()),
    "complete": lambda case, at: case.complete(Result.RESOLVED, STAFF, at, rules()),
    "rate well": lambda case, at: case.rate(GOOD, CITIZEN, at, rules()),
    "rate badly": lambda case, at: case.rate(BAD, CITIZEN, at, rules()),
    "supplement": lambda case, at: case.supplement(CITIZEN, at, rules()),
    "withdraw": lambda case, at: case.withdraw(CITIZEN, at, rules()),
    "order": lambda case, at: case.order(SUPERVISOR, at, rules()),
    "close": lambda case, at: case.close(SUPERVISOR, at, rules()),
    "reopen": lambda case, at: case.reopen(CITIZEN, at, rules()),
}
DISPATCH: dict[str, Callable[[Case, datetime], Case]] = {
    "sure": lambda case, at: case.dispatch(assignment(), SYSTEM, at, rules()),
    "unsure": lambda case, at: case.send_to_desk(DOUBT, SYSTEM, at, rules()),
}
