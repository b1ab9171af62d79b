"""The stream's news: a life begun once, the bell rung for who still waits, notices written once, in any order."""

from dataclasses import dataclass, field
from itertools import permutations

import pytest

from suban.app.plan_notices import Planner
from suban.app.ports import FlowState
from suban.app.relay import Relay
from suban.domain.case import Case
from suban.domain.errors import NotFound
from suban.domain.events import SYSTEM, Event
from suban.domain.records import Change
from tests.factories import (
    CITIZEN,
    FILED,
    after,
    closed_by_rating,
    completed,
    dispatched,
    last,
    rolled_back,
    rules,
    submitted,
    withdrawn,
)
from tests.fakes import FakeFlow, FakeQueue, FixedClock
from tests.tiny_city import city
from tests.twins import MemoryCases, MemoryNotices

CASE = submitted().case_id


@dataclass
class World:
    case: Case
    flow: FakeFlow = field(default_factory=FakeFlow)
    queue: FakeQueue = field(default_factory=FakeQueue)
    notices: MemoryNotices = field(default_factory=MemoryNotices)
    cases: MemoryCases = field(default_factory=MemoryCases)
    clock: FixedClock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        self.cases.commit(Change(None, self.case))
        plan = Planner(city().routes, city().duty, rules().work)
        self.relay = Relay(self.cases, self.flow, self.notices, self.queue, self.clock, plan)

    def armed(self, wait: int) -> "World":
        """The machine waits since the case had that number."""
        bell = self.cases._bells[CASE]
        self.cases._bells[CASE] = type(bell)(bell.case, "token", wait)
        return self


def test_a_submitted_case_begins_its_first_life() -> None:
    world = World(submitted())
    world.relay(CASE, last(submitted()))
    assert (world.flow.started, world.flow.answers, world.queue.sent) == ([(CASE, 1)], [], [])


def test_a_record_that_comes_again_begins_the_same_life_again() -> None:
    world = World(submitted())
    for _ in range(2):
        world.relay(CASE, last(submitted()))
    assert world.flow.started == [(CASE, 1)] * 2  # one execution by its name: the port's promise


def test_a_reopened_and_a_revived_case_begin_their_own_lives() -> None:
    reopened = closed_by_rating().reopen(CITIZEN, after(days=4), rules())
    revived = reopened.start_life(SYSTEM, after(days=5))
    for case, life in ((reopened, 2), (revived, 3)):
        world = World(case)
        world.relay(CASE, last(case))
        assert world.flow.started == [(CASE, life)]


def test_a_late_record_of_an_older_life_begins_nothing() -> None:
    world = World(closed_by_rating().reopen(CITIZEN, after(days=4), rules()))
    world.relay(CASE, last(submitted()))
    assert world.flow.started == []


def test_a_case_that_ended_before_its_life_began_needs_none() -> None:
    world = World(withdrawn())
    world.relay(CASE, last(submitted()))
    assert world.flow.started == []


@pytest.mark.parametrize("whole", [dispatched, completed, rolled_back])
def test_other_events_begin_no_life(whole: object) -> None:
    case = whole() if callable(whole) else None
    assert case is not None
    world = World(case)
    world.relay(CASE, last(case))
    assert world.flow.started == []


def test_whoever_still_waits_for_what_has_ended_is_told_where_the_case_is_now() -> None:
    world = World(completed()).armed(wait=2)
    world.relay(CASE, last(completed()))
    seconds = int((completed().deadlines["rating"] - FILED).total_seconds())
    assert world.flow.answers == [("token", FlowState(CASE, "rating", 3, seconds))]


def test_a_late_record_tells_the_present_and_not_the_past() -> None:
    world = World(rolled_back()).armed(wait=2)
    world.relay(CASE, last(completed()))
    ((_, state),) = world.flow.answers
    assert (state.next, state.wait) == ("handling", rolled_back().wait)


def test_whoever_waits_for_the_present_is_left_asleep() -> None:
    signed = dispatched().acknowledge(CITIZEN, after(hours=1), rules())
    world = World(signed).armed(wait=signed.wait)
    world.relay(CASE, last(signed))
    assert world.flow.answers == []


def test_where_nobody_waits_nobody_is_rung_for() -> None:
    world = World(completed())
    world.relay(CASE, last(completed()))
    assert world.flow.answers == []


def test_a_token_already_answered_is_no_fault() -> None:
    world = World(completed()).armed(wait=2)
    world.flow.stale.add("token")
    world.relay(CASE, last(completed()))
    assert len(world.notices.of_case(CASE)) == 2


def test_ringing_changes_nothing_in_the_table() -> None:
    world = World(completed()).armed(wait=2)
    before = world.cases.doorbell(CASE)
    world.relay(CASE, last(completed()))
    assert world.cases.doorbell(CASE) == before


def test_notices_are_written_and_those_whose_moment_has_come_are_queued() -> None:
    world = World(completed())
    world.clock.at = last(completed()).at
    world.relay(CASE, last(completed()))
    kept = {notice.template: notice.send_at for notice in world.notices.of_case(CASE)}
    assert set(kept) == {"completed", "invitation"}
    assert world.queue.sent == [(CASE, "000004#completed#p1")]


def replay(order: tuple[Event, ...]) -> tuple[list[tuple[str, int]], list[object]]:
    """Twice, in that order, all of it late."""
    world = World(rolled_back())
    world.clock.at = after(days=30)
    for event in (*order, *order):
        world.relay(CASE, event)
    return sorted(set(world.flow.started)), list(world.notices.of_case(CASE))


def test_any_order_and_any_repetition_end_in_the_same_notices_and_the_same_life() -> None:
    events = rolled_back().events
    results = [replay(order) for order in permutations(events)]
    assert results == [results[0]] * len(results)
    assert (results[0][0], len(results[0][1])) == ([(CASE, 1)], 6)


def test_an_event_of_a_case_that_is_not_there_is_a_fault_to_be_retried() -> None:
    with pytest.raises(NotFound):
        World(submitted()).relay("20261123-00000009-0", last(submitted()))
