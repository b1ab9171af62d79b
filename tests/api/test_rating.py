"""好差评 over HTTP: when it can be given, and what it does."""

from datetime import datetime

import pytest

from tests.api.stories import Story
from tests.api.town import rating


@pytest.mark.parametrize("overall", [3, 4, 5])
def test_a_good_rating_closes_the_case(story: Story, overall: int) -> None:
    told = story.worked().says("rating", rating(overall, comment="谢谢，已经安静了"))
    assert told.status == 200
    assert (told.json["status"], told.json["closed_as"], told.json["allowed_actions"]) == (
        "closed",
        "rated",
        ["reopen"],
    )
    seen = story.seen()["rating"]
    assert (seen["overall"], seen["round"], seen["comment"]) == (overall, 1, "谢谢，已经安静了")


@pytest.mark.parametrize("overall", [1, 2])
def test_a_first_negative_rating_sends_the_case_back_with_half_the_time(story: Story, overall: int) -> None:
    """15 working days become 8, counted from the rating."""
    before = story.worked().seen()
    told = story.says("rating", rating(overall)).json
    assert (told["status"], told["round"], told["unit"]) == ("dispatched", 2, before["unit"])
    assert datetime.fromisoformat(told["due_at"]).isoformat() == "2026-03-17T23:59:59+08:00"
    assert told["result"] is None


def test_a_second_negative_rating_goes_to_special_supervision(story: Story) -> None:
    told = story.worked().rated(1).completed().says("rating", rating(2)).json
    assert (told["status"], told["round"]) == ("supervised", 2)


def test_a_good_rating_after_rework_closes_the_case(story: Story) -> None:
    assert story.worked().rated(1).completed().says("rating", rating(4)).json["status"] == "closed"


@pytest.mark.parametrize("stage", ["filed", "dispatched", "acknowledged"])
def test_before_the_answer_nothing_can_be_rated(story: Story, stage: str) -> None:
    for step in ("dispatched", "acknowledged")[: ("filed", "dispatched", "acknowledged").index(stage)]:
        getattr(story, step)()
    refused = story.says("rating", rating(5))
    assert (refused.status, refused.code) == (409, "not_ratable")
    assert refused.json["case"]["status"] == ("submitted" if stage == "filed" else stage)


def test_a_case_is_rated_once(story: Story) -> None:
    refused = story.closed().says("rating", rating(1))
    assert (refused.status, refused.code) == (409, "already_rated")
    assert refused.json["case"] == {"case_id": story.case_id, "status": "closed", "round": 1, "version": 5}
    assert story.seen()["rating"]["overall"] == 5


def test_a_case_closed_by_a_supervisor_may_be_rated_once_more_and_moves_nothing(story: Story) -> None:
    story.supervised().completed()
    assert story.act(story.town.supervisor(), "close", note="现场复核，噪声已达标").status == 200
    told = story.says("rating", rating(1)).json
    assert (told["status"], told["closed_as"]) == ("closed", "supervised")
    assert story.says("rating", rating(5)).code == "already_rated"


def test_a_withdrawn_case_is_not_rated(story: Story) -> None:
    story.says("withdrawal")
    assert story.says("rating", rating(5)).code == "not_ratable"


def test_a_rating_without_its_axes_names_them(story: Story) -> None:
    refused = story.worked().says("rating", {"overall": 5})
    assert (refused.status, set(refused.fields)) == (422, {"speed", "effect", "experience", "feedback"})


def test_a_comment_has_1000_characters(story: Story) -> None:
    story.worked()
    assert story.says("rating", rating(5, comment="好" * 1001)).fields == {"comment": "string_too_long"}
    assert story.says("rating", rating(5, comment="好" * 1000)).status == 200
