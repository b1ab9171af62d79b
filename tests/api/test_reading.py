"""One case, by the token of its owner or by its tracking code; nobody else's."""

import pytest

from suban.domain.numbers import case_number
from tests.api.stories import Story
from tests.api.town import Town


def _with_typo(case_id: str) -> str:
    wrong = "1" if case_id[10] != "1" else "2"
    return case_id[:10] + wrong + case_id[11:]


def test_the_tracking_code_opens_its_case(story: Story) -> None:
    assert story.citizen.get(story.path).status == 200


def test_a_code_is_understood_as_people_say_it(story: Story) -> None:
    spoken = story.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert story.town.nobody().with_(X_Tracking_Code=spoken).get(story.path).status == 200


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "短信里的码", "0"])
def test_a_wrong_code_finds_nothing(story: Story, code: str) -> None:
    refused = story.town.nobody().with_(X_Tracking_Code=code).get(story.path)
    assert (refused.status, refused.code) == (404, "not_found")


def test_the_code_of_another_case_finds_nothing(town: Town) -> None:
    one, other = Story.filed(town), Story.filed(town)
    assert one.citizen.get(other.path).status == 404


def test_without_code_and_token_one_is_asked_for(story: Story) -> None:
    refused = story.town.nobody().get(story.path)
    assert (refused.status, refused.code) == (401, "unauthenticated")


def test_another_account_finds_nothing(town: Town) -> None:
    story = Story.filed(town, town.citizen("owner"))
    assert town.citizen("owner").get(story.path).status == 200
    assert town.citizen("somebody-else").get(story.path).status == 404


def test_a_mistyped_number_is_told_from_an_unknown_one(story: Story) -> None:
    refused = story.citizen.get(f"/v1/cases/{_with_typo(story.case_id)}")
    assert (refused.status, refused.code) == (400, "bad_case_number")
    unknown = case_number(story.town.now.date(), 0)
    assert story.citizen.get(f"/v1/cases/{unknown}").status == 404


@pytest.mark.parametrize("said", ["abc", "2026030548392017", "20260305-48392017-A", "%20", "%E5%8D%81"])
def test_what_is_no_number_is_told_so(story: Story, said: str) -> None:
    assert story.citizen.get(f"/v1/cases/{said}").code == "bad_case_number"


@pytest.mark.parametrize("between", ["", "%20", "%20-%20", "%E2%80%94", "%e2%80%93"])
def test_a_number_is_understood_however_it_is_grouped(story: Story, between: str) -> None:
    said = "/v1/cases/" + story.case_id.replace("-", between)
    assert story.citizen.get(said).json["case_id"] == story.case_id


def test_the_timeline_tells_each_step_in_words(story: Story) -> None:
    timeline = story.worked().rated(1).seen()["timeline"]
    events = ["CaseSubmitted", "CaseDispatched", "CaseAcknowledged", "CaseCompleted", "CaseRolledBack"]
    assert [step["event"] for step in timeline] == events
    assert [step["round"] for step in timeline] == [1, 1, 1, 1, 2]
    assert all(step["text"] and "{" not in step["text"] for step in timeline)
    assert "已责令工地夜间停工" in timeline[3]["text"]


def test_the_citizen_sees_due_date_unit_and_item(story: Story) -> None:
    """15 working days after Thursday 5 March 2026, where no holiday is."""
    seen = story.dispatched().seen()
    assert seen["due_at"] == "2026-03-26T23:59:59+08:00"
    assert (seen["overdue"], seen["due_provisional"]) == (False, False)
    assert seen["unit"]["name"] != seen["unit"]["code"]
    assert seen["item"]["name"] != seen["item"]["code"]


def test_a_due_date_in_a_year_not_announced_is_provisional(town: Town) -> None:
    town.later(days=300)
    assert Story.filed(town).dispatched().seen()["due_provisional"] is True


def test_the_citizen_sees_nothing_of_the_platforms_own_affairs(story: Story) -> None:
    seen = set(story.worked().seen())
    assert not seen & {"candidates", "evidence", "confidence", "rule", "contact", "person", "task_token", "wait"}
