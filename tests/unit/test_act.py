"""A person's act: one transaction, decided on the case as it is, the same request twice done once."""

from dataclasses import dataclass, field, replace

import pytest

from suban.app.act import TRIES, Act, Conflict, Performer
from suban.app.ports import Story
from suban.app.verbs import moves
from suban.domain.access import Caller
from suban.domain.case import Case
from suban.domain.errors import (
    AlreadyRated,
    Busy,
    Forbidden,
    IdempotencyMismatch,
    IllegalMove,
    NotFound,
    StaleVersion,
)
from suban.domain.rating import Rating
from suban.domain.records import Change, Guard, RatingRecord, Words
from suban.domain.words import Action, Result, Role, Status
from tests.factories import (
    BAD,
    CITIZEN,
    DISTRICT,
    GOOD,
    STAFF,
    UNIT,
    after,
    completed,
    dispatched,
    rules,
    stored,
)
from tests.fakes import FixedClock
from tests.tiny_city import city
from tests.twins import MemoryCases

OWNER = Caller(Role.CITIZEN, "sub", person="p1")
WORKER = Caller(Role.UNIT_STAFF, "w1", unit=UNIT, district=DISTRICT)
CASE = dispatched().case_id
NOW = after(days=3)


def guard(key: str = "key", body: str = "body") -> Guard:
    return Guard(key, body, 2_000_000_000)


@dataclass
class Restless(MemoryCases):
    """Somebody else's move comes before each of the next commits."""

    others: list[Case] = field(default_factory=list)

    def commit(self, change: Change) -> None:
        if self.others:
            other = self.others.pop(0)
            super().commit(Change(self.get(other.case_id), other))
        super().commit(change)


def performer(case: Case, cases: MemoryCases | None = None) -> tuple[Performer, MemoryCases]:
    cases = cases if cases is not None else MemoryCases()
    MemoryCases.commit(cases, Change(None, case))
    return Performer(cases, FixedClock(NOW), moves(city(), city().rules)), cases


def act(action: Action, caller: Caller = OWNER, **asked: object) -> Act:
    return replace(Act(CASE, action, caller, "request-hash"), **asked)  # type: ignore[arg-type]


def story(cases: MemoryCases) -> Story:
    found = cases.story(CASE)
    assert found is not None
    return found


def refused(perform: Performer, asked: Act) -> Conflict:
    with pytest.raises(Conflict) as conflict:
        perform(asked)
    return conflict.value


def test_an_act_moves_the_case_and_keeps_its_words_and_who_asked() -> None:
    perform, cases = performer(completed())
    said = {"comment": "没有解决"}
    case = perform(act(Action.RATE, rating=BAD, words=said))
    assert stored(case) == cases.get(CASE) == stored(completed().rate(BAD, CITIZEN, NOW, rules()))
    assert story(cases).words == {5: Words(5, said)}
    assert story(cases).ratings == [RatingRecord(1, 5, NOW, BAD)]
    event = story(cases).events[-1]
    assert (event.actor, event.action, event.request) == ("citizen:p1", "rate", "request-hash")


def test_an_act_without_words_keeps_none() -> None:
    perform, cases = performer(dispatched())
    perform(act(Action.ACKNOWLEDGE, WORKER, version=2))
    assert story(cases).words == {}


def test_an_unknown_case_is_not_found() -> None:
    perform, _ = performer(dispatched())
    with pytest.raises(NotFound):
        perform(act(Action.URGE, case_id="20261123-00000009-0"))


def test_another_persons_case_is_not_found_and_ones_own_may_forbid() -> None:
    perform, cases = performer(dispatched())
    with pytest.raises(NotFound):
        perform(act(Action.URGE, Caller(Role.CITIZEN, "x", person="p2")))
    with pytest.raises(Forbidden):
        perform(act(Action.CLOSE, WORKER, version=2))
    assert len(story(cases).events) == 2


def test_an_act_on_an_older_version_is_refused_with_the_case_as_it_is() -> None:
    perform, cases = performer(completed())
    conflict = refused(perform, act(Action.ACKNOWLEDGE, WORKER, version=2, request="another"))
    assert type(conflict.why) is StaleVersion
    assert conflict.why.fields == {"version": 4, "status": Status.COMPLETED}
    assert conflict.case == cases.get(CASE)


def test_a_version_from_the_future_is_refused_too() -> None:
    perform, _ = performer(dispatched())
    assert type(refused(perform, act(Action.ACKNOWLEDGE, WORKER, version=9)).why) is StaleVersion


def test_the_same_act_repeated_because_its_answer_was_lost_is_a_success() -> None:
    perform, cases = performer(dispatched())
    asked = act(Action.ACKNOWLEDGE, WORKER, version=2)
    first = perform(asked)
    assert perform(asked) == stored(first)
    assert len(story(cases).events) == 3


