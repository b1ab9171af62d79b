"""Everything that can be true at one moment around one case.

A token is known by the life whose execution waits on it; one that nobody waits on any more is STALE.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from tests.model.story import Node

NONE, STALE = 0, -1

Place = Literal["absent", "look", "tick", "dispatch", "dispatching", "await", "waiting", "done", "dead"]
ACTIVE = {"look", "tick", "dispatch", "dispatching", "await"}


class Machine(NamedTuple):
    """One execution. `wait` and `until` are what it was told; `fresh`: nobody has moved the case since it looked."""

    at: Place = "absent"
    wait: int = 0
    until: datetime | None = None
    fresh: bool = True


class Bell(NamedTuple):
    """META as somebody read it: the case's number, token, token_wait, and the signal of the variant that has one."""

    case: int
    token: int
    token_wait: int
    signal: bool


class Relay(NamedTuple):
    """Between reading META and ringing, with one record: the life that it begins, or 0.

    `newer`: more news came meanwhile, that will be delivered after this.
    """

    begins: int
    read: Bell
    started: bool = False
    newer: bool = False


class Sweep(NamedTuple):
    read: Bell
    fresh: bool = True


class Budget(NamedTuple):
    """How many of each may still come; machine, relay and news need none."""

    moves: int
    ticks: int = 0
    timeouts: int = 0
    lost: int = 0
    crashes: int = 0
    sweeps: int = 0


class World(NamedTuple):
    """`news`: an event that begins no life is in the stream, new or again; `begins`: the lives that others begin."""

    case: int
    machines: tuple[Machine, ...]
    budget: Budget
    token: int = NONE
    token_wait: int = 0
    signal: bool = False
    news: bool = False
    begins: frozenset[int] = frozenset()
    relay: Relay | None = None
    sweep: Sweep | None = None

    @property
    def bell(self) -> Bell:
        return Bell(self.case, self.token, self.token_wait, self.signal)

    def machine(self, life: int) -> Machine:
        return self.machines[life - 1] if life <= len(self.machines) else Machine()

    def having(self, life: int, machine: Machine) -> "World":
        """Whoever leaves a wait leaves a stale token behind, in META and in what others have read."""
        blank = (Machine(),) * (life - len(self.machines))
        machines = (*(self.machines + blank)[: life - 1], machine, *self.machines[life:])
        world = self._replace(machines=machines)
        left = self.machine(life).at == "waiting"
        return world._forgotten(life) if left else world

    def _forgotten(self, life: int) -> "World":
        relay, sweep = self.relay, self.sweep
        if relay and relay.read.token == life:
            relay = relay._replace(read=relay.read._replace(token=STALE))
        if sweep and sweep.read.token == life:
            sweep = sweep._replace(read=sweep.read._replace(token=STALE))
        return self._replace(token=STALE if self.token == life else self.token, relay=relay, sweep=sweep)

    def moved(self, case: int, *, begins: int = 0) -> "World":
        """After a commit: its event is in the stream, and every version read before is old."""
        machines = tuple(m._replace(fresh=False) if m.at in ("tick", "dispatching") else m for m in self.machines)
        sweep = self.sweep._replace(fresh=False) if self.sweep else None
        world = self._replace(case=case, machines=machines, sweep=sweep)
        if begins:
            return world._replace(begins=self.begins | {begins})
        return world._replace(news=True, relay=self.relay._replace(newer=True) if self.relay else None)

    def spent(self, what: str) -> "World":
        return self._replace(budget=self.budget._replace(**{what: getattr(self.budget, what) - 1}))


def is_armed(bell: Bell, node: Node) -> bool:
    return bell.token != NONE and bell.token_wait == node.wait


def is_ringing(bell: Bell, node: Node) -> bool:
    return bell.token != NONE and bell.token_wait < node.wait
