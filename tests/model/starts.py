"""Where an exploration begins: a case just filed, or one in the middle of its story with its machine asleep."""

from collections.abc import Callable, Mapping

from suban.domain.case import Case
from tests.factories import (
    at_desk,
    closed_by_rating,
    completed,
    completed_again,
    dispatched,
    submitted,
    supervised,
)
from tests.model.explore import Found, explore, waiting_at
from tests.model.protocol import Protocol
from tests.model.story import Story
from tests.model.world import Budget, World

MIDDLES: Mapping[str, Callable[[], Case]] = {
    "at desk": at_desk, "dispatched": dispatched, "completed": completed, "completed again": completed_again,
    "supervised": supervised, "closed": closed_by_rating,
}  # fmt: skip


def just_filed(protocol: Protocol, budget: Budget) -> World:
    """Its first event in the stream, no machine yet."""
    return World(_number(protocol, submitted()), (), budget, begins=frozenset({1}))


def in_the_middle(protocol: Protocol, where: str, budget: Budget) -> World:
    number = _number(protocol, MIDDLES[where]())
    return waiting_at(protocol, number, World(number, (), budget))


def _number(protocol: Protocol, case: Case) -> int:
    return protocol.story.number(case, case.changed_at)


def from_filing(budget: Budget, **switches: bool) -> Found:
    protocol = Protocol(Story(), **switches)
    return explore(protocol, just_filed(protocol, budget))


def from_the_middle(where: str, budget: Budget, **switches: bool) -> Found:
    protocol = Protocol(Story(), **switches)
    return explore(protocol, in_the_middle(protocol, where, budget))
