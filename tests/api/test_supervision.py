"""专项督办 and the supervisor's other acts."""

from tests.api.stories import Story
from tests.api.town import FUTIAN, NANSHAN, Town


def test_a_supervisor_orders_the_work_and_its_limit_begins_anew(story: Story) -> None:
    before = story.supervised().seen()["due_at"]
    story.town.later(days=4)
    told = story.act(story.town.supervisor(district=FUTIAN), "supervise", instruction="今晚现场复测")
    assert (told.status, told.json["status"]) == (200, "supervised")
    assert told.json["due_at"] > before


def test_under_supervision_the_answer_waits_for_the_supervisor(story: Story) -> None:
    told = story.supervised().act(story.town.unit(), "complete", result="resolved", answer="已装隔音屏")
    assert (told.status, told.json["status"], told.json["version"]) == (200, "supervised", 8)


def test_nothing_is_closed_before_the_unit_has_answered(story: Story) -> None:
    refused = story.supervised().act(story.town.supervisor(), "close", note="可以了")
    assert (refused.status, refused.code) == (409, "not_answered")
    assert "close" not in story.town.supervisor().get(story.work_path).json["allowed_actions"]


def test_a_supervisor_closes_an_answered_case(story: Story) -> None:
    told = story.supervised().completed().act(story.town.supervisor(), "close", note="现场复核达标")
    assert (told.status, told.json["status"], told.json["closed_as"]) == (200, "closed", "supervised")
    assert story.seen()["allowed_actions"] == ["rate", "reopen"]


def test_a_supervisor_sends_an_answer_back(story: Story) -> None:
    story.supervised().completed()
    assert story.act(story.town.supervisor(), "supervise", instruction="仍超标，继续整改").status == 200
    assert story.act(story.town.supervisor(), "close", note="可以了").code == "not_answered"


def test_a_supervisor_urges_as_often_as_needed(story: Story) -> None:
    story.dispatched()
    for _ in range(3):
        assert story.act(story.town.supervisor(), "urge", reason="请尽快").status == 200
    assert story.says("urges").status == 200, "and takes nothing from the citizen's urge of the day"


def test_a_supervisors_reason_is_not_the_citizens_to_read(story: Story) -> None:
    story.dispatched().act(story.town.supervisor(), "urge", reason="内部：该单位多次拖延")
    assert "多次拖延" not in story.citizen.get(story.path).answer.body.decode()


def test_a_supervisor_of_another_district_does_not_see_the_case(story: Story) -> None:
    refused = story.supervised().act(story.town.supervisor(district=NANSHAN), "supervise", instruction="查")
    assert refused.status == 404


def test_orders_and_notes_are_not_empty(town: Town) -> None:
    story = Story.filed(town).supervised()
    assert story.act(town.supervisor(), "supervise", instruction=" ").fields == {"instruction": "string_too_short"}
    assert story.act(town.supervisor(), "close").fields == {"note": "missing"}
