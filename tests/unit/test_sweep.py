"""Repair by state: whatever is stuck is mended by what it is, and what is well is left alone."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from suban.app.ports import Doorbell, FlowState
from suban.app.sweep import GRACE, QUICK_LIVES, Sweeper, is_stuck
from suban.domain.case import Case
from suban.domain.events import SYSTEM, EventType
from suban.domain.records import Change
from suban.domain.words import Status
from tests.factories import CITIZEN, after, closed_by_rating, completed, dispatched, rules, stored, submitted, withdrawn
from tests.fakes import FakeFlow, FakeMetrics, FixedClock, silent_auditor
from tests.twins import SHARDS, MemoryCases

CASE = submitted().case_id
SECOND = timedelta(seconds=1)


@dataclass
class World:
    """One case, the clock just past the grace since it last moved."""

    case: Case
    armed_for: int | None = None
    running: bool | None = True
    at: datetime | None = None
    flow: FakeFlow = field(default_factory=FakeFlow)
    metrics: FakeMetrics = field(default_factory=FakeMetrics)
    cases: MemoryCases = field(default_factory=MemoryCases)

    def __post_init__(self) -> None:
        self.cases.commit(Change(None, self.case))
        token = "token" if self.armed_for else None
        self.bell = Doorbell(stored(self.case), token, self.armed_for)
        self.cases._bells[CASE] = self.bell
        if self.running is not None:
            self.flow.running[CASE, self.case.life] = self.running
        clock = FixedClock(self.at or self.case.changed_at + GRACE + SECOND)
        audit = silent_auditor(self.cases, clock)
        self.sweeper = Sweeper(self.cases, self.flow, clock, self.metrics, audit, SHARDS)

    def swept(self) -> dict[str, int]:
        return dict(self.sweeper())


def test_a_case_that_waits_armed_for_its_present_wait_is_well() -> None:
    world = World(dispatched(), armed_for=2)
    assert world.swept() == {"seen": 1}
    assert (world.flow.started, world.flow.answers, world.metrics.counted) == ([], [], [])


def test_what_is_on_its_way_by_itself_is_left_alone() -> None:
    world = World(submitted(), running=None, at=submitted().changed_at + GRACE)
    assert (world.swept(), world.flow.started) == ({"seen": 1}, [])


def test_a_case_whose_life_was_never_begun_is_started() -> None:
    world = World(submitted(), running=None)
    assert (world.swept(), world.flow.started) == ({"seen": 1, "started": 1}, [(CASE, 1)])
    assert world.metrics.counted == [("CasesMended", {"kind": "started"})]


def test_a_bell_that_nobody_rang_is_rung() -> None:
    world = World(completed(), armed_for=2)
    assert world.swept() == {"seen": 1, "rung": 1}
    ((token, state),) = world.flow.answers
    assert (token, state.next, state.wait) == ("token", "rating", 3)


def test_an_execution_that_slept_past_its_deadline_is_sent_to_look() -> None:
    case = dispatched()
    assert case.deadline is not None
    world = World(case, armed_for=2, at=case.deadline + GRACE + SECOND)
    assert world.swept() == {"seen": 1, "woken": 1}
    assert world.flow.answers == [("token", FlowState(CASE, "clock", 2, 1))]


def test_it_is_given_the_grace_first() -> None:
    case = dispatched()
    assert case.deadline is not None
    assert World(case, armed_for=2, at=case.deadline + GRACE).swept() == {"seen": 1}


@pytest.mark.parametrize("armed_for", [None, 2, 1])
def test_a_dead_execution_of_an_open_case_is_followed_by_the_next_life(armed_for: int | None) -> None:
    case = dispatched()
    assert case.deadline is not None
    world = World(case, armed_for, running=False, at=case.deadline + GRACE + SECOND)
    world.flow.stale.add("token")
    assert world.swept() == {"seen": 1, "revived": 1}
    revived = world.cases.get(CASE)
    assert revived == stored(case.start_life(SYSTEM, case.deadline + GRACE + SECOND))
    assert (revived.life, revived.wait, revived.status) == (2, 3, Status.DISPATCHED)
    event = world.cases.event(CASE, 3)
    assert event is not None
    assert (event.type, event.life) == (EventType.LIFE_STARTED, 2)


def test_a_running_execution_between_two_waits_is_left_to_itself() -> None:
    world = World(completed(), armed_for=2)
    world.flow.stale.add("token")
    assert world.swept() == {"seen": 1}
    assert world.cases.get(CASE) == stored(completed())


def test_a_case_moved_meanwhile_is_not_revived_over_it() -> None:
    world = World(dispatched(), running=False)
    moved = stored(dispatched()).supplement(CITIZEN, after(hours=1), rules())
    world.cases.commit(Change(stored(dispatched()), moved))
    assert world.sweeper.mend(world.bell) is None
    assert world.cases.get(CASE) == stored(moved)


@pytest.mark.parametrize("ended", [closed_by_rating(), withdrawn()])
def test_an_ended_case_is_nobodys_business(ended: Case) -> None:
    world = World(ended, armed_for=2, running=False)
    assert world.swept() == {"seen": 1}
    assert (world.sweeper.mend(world.bell), world.sweeper.look_at(CASE)) == (None, None)


def test_an_execution_reported_dead_is_followed_at_once_without_the_grace() -> None:
    world = World(dispatched(), armed_for=2, running=False, at=dispatched().changed_at)
    assert world.sweeper.look_at(CASE) == "revived"


def test_a_report_about_an_older_life_disturbs_nobody() -> None:
    world = World(dispatched(), armed_for=2, running=True, at=dispatched().changed_at)
    assert world.sweeper.look_at(CASE) is None
    assert world.sweeper.look_at("20261123-00000009-0") is None


def test_a_case_that_breaks_every_execution_is_left_to_the_schedule() -> None:
    case = replace(dispatched(), life=QUICK_LIVES + 1)
    world = World(case, running=False)
    assert world.sweeper.look_at(CASE) is None
    assert world.swept() == {"seen": 1, "revived": 1}


def test_a_second_run_finds_nothing_more_to_do() -> None:
    world = World(submitted(), running=None)
    world.swept()
    assert world.swept() == {"seen": 1}


def test_a_run_that_has_no_time_left_stops_between_pages() -> None:
    assert World(submitted(), running=None).sweeper(lambda: False) == {"seen": 0}


def test_every_open_case_of_every_shard_is_seen() -> None:
    world = World(submitted(), running=None)
    for n in range(250):
        world.cases.commit(Change(None, submitted(case_id=f"20261123-{n:08d}-0")))
    assert world.swept() == {"seen": 251, "started": 251}


def test_stuck_is_unarmed_beyond_the_grace_or_asleep_beyond_the_deadline() -> None:
    case = stored(dispatched())
    assert case.deadline is not None
    asleep = Doorbell(case, "token", case.wait)
    assert not is_stuck(Doorbell(case), case.changed_at + GRACE)
    assert is_stuck(Doorbell(case), case.changed_at + GRACE + SECOND)
    assert not is_stuck(asleep, case.deadline + GRACE)
    assert is_stuck(asleep, case.deadline + GRACE + SECOND)
    assert is_stuck(Doorbell(case, "token", case.wait - 1), case.changed_at + GRACE + SECOND)
