"""What a body asks for, before the aggregate is asked."""

from dataclasses import replace

import pytest

from suban.app.act import Act
from suban.app.verbs import BY_HAND, moves
from suban.domain.access import Caller
from suban.domain.case import Case
from suban.domain.errors import DomainError, Invalid, UnitUnresolved, UnknownItem, UnknownUnit
from suban.domain.rating import Rating
from suban.domain.words import Action, Result, Role, Status
from tests.factories import after, at_desk, completed, dispatched
from tests.tiny_city import city

ANYBODY = Caller(Role.DISPATCHER, "d1")
MOVES = moves(city(), city().rules)
NOW = after(hours=1)


def made(case: Case, action: Action, **asked: object) -> Case:
    return MOVES[action](case, replace(Act(case.case_id, action, ANYBODY, "hash"), **asked), NOW)  # type: ignore[arg-type]


def refusal(case: Case, action: Action, **asked: object) -> tuple[type[DomainError], object]:
    with pytest.raises(DomainError) as refused:
        made(case, action, **asked)
    return type(refused.value), refused.value.fields.get("field")


def test_every_action_has_its_move() -> None:
    assert set(MOVES) == set(Action)


def test_a_dispatcher_names_the_item_and_so_the_unit_of_the_place() -> None:
    case = made(at_desk(), Action.DISPATCH, item="03-01-002")
    assert (case.unit, case.item, case.rule, case.confidence, case.release) == (
        "ENF-1",
        "03-01-002",
        BY_HAND,
        1.0,
        "r1",
    )
    assert case.limit is not None
    assert case.limit.text == "15wd"


def test_or_the_unit_itself_where_place_and_item_do_not_tell() -> None:
    nowhere = replace(at_desk(), district=None, street=None)
    assert refusal(nowhere, Action.DISPATCH, item="03-01-001") == (UnitUnresolved, None)
    assert made(nowhere, Action.DISPATCH, item="03-01-001", unit="ENV-2").unit == "ENV-2"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"item": "99-99-999"}, (UnknownItem, None)),
        ({"item": "03-01-001", "unit": "GONE"}, (UnknownUnit, None)),
        ({}, (Invalid, "item_code")),
        ({"unit": "ENV-2"}, (Invalid, "item_code")),
    ],
)
def test_a_dispatch_that_names_nothing_known_is_refused(asked: dict[str, str], expected: object) -> None:
    assert refusal(at_desk(), Action.DISPATCH, **asked) == expected


def test_an_answer_says_what_came_of_the_case() -> None:
    assert refusal(dispatched(), Action.COMPLETE) == (Invalid, "result")
    assert made(dispatched(), Action.COMPLETE, result=Result.RESOLVED).result is Result.RESOLVED


def test_not_accepted_needs_a_reason_of_the_list() -> None:
    for reason in (None, "because"):
        asked = {"result": Result.NOT_ACCEPTED, "reason": reason}
        assert refusal(dispatched(), Action.COMPLETE, **asked) == (Invalid, "reason_code")
    case = made(dispatched(), Action.COMPLETE, result=Result.NOT_ACCEPTED, reason="private_matter")
    assert case.events[-1].facts["reason"] == "private_matter"


def test_outside_the_citys_power_names_who_is_competent() -> None:
    assert refusal(dispatched(), Action.COMPLETE, result=Result.OUTSIDE_POWER) == (Invalid, "competent")
    told = {"competent": "海关"}
    assert made(dispatched(), Action.COMPLETE, result=Result.OUTSIDE_POWER, words=told).status is Status.COMPLETED


def test_a_rating_needs_its_levels() -> None:
    assert refusal(completed(), Action.RATE) == (Invalid, "overall")
    assert made(completed(), Action.RATE, rating=Rating(5, 5, 5, 5, 5)).status is Status.CLOSED
