"""Look: time acts only for the machine whose own wait is the present one."""

from dataclasses import dataclass, field, replace

import pytest

from suban.app.look import TRIES, Look
from suban.app.ports import Doorbell, FlowState
from suban.domain.case import Case
from suban.domain.errors import Busy, NotFound, StaleVersion
from suban.domain.events import SYSTEM, EventType
from suban.domain.records import Change
from suban.domain.words import Result
from tests.factories import CITIZEN, STAFF, after, assignment, at_desk, completed, dispatched, rules, stored
from tests.fakes import FixedClock
from tests.twins import MemoryCases


@dataclass
class Interrupted(MemoryCases):
    """Somebody else's move comes between reading and writing, as often as there are `moves`."""

    moves: list[Case] = field(default_factory=list)

    def commit(self, change: Change) -> None:
        if self.moves and change.before is not None:
            before = self.get(change.after.case_id)
            assert before is not None
            super().commit(Change(before, self.moves.pop(0)))
        super().commit(change)


def looked(case: Case, *, armed: bool = True, cases: MemoryCases | None = None) -> tuple[Look, MemoryCases]:
    """At the moment of the case's earliest deadline."""
    cases = cases or MemoryCases()
    cases.commit(Change(None, case))
    if armed:
        assert cases.arm(case.case_id, "token", case.wait, case.life)
    return Look(cases, FixedClock(case.deadline or after(hours=1)), rules()), cases


def test_a_passed_deadline_is_met_and_the_machines_own_token_taken_away() -> None:
    case = dispatched()
    look, cases = looked(case)
    state = look(case.case_id, 1)
    bell = cases.doorbell(case.case_id)
    assert bell is not None
    assert (bell.token, bell.case.version, bell.case.wait) == (None, 3, 2)
    assert story(cases, case) == ["CaseSubmitted", "CaseDispatched", "ContactMissed"]
    assert case.deadline is not None
    seconds = (case.deadlines["due_soon"] - case.deadline).total_seconds()
    assert state == FlowState(case.case_id, "handling", 2, int(seconds))


def story(cases: MemoryCases, case: Case) -> list[str]:
    found = cases.story(case.case_id)
    assert found is not None
    return [event.type for event in found.events]


def test_the_end_of_the_rating_period_ends_the_machine() -> None:
    case = completed()
    look, cases = looked(case)
    assert look(case.case_id, 1) == FlowState(case.case_id, "end", 4, 1)
    assert cases.get(case.case_id) == stored(_closed(case))


def _closed(case: Case) -> Case:
    return case.close_unrated(SYSTEM, case.deadlines["rating"])


def test_before_the_deadline_nothing_is_written() -> None:
    case = dispatched()
    look, cases = looked(case)
    look = replace(look, clock=FixedClock(after(hours=1)))
    state = look(case.case_id, 1)
    assert state == FlowState(case.case_id, "handling", 2, 23 * 3600 + 60)
    assert cases.doorbell(case.case_id) == Doorbell(stored(case), "token", 2)


def test_a_machine_that_does_not_wait_for_the_present_wait_only_says_where_the_case_is() -> None:
    case = dispatched()
    look, cases = looked(case, armed=False)
    assert look(case.case_id, 1) == FlowState(case.case_id, "handling", 2, 1)
    assert cases.get(case.case_id) == stored(case)


def test_a_token_of_an_older_wait_lets_time_do_nothing() -> None:
    case = at_desk()
    look, cases = looked(case)
    moved = stored(case).dispatch(assignment(), STAFF, after(hours=1), rules())
    cases.commit(Change(case, moved))
    look = replace(look, clock=FixedClock(moved.deadlines["due"]))
    assert look(case.case_id, 1) == FlowState(case.case_id, "handling", 3, 1)
    assert cases.get(case.case_id) == stored(moved)


def test_an_execution_of_an_older_life_has_nothing_left_to_do() -> None:
    case = dispatched()
    look, cases = looked(case)
    revived = stored(case).start_life(SYSTEM, after(hours=1))
    cases.commit(Change(case, revived))
    assert look(case.case_id, 1) == FlowState(case.case_id, "end", 3, 1)
    assert cases.get(case.case_id) == stored(revived)


def test_a_move_that_comes_between_is_seen_and_the_deadline_decided_again() -> None:
    case = dispatched()
    done = stored(case).complete(Result.RESOLVED, STAFF, after(hours=1), rules())
    look, cases = looked(case, cases=Interrupted(moves=[done]))
    state = look(case.case_id, 1)
    assert state == FlowState(case.case_id, "rating", 3, state.seconds)
    assert EventType.CONTACT_MISSED not in story(cases, case)


def test_a_case_that_is_moved_again_and_again_is_left_to_the_machines_own_retry() -> None:
    case = dispatched()

    class Restless(MemoryCases):
        def commit(self, change: Change) -> None:
            if change.before is not None:
                raise StaleVersion
            super().commit(change)

    look, _ = looked(case, cases=Restless())
    with pytest.raises(Busy):
        look(case.case_id, 1)
    assert TRIES > 1


def test_an_unknown_case_is_a_fault() -> None:
    with pytest.raises(NotFound):
        Look(MemoryCases(), FixedClock(), rules())("20261123-00000009-0", 1)


def test_a_person_who_acts_in_the_same_moment_wins_or_loses_but_never_both() -> None:
    case = dispatched()
    urged = stored(case).urge(CITIZEN, after(hours=1), rules())
    look, cases = looked(case, cases=Interrupted(moves=[urged]))
    look(case.case_id, 1)
    assert story(cases, case) == ["CaseSubmitted", "CaseDispatched", "CaseUrged", "ContactMissed"]
