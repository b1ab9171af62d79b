"""补充, 撤回, 催办 and 重开."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import Town, rating

REASON = {"reason": "问题又出现了，昨晚继续施工"}


def test_a_supplement_is_added_and_the_unit_reads_it(story: Story) -> None:
    told = story.dispatched().says("supplements", {"text": "补充：施工到凌晨两点"})
    assert (told.status, told.json["version"], told.json["status"]) == (200, 3, "dispatched")
    for reader, path in ((story.town.unit(), story.work_path), (story.citizen, story.path)):
        assert reader.get(path).json["timeline"][-1]["said"] == {"text": "补充：施工到凌晨两点"}


@pytest.mark.parametrize("text", ["", "  ", None])
def test_an_empty_supplement_is_refused(story: Story, text: str | None) -> None:
    assert story.says("supplements", {"text": text} if text is not None else {}).status == 422


def test_a_closed_case_takes_no_supplement(story: Story) -> None:
    refused = story.closed().says("supplements", {"text": "还有一点"})
    assert (refused.status, refused.code) == (409, "illegal_move")


def test_a_case_can_be_withdrawn_until_it_is_answered(town: Town) -> None:
    for story in (Story.filed(town), Story.filed(town).dispatched(), Story.filed(town).dispatched().acknowledged()):
        told = story.says("withdrawal", {"reason": "已自行解决"})
        assert (told.status, told.json["status"], told.json["allowed_actions"]) == (200, "withdrawn", [])
    refused = Story.filed(town).worked().says("withdrawal")
    assert (refused.status, refused.code) == (409, "illegal_move")


def test_a_withdrawn_case_leaves_the_queue(story: Story) -> None:
    story.dispatched().says("withdrawal")
    assert story.town.unit().get("/v1/work/queue").json["cases"] == []


def test_a_citizen_urges_once_a_day(story: Story) -> None:
    assert story.dispatched().says("urges").status == 200
    story.town.later(hours=13)
    refused = story.says("urges")
    assert (refused.status, refused.code) == (409, "urged_today")
    story.town.later(hours=1)
    assert story.says("urges").status == 200, "it is tomorrow now"


def test_urging_before_there_is_anybody_to_urge_is_refused(story: Story) -> None:
    assert story.says("urges").code == "illegal_move"


def test_urge_is_no_longer_offered_on_the_same_day(story: Story) -> None:
    assert "urge" in story.dispatched().seen()["allowed_actions"]
    assert "urge" not in story.says("urges").json["allowed_actions"]


def test_a_closed_case_is_reopened_once_with_its_full_limit(story: Story) -> None:
    unit = story.closed().seen()["unit"]
    told = story.says("reopening", REASON)
    assert told.status == 200
    assert (told.json["status"], told.json["round"], told.json["unit"]) == ("dispatched", 2, unit)
    assert told.json["due_at"] == "2026-03-26T23:59:59+08:00"
    refused = story.completed().rated(5).says("reopening", REASON)
    assert (refused.status, refused.code) == (409, "reopening_used")


def test_a_case_can_be_reopened_within_7_days_to_the_second(town: Town) -> None:
    story = Story.filed(town).closed()
    town.later(days=7)
    assert "reopen" in story.seen()["allowed_actions"]
    assert story.says("reopening", REASON).status == 200


def test_after_7_days_a_new_case_is_advised(town: Town) -> None:
    story = Story.filed(town).closed()
    town.later(days=7, seconds=1)
    refused = story.says("reopening", REASON)
    assert (refused.status, refused.code) == (409, "reopening_expired")
    assert "7天" in refused.json["detail"]


def test_an_open_case_is_not_reopened(story: Story) -> None:
    assert story.dispatched().says("reopening", REASON).code == "illegal_move"


def test_reopening_needs_a_reason(story: Story) -> None:
    assert story.closed().says("reopening").fields == {"reason": "missing"}


def test_earlier_negative_ratings_still_count_after_reopening(story: Story) -> None:
    story.worked().rated(1).completed().rated(5).says("reopening", REASON)
    assert story.completed().rated(1).seen()["status"] == "supervised"


@pytest.mark.parametrize("what", ["rating", "supplements", "withdrawal", "urges", "reopening"])
def test_no_act_without_code_or_token(story: Story, what: str) -> None:
    refused = story.says(what, _fitting(what), by=story.town.nobody())
    assert (refused.status, refused.code) == (401, "unauthenticated")


@pytest.mark.parametrize("what", ["rating", "supplements", "withdrawal", "urges", "reopening"])
def test_no_act_on_a_strangers_case(story: Story, what: str) -> None:
    refused = story.says(what, _fitting(what), by=story.town.citizen("stranger"))
    assert (refused.status, refused.code) == (404, "not_found")


def _fitting(what: str) -> Json:
    said: dict[str, Json] = {"rating": rating(5), "supplements": {"text": "补充"}, "reopening": REASON}
    return said.get(what, {})
