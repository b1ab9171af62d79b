"""All worlds that can be reached from one, each looked at for what must never be."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.model.protocol import Protocol, Violation
from tests.model.world import ACTIVE, Machine, Sweep, World

LONGEST_REPAIR = 60  # steps


@dataclass(frozen=True)
class Found:
    """`violation` is None where nothing was; `trace` leads to it."""

    states: int
    violation: str | None = None
    trace: tuple[str, ...] = ()


def explore(protocol: Protocol, start: World, visit: Callable[[World], None] = lambda _: None) -> Found:
    """Breadth first, so that a trace is as short as it can be. `visit` sees every world once."""
    seen: dict[World, tuple[World | None, str]] = {start: (None, "start")}
    queue, healed = deque([start]), set[World]()
    while queue:
        visit(world := queue.popleft())
        try:
            if wrong := is_wrong(protocol, world) or heals_not(protocol, world, healed):
                return Found(len(seen), wrong, tuple(_trace(seen, world)))
            for label, after in protocol.steps(world):
                if after not in seen:
                    seen[after] = (world, label)
                    queue.append(after)
        except Violation as why:
            return Found(len(seen), str(why), tuple(_trace(seen, world)))
    return Found(len(seen))


def _trace(seen: dict[World, tuple[World | None, str]], world: World) -> list[str]:
    def back() -> Iterator[str]:
        at: World | None = world
        while at is not None:
            at, label = seen[at]
            yield label

    return list(back())[::-1]


def is_wrong(protocol: Protocol, world: World) -> str | None:
    """What must not be true even for a moment."""
    node = protocol.node(world.case)
    machine = world.machine(node.life)
    if machine.at == "done" and node.is_open:
        return "the machine has ended and the case is open"
    if machine.at != "waiting":
        return None
    own = world.token == node.life and world.token_wait == node.wait
    if not own and _is_quiet(world):
        return "the machine waits for what has ended and nobody will tell it"
    if own and machine.until and node.deadline and machine.until > node.deadline:
        return "the machine sleeps past a deadline"
    return None


def _is_quiet(world: World) -> bool:
    return not (world.news or world.begins or world.relay or world.sweep)


def is_well(protocol: Protocol, world: World) -> bool:
    """An open case is waited for; an ended one needs nobody."""
    node = protocol.node(world.case)
    machine = world.machine(node.life)
    if not _is_quiet(world) or machine.at in ACTIVE:
        return False
    if not node.is_open:
        return machine.at != "waiting"
    return machine.at == "waiting" and world.token == node.life and world.token_wait == node.wait


def heals_not(protocol: Protocol, world: World, healed: set[World]) -> str | None:
    """Without people, deadlines or luck: machine, relay and sweeper alone bring every case back to being waited for."""
    path: list[World] = []
    for _ in range(LONGEST_REPAIR):
        if world in healed or is_well(protocol, world):
            healed.update(path)
            return None
        path.append(world)
        world = _repaired(protocol, world)
    return "nobody mends what is stuck"


def _repaired(protocol: Protocol, world: World) -> World:
    """The first step that needs neither a fault nor a person; where there is none, the sweeper comes by."""
    for label, after in protocol.steps(world._replace(budget=world.budget._replace(sweeps=0))):
        if not label.startswith("!"):
            return after
    return protocol.mended(world, Sweep(world.bell), overslept=False)


def waiting_at(protocol: Protocol, case: int, start: World) -> World:
    """The machine asleep at the case as it stands, as if everything had gone well so far."""
    node = protocol.node(case)
    earlier = (Machine("done"),) * (node.life - 1)
    if not node.is_open:
        return start._replace(case=case, machines=(*earlier, Machine("done")))
    machines = (*earlier, Machine("waiting", node.wait, node.deadline))
    return start._replace(case=case, machines=machines, token=node.life, token_wait=node.wait)
