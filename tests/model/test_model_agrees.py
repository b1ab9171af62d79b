"""The model's steps are the platform's: in every world reached, the real use cases do what the model says they do."""

from datetime import datetime, timedelta

import pytest

from suban.app.look import Look
from suban.app.plan_notices import Planner
from suban.app.ports import Doorbell, FlowState
from suban.app.relay import Relay
from suban.app.sweep import GRACE, Sweeper
from suban.domain.events import Event, EventType
from suban.domain.words import Next
from tests.factories import rules
from tests.fakes import FakeFlow, FakeMetrics, FakeQueue, FixedClock, silent_auditor
from tests.model.explore import explore
from tests.model.protocol import Protocol
from tests.model.starts import in_the_middle, just_filed
from tests.model.story import Node, Story
from tests.model.world import NONE, Budget, Machine, Sweep, World, is_armed, is_ringing
from tests.tiny_city import city
from tests.twins import SHARDS, MemoryCases, MemoryNotices

ANY_TIME = Budget(0, ticks=1)
EVERY = 5  # one world in so many is enough: most differ in what these steps do not look at


@pytest.fixture(scope="module")
def reached() -> tuple[Protocol, list[World]]:
    protocol, worlds = Protocol(Story()), list[World]()
    faulty, longer = Budget(1, ticks=1, timeouts=1, lost=1), Budget(2, ticks=1, timeouts=1, crashes=1)
    explore(protocol, just_filed(protocol, faulty), worlds.append)
    explore(protocol, in_the_middle(protocol, "completed", longer), worlds.append)
    return protocol, worlds[::EVERY]


def cases_of(world: World, node: Node) -> MemoryCases:
    cases = MemoryCases()
    token = f"token-{world.token}" if world.token != NONE else None
    cases._bells[node.case.case_id] = Doorbell(node.case, token, world.token_wait if token else None)
    cases._events[node.case.case_id] = {}
    return cases


def bell_of(cases: MemoryCases, node: Node) -> Doorbell:
    bell = cases.doorbell(node.case.case_id)
    assert bell is not None
    return bell


def where(state: FlowState, now: datetime) -> Machine:
    """Route and Await, as case_flow has them, on what the function said."""
    match state.next:
        case Next.END:
            return Machine("done")
        case Next.DISPATCH:
            return Machine("dispatch")
        case "clock":
            return Machine("look")
    return Machine("await", state.wait, now + timedelta(seconds=state.seconds))


def on_time(machine: Machine, now: datetime) -> Machine:
    """A deadline already past is told as one second."""
    if machine.until is None:
        return machine
    return machine._replace(until=max(machine.until, now + timedelta(seconds=1)))


def test_reading_the_bell_is_the_same(reached: tuple[Protocol, list[World]]) -> None:
    protocol, worlds = reached
    for world in worlds:
        node = protocol.node(world.case)
        bell = bell_of(cases_of(world, node), node)
        assert (bell.is_armed, bell.is_ringing) == (is_armed(world.bell, node), is_ringing(world.bell, node))


def looks(protocol: Protocol, worlds: list[World]) -> list[tuple[World, Node, int]]:
    return [
        (world, protocol.node(world.case), life)
        for world in worlds
        for life, machine in enumerate(world.machines, 1)
        if machine.at == "look"
    ]


def test_a_look_before_any_deadline_says_where_the_case_is(reached: tuple[Protocol, list[World]]) -> None:
    protocol, worlds = reached
    seen = 0
    for world, node, life in looks(protocol, worlds):
        if node.deadline and node.deadline <= node.now:
            continue
        cases = cases_of(world, node)
        before = bell_of(cases, node)
        state = Look(cases, FixedClock(node.now), rules())(node.case.case_id, life)
        after = dict(protocol.steps(world))
        model = next(after[label] for label in (f"m{life} looks", f"m{life} ends") if label in after)
        assert (where(state, node.now), bell_of(cases, node)) == (model.machine(life), before)
        seen += 1
    assert seen > 20


