"""好差评: who may rate what, and when."""

from dataclasses import fields

import pytest

from suban.domain.errors import AlreadyRated, Invalid, NotRatable
from suban.domain.events import EventType
from suban.domain.rating import Rating
from suban.domain.words import Next, Status
from tests.factories import (
    BAD,
    CITIZEN,
    GOOD,
    UNIT,
    WORST,
    after,
    answered,
    closed_by_rating,
    closed_by_supervisor,
    closed_unrated,
    completed,
    difference,
    dispatched,
    last,
    rules,
    supervised,
)


@pytest.mark.parametrize("overall", [3, 4, 5])
def test_any_but_the_two_lowest_levels_closes_the_case(overall: int) -> None:
    before = completed()
    case = before.rate(Rating(1, 1, 1, 1, overall), CITIZEN, after(days=3), rules())
    assert difference(before, case) == {
        "status": Status.CLOSED, "next": Next.END, "wait": 4, "deadlines": {}, "overall": overall,
        "closed_at": after(days=3), "closed_as": "rated",
    }  # fmt: skip
    assert (last(case).type, last(case).action) == (EventType.CASE_CLOSED, "rate")
    assert last(case).facts == {"unit": UNIT, "overall": overall, "as": "rated", "reopened": 0}


@pytest.mark.parametrize(("overall", "negative"), [(1, True), (2, True), (3, False), (4, False), (5, False)])
def test_the_two_lowest_overall_levels_are_negative_whatever_the_axes_say(overall: int, *, negative: bool) -> None:
    assert Rating(5, 5, 5, 5, overall).is_negative is negative


@pytest.mark.parametrize("axis", [f.name for f in fields(Rating)])
@pytest.mark.parametrize("level", [0, 6, -1, True, 2.0, "5", None])
def test_a_level_is_a_whole_number_from_one_to_five(axis: str, level: object) -> None:
    levels = dict.fromkeys((f.name for f in fields(Rating)), 3)
    with pytest.raises(Invalid) as refused:
        Rating(**(levels | {axis: level}))  # type: ignore[arg-type]
    assert refused.value.fields == {"field": axis, "lowest": 1, "highest": 5}


def test_a_case_is_not_rated_before_it_is_completed() -> None:
    with pytest.raises(NotRatable) as refused:
        dispatched().rate(GOOD, CITIZEN, after(days=1), rules())
    assert refused.value.fields == {"status": Status.DISPATCHED, "action": "rate"}


def test_nor_while_a_supervisor_has_it() -> None:
    for case in (supervised(), answered()):
        with pytest.raises(NotRatable):
            case.rate(GOOD, CITIZEN, after(days=7), rules())


def test_a_rated_case_is_not_rated_twice() -> None:
    with pytest.raises(AlreadyRated):
        closed_by_rating().rate(WORST, CITIZEN, after(days=4), rules())


def test_silence_closes_the_case_and_is_not_rated_afterwards() -> None:
    case = closed_unrated()
    assert (case.closed_as, case.overall) == ("unrated", None)
    with pytest.raises(NotRatable):
        case.rate(GOOD, CITIZEN, after(days=20), rules())


@pytest.mark.parametrize("rating", [GOOD, BAD])
def test_a_case_closed_by_a_supervisor_is_rated_once_more_and_nothing_moves(rating: Rating) -> None:
    before = closed_by_supervisor()
    case = before.rate(rating, CITIZEN, after(days=8), rules())
    assert difference(before, case) == {"rated_last": True, "overall": rating.overall}
    assert (last(case).type, last(case).facts) == (EventType.CASE_RATED, {"unit": UNIT, "overall": rating.overall})
    with pytest.raises(AlreadyRated):
        case.rate(GOOD, CITIZEN, after(days=9), rules())
