"""The stream keeps its news for a day; what nobody planned by then is planned by the sweeper."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from suban.app.audit import OLDEST, RETENTION, WINDOW, Auditor
from suban.app.plan_notices import Planner
from suban.app.sweep import Sweeper
from suban.domain.case import Case
from suban.domain.records import Change
from suban.domain.words import Result
from tests.factories import STAFF, closed_by_rating, dispatched, last, rules, stored, submitted
from tests.fakes import FakeFlow, FakeMetrics, FakeQueue, FixedClock
from tests.tiny_city import city
from tests.twins import MemoryCases, MemoryNotices
from tests.unit.city import at

CASE = submitted().case_id
SECOND = timedelta(seconds=1)
PLAN = Planner(city().routes, city().duty, rules().work)


@dataclass
class World:
    """One case, a day after its last move."""

    case: Case
    late: timedelta = RETENTION
    notices: MemoryNotices = field(default_factory=MemoryNotices)
    queue: FakeQueue = field(default_factory=FakeQueue)
    metrics: FakeMetrics = field(default_factory=FakeMetrics)

    def __post_init__(self) -> None:
        self.cases = MemoryCases(notices=self.notices)
        self.cases.commit(Change(None, self.case))
        self.clock = FixedClock(self.case.changed_at + self.late)
        self.audit = Auditor(self.cases, self.notices, self.queue, self.clock, PLAN, self.metrics)

    def audited(self) -> int:
        return self.audit(stored(self.case))

    def watched(self) -> bool:
        return any(self.cases.open_doorbells(shard, 1, None).doorbells for shard in range(16))


def test_what_was_never_planned_is_planned_now_and_sent() -> None:
    world = World(dispatched())
    assert world.audited() == 2
    expected = PLAN(last(dispatched()), stored(dispatched()))
    assert world.notices.of_case(CASE) == sorted(expected, key=lambda notice: notice.id)
    assert sorted(world.queue.sent) == sorted((CASE, notice.id) for notice in expected)
    assert world.metrics.counted == [("NoticesRestored", {"template": "dispatched"})] * 2


def test_a_second_look_finds_nothing_missing() -> None:
    world = World(dispatched())
    world.audited()
    assert (world.audited(), len(world.queue.sent)) == (0, 2)


def test_what_the_relay_has_planned_is_left_as_it_is() -> None:
    world = World(dispatched())
    for notice in PLAN(last(dispatched()), stored(dispatched())):
        world.notices.put(notice)
    assert (world.audited(), world.queue.sent, world.metrics.counted) == (0, [], [])


def test_what_is_not_due_yet_is_kept_but_not_queued() -> None:
    friday = dispatched().complete(Result.RESOLVED, STAFF, at("2026-11-27 16:00:00"), rules())
    world = World(friday)
    assert world.audited() == 2
    assert [notice.template for notice in world.notices.of_case(CASE)] == ["completed", "invitation"]
    assert [ref for ref in world.queue.sent if "invitation" in ref[1]] == []


def test_old_events_are_not_spoken_of_again() -> None:
    world = World(closed_by_rating())  # completed a day before it was rated, dispatched three
    world.audited()
    assert {notice.version for notice in world.notices.of_case(CASE)} == {5}
    assert World(closed_by_rating(), late=OLDEST - SECOND).audited() == 2
    assert World(closed_by_rating(), late=OLDEST).audited() == 0


@pytest.mark.parametrize(
    ("late", "due"),
    [(RETENTION - SECOND, False), (RETENTION, True), (RETENTION + WINDOW - SECOND, True), (RETENTION + WINDOW, False)],
)
def test_an_open_case_is_looked_at_once_for_each_move(late: timedelta, *, due: bool) -> None:
    assert World(dispatched(), late).audit.is_due(stored(dispatched())) is due


def test_an_ended_case_until_it_has_been_done_and_then_no_more() -> None:
    world = World(closed_by_rating(), late=RETENTION * 9)
    assert world.audit.is_due(stored(closed_by_rating()))
    assert world.watched()
    world.audited()
    assert not world.watched()


def test_an_open_case_stays_watched() -> None:
    world = World(dispatched())
    world.audited()
    assert world.watched()


def test_a_sweep_counts_what_it_restored() -> None:
    world = World(dispatched())
    flow = FakeFlow(running={(CASE, 1): True})
    sweeper = Sweeper(world.cases, flow, world.clock, world.metrics, world.audit, 16)
    assert sweeper() == {"seen": 1, "restored": 1}