def test_a_look_after_a_deadline_lets_time_act_only_where_the_model_does(reached: tuple[Protocol, list[World]]) -> None:
    protocol, worlds = reached
    ticked = stayed = 0
    for world, node, life in looks(protocol, worlds):
        if node.deadline is None:
            continue
        at, cases = max(node.now, node.deadline), cases_of(world, node)
        state = Look(cases, FixedClock(at), rules())(node.case.case_id, life)
        after = dict(protocol.steps(world._replace(budget=ANY_TIME)))
        if ticking := after.get(f"!m{life} finds a deadline passed"):
            model, ticked = dict(protocol.steps(ticking))[f"m{life} ticks"], ticked + 1
        else:
            model = next(after[label] for label in (f"m{life} looks", f"m{life} ends") if label in after)
            stayed += 1
        bell = bell_of(cases, node)
        assert protocol.story.number(bell.case, at if bell.token is None and ticking else node.now) == model.case
        assert (bell.token is None) is (model.token == NONE)
        assert where(state, at) == on_time(model.machine(life), at)
    assert min(ticked, stayed) > 5


def news(node: Node, begins: int) -> Event:
    kind = EventType.LIFE_STARTED if begins else EventType.CONTACT_RECORDED
    return Event(kind, 1, node.now, "system", node.case.status, node.case.round, begins or node.case.life)


def test_the_relay_begins_and_rings_as_the_model_does(reached: tuple[Protocol, list[World]]) -> None:
    protocol, worlds = reached
    rung = begun = 0
    for world in worlds:
        if world.relay is None or world.relay.read != world.bell:
            continue
        node, flow = protocol.node(world.case), FakeFlow()
        plan = Planner(city().routes, city().duty, rules().work)
        cases = cases_of(world, node)
        relay = Relay(cases, flow, MemoryNotices(), FakeQueue(), FixedClock(node.now), plan)
        relay(node.case.case_id, news(node, world.relay.begins))
        due = bool(world.relay.begins) and world.relay.begins == node.life and node.is_open
        assert flow.started == ([(node.case.case_id, node.life)] if due else [])
        told = [(token, where(state, node.now)) for token, state in flow.answers]
        expected = protocol._told(world, node.life, world.case).machine(node.life)
        assert told == ([(f"token-{world.token}", expected)] if is_ringing(world.bell, node) else [])
        rung, begun = rung + len(told), begun + due
    assert min(rung, begun) > 5


def kind_of_repair(protocol: Protocol, world: World, *, overslept: bool) -> str | None:
    """The sweeper's own word for what the model does."""
    node, after = protocol.node(world.case), protocol.mended(world, Sweep(world.bell), overslept=overslept)
    if is_ringing(world.bell, node) and world.token > NONE:
        return "rung"
    if after.case != world.case:
        return "revived"
    if after == world:
        return None
    return "started" if world.machine(node.life).at == "absent" else "woken"


@pytest.mark.parametrize("overslept", [True, False])
def test_the_sweeper_mends_as_the_model_does(reached: tuple[Protocol, list[World]], *, overslept: bool) -> None:
    protocol, worlds = reached
    kinds = set()
    for world in worlds:
        node = protocol.node(world.case)
        if not node.is_open or (is_armed(world.bell, node) and not overslept):
            continue
        cases, flow = cases_of(world, node), FakeFlow(stale={"token--1"})
        case = node.case
        if (machine := world.machine(node.life)).at != "absent":
            flow.running[case.case_id, case.life] = machine.at not in ("done", "dead")
        long_after = max(case.changed_at, case.deadline or case.changed_at) + GRACE + timedelta(seconds=1)
        clock = FixedClock(long_after)
        sweeper = Sweeper(cases, flow, clock, FakeMetrics(), silent_auditor(cases, clock), SHARDS)
        kind = sweeper.mend(bell_of(cases, node))
        assert kind == kind_of_repair(protocol, world, overslept=overslept)
        kinds.add(kind)
    assert {None} < kinds


def test_a_machine_is_let_in_or_refused_as_the_store_does_it(reached: tuple[Protocol, list[World]]) -> None:
    protocol, worlds = reached
    let_in, refused = 0, 0
    for world in worlds:
        node = protocol.node(world.case)
        for life, machine in enumerate(world.machines, 1):
            if machine.at != "await":
                continue
            armed = cases_of(world, node).arm(node.case.case_id, "new", machine.wait, life)
            assert armed is (f"m{life} waits" in dict(protocol.steps(world)))
            let_in, refused = let_in + armed, refused + (not armed)
    assert min(let_in, refused) > 5
