"""签收, 首次联系, 办结: what a unit does."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import UNIT, Town

ANSWER: Json = {"result": "resolved", "answer": "已责令停工"}


def test_the_unit_signs(story: Story) -> None:
    told = story.dispatched().act(story.town.unit(UNIT, "unit_staff"), "acknowledge")
    assert (told.status, told.json["status"], told.json["version"]) == (200, "acknowledged", 3)
    assert told.json["allowed_actions"] == ["contact", "complete"]


def test_signing_does_not_move_the_due_date(story: Story) -> None:
    due = story.dispatched().seen()["due_at"]
    story.town.later(days=1)
    assert story.acknowledged().seen()["due_at"] == due


def test_contact_is_recorded_with_a_note_for_those_at_work(story: Story) -> None:
    told = story.dispatched().act(story.town.unit(), "contact", note="已电话说明情况")
    assert (told.status, told.json["status"]) == (200, "dispatched")
    last = story.town.unit().get(story.work_path).json["timeline"][-1]
    assert (last["event"], last["said"]) == ("ContactRecorded", {"note": "已电话说明情况"})
    assert story.seen()["timeline"][-1]["said"] == {}


def test_the_answer_reaches_the_citizen(story: Story) -> None:
    told = story.dispatched().acknowledged().act(story.town.unit(), "complete", **ANSWER)
    assert (told.status, told.json["status"], told.json["result"]) == (200, "completed", "resolved")
    step = story.seen()["timeline"][-1]
    assert step["said"] == {"answer": "已责令停工"}
    assert "已解决" in step["text"]


def test_a_unit_may_answer_without_having_signed(story: Story) -> None:
    assert story.dispatched().act(story.town.unit(), "complete", **ANSWER).json["status"] == "completed"


@pytest.mark.parametrize("result", ["resolved", "answered", "no_further_action", "duplicate", "unreachable"])
def test_each_result_is_taken(story: Story, result: str) -> None:
    assert story.dispatched().act(story.town.unit(), "complete", result=result, answer="已答复").status == 200


def test_not_accepted_needs_a_reason_of_the_list_which_the_citizen_reads(story: Story) -> None:
    unit, said = story.dispatched().town.unit(), {"result": "not_accepted", "answer": "已在诉讼中"}
    for wrong in ({}, {"reason_code": "because"}):
        refused = story.act(unit, "complete", **said, **wrong)
        assert (refused.status, refused.fields) == (422, {"reason_code": "enum"})
        assert "in_legal_process" in refused.json["fields"][0]["message"]
    assert story.act(unit, "complete", **said, reason_code="in_legal_process").status == 200
    assert "诉讼" in story.seen()["timeline"][-1]["said"]["reason"]


def test_outside_power_names_who_is_competent_to_the_citizen(story: Story) -> None:
    unit, said = story.dispatched().town.unit(), {"result": "outside_power", "answer": "不属本市职权"}
    refused = story.act(unit, "complete", **said)
    assert (refused.status, refused.fields) == (422, {"competent": "missing"})
    assert story.act(unit, "complete", **said, competent="国家铁路局").status == 200
    assert story.seen()["timeline"][-1]["said"]["competent"] == "国家铁路局"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"result": "resolved"}, {"answer": "missing"}),
        ({"result": "resolved", "answer": "  "}, {"answer": "string_too_short"}),
        ({"answer": "好"}, {"result": "missing"}),
        ({"result": "done", "answer": "好"}, {"result": "enum"}),
        ({**ANSWER, "unit": UNIT}, {"unit": "extra_forbidden"}),
        ({**ANSWER, "answer": "好" * 5001}, {"answer": "string_too_long"}),
    ],
)
def test_an_answer_that_does_not_fit_is_told_why(story: Story, said: Json, wrong: dict[str, str]) -> None:
    refused = story.dispatched().act(story.town.unit(), "complete", **said)
    assert (refused.status, refused.fields) == (422, wrong)


@pytest.mark.parametrize("action", ["acknowledge", "contact", "complete"])
def test_an_answered_case_is_not_handled_on(story: Story, action: str) -> None:
    refused = story.worked().act(story.town.unit(), action, **(ANSWER if action == "complete" else {}))
    assert (refused.status, refused.code) == (409, "illegal_move")
    assert refused.json["case"]["status"] == "completed"


def test_a_case_is_signed_once_a_round(town: Town) -> None:
    story = Story.filed(town).dispatched().acknowledged()
    assert story.act(town.unit(), "acknowledge").code == "illegal_move"
    assert story.completed().rated(1).act(town.unit(), "acknowledge").status == 200
