"""The numbered doorbell: armed by the machine as case_flow writes it, left alone by everybody else."""

from suban.app.ports import Doorbell
from suban.domain.case import Case
from suban.domain.clockwork import tick
from suban.domain.events import SYSTEM
from suban.domain.records import Change
from suban.domain.words import Result
from tests.contract.worlds import World
from tests.factories import CITIZEN, STAFF, after, dispatched, rules, stored, withdrawn


def filed(world: World, whole: Case) -> Doorbell:
    world.cases.commit(Change(None, whole))
    return Doorbell(stored(whole))


def test_a_new_case_has_a_doorbell_that_nobody_waits_at(world: World) -> None:
    bell = filed(world, dispatched())
    assert world.cases.doorbell(bell.case.case_id) == bell


def test_arming_keeps_token_and_wait_and_touches_nothing_else(world: World) -> None:
    bell = filed(world, dispatched())
    assert world.arm(bell, "token-1")
    assert world.cases.doorbell(bell.case.case_id) == Doorbell(bell.case, "token-1", bell.case.wait)


def test_arming_again_replaces_the_token(world: World) -> None:
    bell = filed(world, dispatched())
    assert world.arm(bell, "token-1")
    assert world.arm(bell, "token-2")
    assert world.cases.doorbell(bell.case.case_id) == Doorbell(bell.case, "token-2", bell.case.wait)


def test_a_move_leaves_the_token_where_it_is(world: World) -> None:
    bell = filed(world, dispatched())
    world.arm(bell, "token-1")
    done = bell.case.complete(Result.RESOLVED, STAFF, after(hours=1), rules())
    world.cases.commit(Change(bell.case, done))
    rung = world.cases.doorbell(bell.case.case_id)
    assert rung == Doorbell(stored(done), "token-1", bell.case.wait)
    assert rung.is_ringing


def test_a_move_that_ends_no_wait_does_not_ring(world: World) -> None:
    bell = filed(world, dispatched())
    world.arm(bell, "token-1")
    signed = bell.case.acknowledge(STAFF, after(hours=1), rules())
    world.cases.commit(Change(bell.case, signed))
    found = world.cases.doorbell(bell.case.case_id)
    assert found == Doorbell(stored(signed), "token-1", bell.case.wait)
    assert found.is_armed


def test_a_move_of_the_machine_itself_takes_its_token_away(world: World) -> None:
    bell = filed(world, dispatched())
    world.arm(bell, "token-1")
    missed = tick(bell.case, bell.case.deadlines["contact"], rules())
    world.cases.commit(Change(bell.case, missed, by_machine=True))
    assert world.cases.doorbell(bell.case.case_id) == Doorbell(stored(missed))


def test_a_machine_that_saw_an_older_wait_is_refused(world: World) -> None:
    bell = filed(world, dispatched())
    done = bell.case.complete(Result.RESOLVED, STAFF, after(hours=1), rules())
    world.cases.commit(Change(bell.case, done))
    assert not world.arm(bell, "late")
    assert world.cases.doorbell(bell.case.case_id) == Doorbell(stored(done))


def test_a_machine_of_an_older_life_is_refused(world: World) -> None:
    bell = filed(world, dispatched())
    revived = bell.case.start_life(SYSTEM, after(hours=1))
    world.cases.commit(Change(bell.case, revived))
    old_life_with_the_new_number = Doorbell(stored(revived, life=1))
    assert not world.arm(old_life_with_the_new_number, "late")
    assert world.arm(Doorbell(stored(revived)), "token-2")


def test_nobody_waits_at_a_case_that_has_ended(world: World) -> None:
    bell = filed(world, withdrawn())
    assert not world.arm(bell, "late")


def test_arming_makes_no_version_so_that_a_person_who_saw_the_case_can_still_act(world: World) -> None:
    bell = filed(world, dispatched())
    world.arm(bell, "token-1")
    urged = bell.case.urge(CITIZEN, after(hours=1), rules())
    world.cases.commit(Change(bell.case, urged))
    assert world.cases.get(bell.case.case_id) == stored(urged)
