"""The numbered doorbell, in every order of machine, people, relay, sweeper, deadlines and faults.

No world is ever reached in which the machine ends before its case, waits for what has ended, sleeps past a deadline or
takes another's token; and from every world machine, relay and sweeper alone bring the case back to being waited for.
"""

import pytest

from suban.domain import case_facts as case_module
from suban.domain.case import Case
from tests.model.explore import Found
from tests.model.protocol import Protocol
from tests.model.starts import MIDDLES, from_filing, from_the_middle
from tests.model.world import Budget

SMALL = Budget(moves=3, ticks=1, timeouts=1)
FAULTS = {
    "lost answers": Budget(moves=2, timeouts=1, lost=2),
    "deaths": Budget(moves=2, timeouts=1, crashes=2),
    "sweeper": Budget(moves=2, crashes=1, sweeps=1),
}
LARGE = {
    "everything once": Budget(moves=2, ticks=1, timeouts=1, lost=1, crashes=1, sweeps=1),
    "lost answers": Budget(moves=3, ticks=1, timeouts=2, lost=2),
    "deaths": Budget(moves=3, ticks=1, timeouts=1, crashes=2),
    "sweepers": Budget(moves=2, timeouts=1, crashes=1, sweeps=2),
    "a long story": Budget(moves=6, ticks=1, timeouts=2),
}


def assert_sound(found: Found, at_least: int) -> None:
    assert found.violation is None, f"{found.violation}: {' > '.join(found.trace)}"
    assert found.states >= at_least, "the exploration no longer goes where it went"
    print(f"{found.states} states")  # noqa: T201 - shown by `pytest -s`


def test_a_case_just_filed_is_never_lost_or_forgotten() -> None:
    assert_sound(from_filing(SMALL), at_least=5_000)


@pytest.mark.parametrize("where", MIDDLES)
def test_nor_is_one_in_the_middle_of_its_story(where: str) -> None:
    assert_sound(from_the_middle(where, SMALL), at_least=100)


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong(fault: str) -> None:
    assert_sound(from_filing(FAULTS[fault]), at_least=5_000)


@pytest.mark.proof
@pytest.mark.parametrize("fault", LARGE)
def test_however_long_one_looks(fault: str) -> None:
    assert_sound(from_filing(LARGE[fault]), at_least=50_000)


@pytest.mark.proof
@pytest.mark.parametrize("where", MIDDLES)
@pytest.mark.parametrize("fault", ["everything once", "deaths", "sweepers"])
def test_wherever_one_begins(where: str, fault: str) -> None:
    assert_sound(from_the_middle(where, LARGE[fault]), at_least=5_000)


# -- the same search finds each way in which it would break ---------------------------------------------------------


def broken(**switches: bool) -> str | None:
    """Two moves of people and no fault at all."""
    return from_filing(Budget(moves=2), **switches).violation


def test_a_machine_that_arms_for_whatever_it_saw_goes_deaf() -> None:
    assert broken(conditional=False) is not None


def test_a_stored_signal_goes_unheard() -> None:
    assert broken(signalled=True) is not None


def test_ringing_without_the_number_wakes_who_should_sleep() -> None:
    assert broken(numbered=False) == "somebody is woken from a wait that stands"


def test_an_older_life_that_may_arm_makes_the_new_one_deaf() -> None:
    found = from_the_middle("completed", Budget(moves=2, sweeps=1), lives=False)
    assert found.violation is not None


def test_a_deadline_that_comes_earlier_without_a_ring_is_slept_past(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_other_waits(before: Case, after: Case) -> bool:
        return (before.next, before.life) != (after.next, after.life)

    monkeypatch.setattr(case_module, "_calls", only_other_waits)
    found = from_the_middle("supervised", Budget(moves=2))
    assert (found.violation, found.trace[-1]) == ("the machine sleeps past a deadline", "!complete")


def test_nobody_repairs_what_dies_without_the_sweeper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "mended", lambda self, world, sweep, overslept=True: world)
    assert from_filing(Budget(moves=1, crashes=1)).violation == "nobody mends what is stuck"
