"""分拨 by hand."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import CITY, FUTIAN, ITEM, NANSHAN, UNIT, Town


def _item_of(level: str) -> str:
    """An item whose unit the place gives."""
    roles = {u["role"] for u in CITY["units"].values() if u["level"] == level and u["district"] == FUTIAN}
    return next(str(code) for code, item in CITY["items"].items() if item["role"] in roles and not item["urgent"])


def test_item_and_place_give_the_unit(story: Story) -> None:
    told = story.act(story.town.dispatcher(district=FUTIAN), "dispatch", item_code=_item_of("branch"))
    assert told.status == 200
    assert CITY["units"][told.json["unit"]["code"]]["district"] == FUTIAN


def test_a_unit_may_be_named(story: Story) -> None:
    told = story.act(story.town.dispatcher(), "dispatch", item_code=ITEM, unit=UNIT, reason="群众指明")
    assert (told.status, told.json["unit"]["code"], told.json["item"]["code"]) == (200, UNIT, ITEM)


def test_the_limit_counts_from_submission_however_late_the_desk_is(story: Story) -> None:
    story.town.later(days=10)
    assert story.dispatched().seen()["due_at"] == "2026-03-26T23:59:59+08:00"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "invalid_request"),
        ({"item_code": "99-99-999"}, "unknown_item"),
        ({"item_code": ITEM, "unit": "NOBODY"}, "unknown_unit"),
    ],
)
def test_what_the_catalogue_does_not_know_is_refused(story: Story, said: Json, code: str) -> None:
    refused = story.act(story.town.dispatcher(), "dispatch", **said)
    assert (refused.status, refused.code) == (422, code)
    assert story.seen()["status"] == "submitted"


def test_without_a_place_the_unit_of_a_local_item_must_be_named(town: Town) -> None:
    story = Story.filed(town, text="有件事想说一下", place=None)
    refused = story.act(town.dispatcher(), "dispatch", item_code=_item_of("street"))
    assert (refused.status, refused.code) == (422, "unit_unresolved")


def test_another_districts_desk_does_not_see_the_case(story: Story) -> None:
    refused = story.act(story.town.dispatcher(district=NANSHAN), "dispatch", item_code=ITEM)
    assert (refused.status, refused.code) == (404, "not_found")


def test_what_is_dispatched_is_not_dispatched_again(story: Story) -> None:
    refused = story.dispatched().act(story.town.dispatcher(), "dispatch", item_code=ITEM, unit=UNIT)
    assert (refused.status, refused.code) == (409, "illegal_move")


def test_a_case_at_the_desk_can_be_urged_and_dispatched(town: Town) -> None:
    story = Story.filed(town, text="有件事想说一下", place={"district": FUTIAN})
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    assert story.says("urges").status == 200
    assert story.dispatched().seen()["status"] == "dispatched"
