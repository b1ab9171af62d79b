"""One change, one transaction: all of it or nothing."""

from dataclasses import asdict

import pytest

from suban.app.ports import Known, Repeated, Retry, Story
from suban.domain.case import Case
from suban.domain.errors import StaleVersion
from suban.domain.records import Change, DecisionRecord, Guard, NewPerson, PhoneGiven, RatingRecord, Words
from suban.domain.words import Result
from tests.contract.worlds import World
from tests.factories import (
    BAD,
    CITIZEN,
    DOUBT,
    STAFF,
    after,
    assignment,
    dispatched,
    last,
    rolled_back,
    rules,
    stored,
    submitted,
    supervised,
)

LONG_AGO, FAR_AWAY = 1_000_000_000, 4_000_000_000
SAID = Words(1, {"text": "楼下工地半夜打桩🔨", "lat": "22.5"})
OTHER = "20261123-00000002-5"


def filed(world: World) -> Case:
    """A case as the store gives it back."""
    world.cases.commit(Change(None, submitted(), (SAID,)))
    return stored(submitted())


def test_a_case_comes_back_as_it_was_committed(world: World) -> None:
    case = submitted()
    world.cases.commit(Change(None, case, (SAID,)))
    assert world.cases.get(case.case_id) == stored(case)
    assert world.cases.event(case.case_id, 1) == last(case)
    assert world.cases.words(case.case_id) == {1: SAID}
    assert world.cases.story(case.case_id) == Story(stored(case), [last(case)], {1: SAID}, [], [], [])


def test_what_is_not_there_is_none(world: World) -> None:
    assert world.cases.get(OTHER) is None
    assert world.cases.doorbell(OTHER) is None
    assert world.cases.story(OTHER) is None
    assert world.cases.words(OTHER) == {}
    assert world.cases.event(OTHER, 1) is None
    assert world.cases.guarded("k") is None


def test_every_fact_of_every_move_comes_back(world: World) -> None:
    whole = supervised()
    world.cases.commit(Change(None, whole))
    story = world.cases.story(whole.case_id)
    assert story == Story(stored(whole), list(whole.events), {}, [], [], [])


def test_a_fact_that_a_move_takes_away_is_gone(world: World) -> None:
    before = filed(world)
    sent = before.send_to_desk(DOUBT, STAFF, after(minutes=1), rules())
    world.cases.commit(Change(before, sent))
    found = world.cases.get(before.case_id)
    assert found == stored(sent)
    there = found.dispatch(assignment(), STAFF, after(minutes=5), rules())
    world.cases.commit(Change(found, there))
    done = stored(there).complete(Result.ANSWERED, STAFF, after(minutes=6), rules())
    world.cases.commit(Change(stored(there), done))
    back = stored(done).rate(BAD, CITIZEN, after(minutes=7), rules())
    world.cases.commit(Change(stored(done), back))
    assert world.cases.get(before.case_id) == stored(back)


def test_ratings_and_decisions_stand_in_the_story(world: World) -> None:
    case = rolled_back()
    rating = RatingRecord(1, case.version, after(days=3), BAD)
    decision = DecisionRecord(2, {"confidence": 0.5, "unit": None, "candidates": [{"item_code": "x", "score": 1.25}]})
    world.cases.commit(Change(None, case, (rating, decision)))
    story = world.cases.story(case.case_id)
    assert story is not None
    assert (story.ratings, story.decisions) == ([rating], [decision])
    assert asdict(story.ratings[0].rating) == asdict(BAD)


def test_an_older_version_is_refused_and_leaves_nothing_behind(world: World) -> None:
    before = filed(world)
    first = before.supplement(CITIZEN, after(hours=1), rules())
    world.cases.commit(Change(before, first, (Words(2, {"text": "补充"}),)))
    late = before.withdraw(CITIZEN, after(hours=2), rules())
    with pytest.raises(StaleVersion):
        world.cases.commit(Change(before, late, (Words(2, {"reason": "不要了"}),), Guard("late", "b", FAR_AWAY)))
    story = world.cases.story(before.case_id)
    assert story is not None
    assert (story.case, story.events[-1]) == (stored(first), last(first))
    assert story.words[2] == Words(2, {"text": "补充"})
    assert world.cases.guarded("late") is None


def test_a_move_of_a_case_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(StaleVersion):
        world.cases.commit(Change(stored(submitted()), stored(dispatched())))


def test_a_taken_number_is_drawn_again_and_leaves_the_first_case_alone(world: World) -> None:
    first = filed(world)
    with pytest.raises(Retry):
        world.cases.commit(Change(None, submitted(theme="work"), (Words(1, {"text": "别的"}),)))
    assert world.cases.get(first.case_id) == first
    assert world.cases.words(first.case_id) == {1: SAID}


def test_a_guard_tells_what_its_request_led_to(world: World) -> None:
    case = submitted()
    world.cases.commit(Change(None, case, guard=Guard("key", "body", FAR_AWAY)))
    assert world.cases.guarded("key") == (case.case_id, "body")
    with pytest.raises(Repeated) as again:
        world.cases.commit(Change(None, submitted(case_id=OTHER), guard=Guard("key", "other body", FAR_AWAY)))
    assert (again.value.case_id, again.value.body) == (case.case_id, "body")
    assert world.cases.get(OTHER) is None


def test_a_guard_outweighs_a_stale_version_and_a_taken_number(world: World) -> None:
    before = filed(world)
    done = before.supplement(CITIZEN, after(hours=1), rules())
    guard = Guard("key", "body", FAR_AWAY)
    world.cases.commit(Change(before, done, guard=guard))
    with pytest.raises(Repeated):
        world.cases.commit(Change(before, done, guard=guard))
    with pytest.raises(Repeated):
        world.cases.commit(Change(None, submitted(), guard=guard))


def test_a_guard_is_forgotten_when_its_time_is_over(world: World) -> None:
    world.cases.commit(Change(None, submitted(), guard=Guard("key", "body", LONG_AGO)))
    assert world.cases.guarded("key") is None
    world.cases.commit(Change(None, submitted(case_id=OTHER), guard=Guard("key", "new body", FAR_AWAY)))
    assert world.cases.guarded("key") == (OTHER, "new body")


def test_a_person_is_filed_with_the_first_case_and_found_again(world: World) -> None:
    newcomer = NewPerson("p1", ("phone:+8613800138000",), "+8613800138000", "李")
    world.cases.commit(Change(None, submitted(), person=newcomer))
    assert world.person("phone:+8613800138000") == Known("p1", reachable=True)
    assert world.person("phone:+8613800138001") is None
    assert world.person("subject:+8613800138000") is None


def test_an_account_is_reachable_from_the_filing_on_that_gives_its_phone(world: World) -> None:
    account = "subject:issuer|sub"
    world.cases.commit(Change(None, submitted(), person=NewPerson("p1", (account,))))
    assert world.person(account) == Known("p1", reachable=False)
    given = PhoneGiven("p1", account, "+8613800138000")
    world.cases.commit(Change(None, submitted(case_id=OTHER), person=given))
    assert world.person(account) == Known("p1", reachable=True)


def test_two_first_cases_of_one_phone_at_once_make_one_person(world: World) -> None:
    phone = "phone:+8613800138000"
    world.cases.commit(Change(None, submitted(), person=NewPerson("p1", (phone,), phone)))
    with pytest.raises(Retry):
        world.cases.commit(Change(None, submitted(case_id=OTHER, person="p2"), person=NewPerson("p2", (phone,), phone)))
    assert world.person(phone) == Known("p1", reachable=True)
    assert world.cases.get(OTHER) is None