def test_even_after_the_case_has_moved_on() -> None:
    perform, cases = performer(dispatched())
    asked = act(Action.ACKNOWLEDGE, WORKER, version=2)
    perform(asked)
    perform(act(Action.COMPLETE, WORKER, version=3, result=Result.RESOLVED))
    assert perform(asked) == cases.get(CASE)


@pytest.mark.parametrize(
    "different",
    [
        {"request": "another"},
        {"action": Action.CONTACT},
        {"caller": Caller(Role.UNIT_LEAD, "w2", unit=UNIT)},
    ],
)
def test_another_act_on_that_version_is_not(different: dict[str, object]) -> None:
    perform, _ = performer(dispatched())
    asked = act(Action.ACKNOWLEDGE, WORKER, version=2)
    perform(asked)
    assert type(refused(perform, replace(asked, **different)).why) is StaleVersion  # type: ignore[arg-type]


def test_a_refused_move_says_why_and_shows_the_case() -> None:
    perform, cases = performer(dispatched())
    conflict = refused(perform, act(Action.RATE, rating=GOOD))
    assert (conflict.why.code, conflict.case) == ("not_ratable", cases.get(CASE))
    perform(act(Action.COMPLETE, WORKER, version=2, result=Result.RESOLVED))
    perform(act(Action.RATE, rating=GOOD))
    assert type(refused(perform, act(Action.RATE, rating=GOOD)).why) is AlreadyRated


def test_the_same_key_and_body_is_done_once_and_answered_twice() -> None:
    perform, cases = performer(dispatched())
    asked = act(Action.SUPPLEMENT, guard=guard(), words={"text": "补充"})
    first = perform(asked)
    assert perform(asked) == stored(first)
    assert (len(story(cases).events), len(story(cases).words)) == (3, 1)


def test_even_where_the_act_could_not_be_done_a_second_time() -> None:
    perform, cases = performer(dispatched())
    asked = act(Action.WITHDRAW, guard=guard())
    assert perform(asked).status is Status.WITHDRAWN
    assert perform(asked) == cases.get(CASE)


@pytest.mark.parametrize("action", [Action.SUPPLEMENT, Action.WITHDRAW])
def test_the_same_key_with_another_body_is_refused(action: Action) -> None:
    perform, cases = performer(dispatched())
    perform(act(action, guard=guard()))
    with pytest.raises(IdempotencyMismatch):
        perform(act(action, guard=guard(body="other")))
    assert len(story(cases).events) == 3


def test_nor_does_a_key_of_one_case_answer_for_another() -> None:
    perform, cases = performer(dispatched())
    cases.commit(Change(None, dispatched(case_id="20261123-00000002-5")))
    perform(act(Action.SUPPLEMENT, guard=guard()))
    with pytest.raises(IdempotencyMismatch):
        perform(act(Action.SUPPLEMENT, guard=guard(), case_id="20261123-00000002-5"))


def test_a_citizens_act_is_decided_again_on_the_fresh_case() -> None:
    signed = stored(dispatched()).acknowledge(STAFF, after(hours=1), rules())
    perform, cases = performer(dispatched(), Restless(others=[signed]))
    case = perform(act(Action.SUPPLEMENT))
    assert (case.version, case.status) == (4, Status.ACKNOWLEDGED)
    assert len(story(cases).events) == 4


def test_and_refused_where_the_fresh_case_forbids_it() -> None:
    done = stored(dispatched()).complete(Result.RESOLVED, STAFF, after(hours=1), rules())
    perform, _ = performer(dispatched(), Restless(others=[done]))
    assert type(refused(perform, act(Action.WITHDRAW)).why) is IllegalMove


def test_a_workers_act_never_lands_on_a_version_it_did_not_see() -> None:
    other = stored(dispatched()).supplement(CITIZEN, after(hours=1), rules())
    perform, cases = performer(dispatched(), Restless(others=[other]))
    assert type(refused(perform, act(Action.ACKNOWLEDGE, WORKER, version=2)).why) is StaleVersion
    assert cases.get(CASE) == stored(other)


def test_who_is_overtaken_again_and_again_is_told_to_come_back() -> None:
    others, case = [], stored(dispatched())
    for _ in range(TRIES):
        case = stored(case).supplement(CITIZEN, after(hours=1), rules())
        others.append(case)
    perform, _ = performer(dispatched(), Restless(others=others))
    with pytest.raises(Busy):
        perform(act(Action.SUPPLEMENT))


def test_a_rating_is_kept_with_the_round_it_judges() -> None:
    perform, cases = performer(completed())
    perform(act(Action.RATE, rating=Rating(1, 2, 3, 4, 1)))
    assert [(r.round, r.version) for r in story(cases).ratings] == [(1, 5)]
