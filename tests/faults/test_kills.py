"""Relay, notify and the machine's steps die at every call they make, before and after it takes effect.

Whatever dies: the story ends as told, each life has one execution, no message is lost, and none is doubled but in the
one window that DESIGN names: between Publish and its record.
"""

from collections.abc import Sequence

import pytest

from suban.adapters.clock import SystemClock
from tests.faults.harness import Site, When, breaking
from tests.faults.story import Outcome, told
from tests.lives import Machine

WINDOW = {(When.AFTER, "Publish"), (When.BEFORE, "UpdateItem"), (When.AFTER, "UpdateItem")}
SPREAD = 15  # deaths a function, spread over the story; each costs a story of two to four seconds
BROKEN = ("relay", "notify", "steps", "dispatch")


@pytest.fixture(autouse=True)
def leases_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at real time is ten minutes later than the last: a claim whose holder died is free again."""
    ticks = iter(range(1_800_000_000, 10**12, 600))
    monkeypatch.setattr(SystemClock, "wall", lambda _: float(next(ticks)))


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("function", BROKEN)
def test_a_death_at_the_first_of_each_kind_of_call(machine: Machine, function: str, when: When) -> None:
    unharmed, sites = _unharmed(machine, function)
    firsts = [site for site in sites if site.nth == 1]
    assert _harmed(machine, firsts, when, unharmed) == {}


@pytest.mark.proof
@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("function", BROKEN)
def test_deaths_all_through_the_story(machine: Machine, function: str, when: When) -> None:
    unharmed, sites = _unharmed(machine, function)
    later = [site for site in sites if site.nth > 1]
    assert _harmed(machine, later[:: max(1, len(later) // SPREAD)], when, unharmed) == {}


def _unharmed(machine: Machine, function: str) -> tuple[Outcome, list[Site]]:
    with breaking() as quiet:
        outcome = told(machine)
    sites = [site for site in quiet.sites if site.function == function]
    assert sites
    assert outcome.stuck == 0
    return outcome, sites


def _harmed(machine: Machine, sites: Sequence[Site], when: When, unharmed: Outcome) -> dict[Site, str]:
    return {site: fault for site in sites if (fault := _harm(machine, site, when, unharmed))}


def _harm(machine: Machine, site: Site, when: When, unharmed: Outcome) -> str | None:
    machine.city.reset()
    with breaking(site, when) as breaker:
        outcome = told(machine)
    if not breaker.struck:
        return "never reached"
    if (outcome.states, outcome.lives, outcome.stuck) != (unharmed.states, unharmed.lives, 0):
        return f"{outcome.states} {outcome.lives}, {outcome.stuck} notices not settled"
    lost, doubled = unharmed.messages - outcome.messages, outcome.messages - unharmed.messages
    if lost:
        return f"lost {dict(lost)}"
    allowed = 1 if site.function == "notify" and (when, site.operation) in WINDOW else 0
    return f"doubled {dict(doubled)}" if doubled.total() > allowed else None
