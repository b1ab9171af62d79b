"""Every step that anybody can take next: the machine, people, the relay, the sweeper, and what can go wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from suban.domain.words import Next
from tests.model.story import Node, Story
from tests.model.world import NONE, STALE, Bell, Machine, Relay, Sweep, World, is_armed, is_ringing

type Steps = Iterator[tuple[str, World]]


class Violation(Exception):
    """Something that must never be done, found while doing it."""


@dataclass(frozen=True)
class Protocol:
    """The doorbell as it is; each switch turned off is a way in which it would break."""

    story: Story
    conditional: bool = True  # the machine arms only for the wait that it saw
    lives: bool = True  # and only in its own life
    numbered: bool = True  # the relay rings only where token_wait < wait
    signalled: bool = False  # instead of the number a signal is stored, and removed after ringing

    def steps(self, world: World) -> Steps:
        """`!` before a label: a fault, a person or a deadline, which no repair may wait for."""
        for life in range(1, len(world.machines) + 1):
            yield from self._machine(world, life, world.machines[life - 1])
        yield from self._relay(world)
        yield from self._sweeper(world)
        yield from self._people(world)

    def node(self, number: int) -> Node:
        return self.story.nodes[number]

    # -- machine ----------------------------------------------------------------------------------------------------

    def _machine(self, world: World, life: int, machine: Machine) -> Steps:
        match machine.at:
            case "look":
                yield from self._look(world, life)
            case "tick":
                yield from self._tick(world, life, machine)
            case "dispatch":
                submitted = self.node(world.case).next is Next.DISPATCH
                told = machine._replace(at="dispatching", fresh=True)
                yield (
                    f"m{life} dispatch",
                    world.having(life, told) if submitted else self._arming(world, life, world.case),
                )
            case "dispatching":
                yield from self._dispatch(world, life, machine)
            case "await":
                yield from self._await(world, life, machine)
            case "waiting" if world.budget.timeouts:
                yield f"!m{life} times out", world.spent("timeouts").having(life, Machine("look"))
        if machine.at not in ("absent", "done", "dead") and world.budget.crashes:
            yield f"!m{life} dies", world.spent("crashes").having(life, Machine("dead"))

    def _look(self, world: World, life: int) -> Steps:
        node = self.node(world.case)
        if life < node.life:
            yield f"m{life} ends", world.having(life, Machine("done"))
            return
        yield f"m{life} looks", self._told(world, life, world.case)
        if is_armed(world.bell, node) and node.by_time is not None and world.budget.ticks:
            yield f"!m{life} finds a deadline passed", world.spent("ticks").having(life, Machine("tick"))

    def _tick(self, world: World, life: int, machine: Machine) -> Steps:
        after = self.node(world.case).by_time
        if not machine.fresh or after is None:
            yield f"m{life} is stale", world.having(life, Machine("look"))
            return
        moved = self._by_machine(world, life, after)
        yield f"m{life} ticks", self._told(moved, life, after)
        if world.budget.lost:
            yield f"!m{life} ticks, answer lost", moved.spent("lost").having(life, Machine("look"))

    def _dispatch(self, world: World, life: int, machine: Machine) -> Steps:
        if not machine.fresh:
            yield f"m{life} dispatches again", world.having(life, Machine("dispatch"))
            return
        for how, after in self.node(world.case).by_dispatch:
            moved = self._by_machine(world, life, after)
            yield f"m{life} dispatches, {how}", self._arming(moved, life, after)
            if world.budget.lost:
                yield f"!m{life} dispatches, {how}, answer lost", moved.spent("lost").having(life, Machine("dispatch"))

    def _by_machine(self, world: World, life: int, after: int) -> World:
        if world.token > NONE and world.token != life:
            raise Violation(f"life {life} takes the token of life {world.token} away")
        return world.moved(after)._replace(token=NONE, token_wait=0, signal=False)

    def _await(self, world: World, life: int, machine: Machine) -> Steps:
        node = self.node(world.case)
        seen = machine.wait == node.wait and node.next is not Next.END
        own = life == node.life or not self.lives
        if not (own and (seen or self.signalled or not self.conditional)):
            yield f"m{life} is refused", world.having(life, Machine("look"))
            return
        waiting = world.having(life, machine._replace(at="waiting"))
        yield f"m{life} waits", waiting._replace(token=life, token_wait=machine.wait)
        if world.budget.lost:
            yield f"!m{life} arms, answer lost", world.spent("lost")._replace(token=STALE, token_wait=machine.wait)

    def _told(self, world: World, life: int, case: int) -> World:
        """Route: where a machine goes that was told of the case as it was then."""
        node = self.node(case)
        if node.next is Next.END:
            return world.having(life, Machine("done"))
        if node.next is Next.DISPATCH:
            return world.having(life, Machine("dispatch"))
        return self._arming(world, life, case)

    def _arming(self, world: World, life: int, case: int) -> World:
        node = self.node(case)
        return world.having(life, Machine("await", node.wait, node.deadline))

    def _answered(self, world: World, bell: Bell) -> World:
        return self._told(world, bell.token, bell.case) if bell.token > NONE else world

    # -- people -----------------------------------------------------------------------------------------------------

    def _people(self, world: World) -> Steps:
        if not world.budget.moves:
            return
        before = self.node(world.case)
        for name, number in before.by_people:
            after = self.node(number)
            begins = after.life if after.life > before.life else 0
            moved = world.spent("moves").moved(number, begins=begins)
            yield f"!{name}", moved._replace(signal=True) if after.wait > before.wait else moved

    # -- relay ------------------------------------------------------------------------------------------------------

    def _relay(self, world: World) -> Steps:
        if world.relay is None:
            for begins in world.begins:
                yield f"relay reads, life {begins}", world._replace(relay=Relay(begins, world.bell))
            if world.news:
                yield "relay reads", world._replace(relay=Relay(0, world.bell))
            return
        relay, node = world.relay, self.node(world.relay.read.case)
        if world.budget.crashes:
            yield "!relay dies", world.spent("crashes")._replace(relay=None)
        if relay.begins and not relay.started:
            begun = world._replace(relay=relay._replace(started=True))
            is_due = relay.begins == node.life and node.is_open
            yield "relay begins a life", self._begun(begun, relay.begins) if is_due else begun
            return
        yield from self._ring(world, relay, node)

    def _begun(self, world: World, life: int) -> World:
        """One execution per life, by its name."""
        return world.having(life, Machine("look")) if world.machine(life).at == "absent" else world

    def _ring(self, world: World, relay: Relay, node: Node) -> Steps:
        rung = self._rung(world, relay.read, node)
        kept = {"begins": world.begins - {relay.begins}} if relay.begins else {"news": relay.newer}
        yield "relay rings", rung._replace(relay=None, **kept)
        if world.budget.crashes:
            yield "!relay rings and dies", rung.spent("crashes")._replace(relay=None)

    def _rung(self, world: World, read: Bell, node: Node) -> World:
        if self.signalled:
            removed = world._replace(token=NONE, token_wait=0, signal=False)
            return self._answered(removed, read) if read.token and read.signal else world
        if not self.numbered:
            if read.token > NONE and read.token_wait == node.wait:
                raise Violation("somebody is woken from a wait that stands")
            return self._answered(world, read)
        return self._answered(world, read) if is_ringing(read, node) else world

    # -- sweeper ----------------------------------------------------------------------------------------------------

    def _sweeper(self, world: World) -> Steps:
        if world.sweep is None:
            if world.budget.sweeps and self.node(world.case).is_open:
                yield "!sweeper reads", world.spent("sweeps")._replace(sweep=Sweep(world.bell))
            return
        yield "sweeper mends", self.mended(world, world.sweep)._replace(sweep=None)

    def mended(self, world: World, sweep: Sweep, *, overslept: bool = True) -> World:
        """What the sweeper does about what it has read; `overslept`: the deadline is long past."""
        bell, node = sweep.read, self.node(sweep.read.case)
        if is_ringing(bell, node) and bell.token > NONE:
            return self._answered(world, bell)
        machine = world.machine(node.life)
        if machine.at == "absent":
            return self._begun(world, node.life)
        if machine.at not in ("done", "dead"):
            woken = overslept and is_armed(bell, node) and bell.token > NONE
            return world.having(bell.token, Machine("look")) if woken else world
        if not sweep.fresh:
            return world
        return world.moved(node.next_life, begins=self.node(node.next_life).life)
