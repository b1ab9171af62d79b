"""Two people with one case: who acts on what is no longer so is told how it is now."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import Town

COMPLETE: Json = {"result": "resolved", "answer": "已责令停工"}


def test_an_old_version_is_told_the_present_state(story: Story) -> None:
    story.dispatched().acknowledged()
    refused = story.act(story.town.unit(), "complete", **COMPLETE, version=2)
    assert (refused.status, refused.code) == (409, "stale_version")
    assert refused.json["case"] == {"case_id": story.case_id, "status": "acknowledged", "round": 1, "version": 3}
    again = story.act(story.town.unit(), "complete", **COMPLETE, version=refused.json["case"]["version"])
    assert again.status == 200


def test_a_version_that_never_was_is_refused(story: Story) -> None:
    assert story.dispatched().act(story.town.unit(), "acknowledge", version=99).code == "stale_version"


@pytest.mark.parametrize(
    ("version", "error"),
    [(None, "int_type"), ("2", "int_type"), (0, "greater_than_equal"), (1.5, "int_from_float"), (True, "int_type")],
)
def test_a_version_is_a_whole_number_from_1(story: Story, version: object, error: str) -> None:
    refused = story.act(story.town.unit(), "acknowledge", version=version)
    assert (refused.status, set(refused.fields)) == (422, {"version"})
    assert refused.fields["version"] in {error, "int_type"}


def test_every_action_at_work_needs_a_version(story: Story) -> None:
    actions = ("dispatch", "acknowledge", "contact", "complete", "urge", "supervise", "close")
    for action in actions:
        refused = story.town.unit().post(f"{story.work_path}/actions/{action}", {})
        assert refused.fields["version"] == "missing", action


def test_a_citizens_supplement_does_not_hinder_the_citizen(story: Story) -> None:
    """Additive acts need no version: the case is decided again as it is."""
    for _ in range(3):
        assert story.says("supplements", {"text": "再补充一点"}).status == 200
    assert story.seen()["version"] == 4


@pytest.mark.parametrize(
    ("stage", "action", "said"),
    [
        ("dispatched", "acknowledge", {}),
        ("dispatched", "contact", {"note": "已联系"}),
        ("acknowledged", "complete", COMPLETE),
    ],
)
def test_an_action_whose_answer_was_lost_is_a_success_the_second_time(
    story: Story, stage: str, action: str, said: Json
) -> None:
    story.dispatched()
    if stage == "acknowledged":
        story.acknowledged()
    version = story.seen()["version"]
    first = story.act(story.town.unit(), action, **said, version=version)
    again = story.act(story.town.unit(), action, **said, version=version)
    assert (first.status, again.status) == (200, 200)
    assert first.json == again.json
    assert story.seen()["version"] == version + 1


def test_a_lost_answer_is_known_even_after_others_have_moved_the_case(story: Story) -> None:
    story.dispatched().act(story.town.unit(), "acknowledge", version=2)
    story.says("supplements", {"text": "又想起一点"})
    assert story.act(story.town.unit(), "acknowledge", version=2).json["version"] == 4


def test_the_same_action_with_other_words_is_not_the_same(story: Story) -> None:
    story.dispatched().act(story.town.unit(), "contact", note="上午已联系", version=2)
    assert story.act(story.town.unit(), "contact", note="下午再联系", version=2).code == "stale_version"


def test_the_same_action_of_another_unit_is_not_the_same(town: Town) -> None:
    story = Story.filed(town)
    story.act(town.supervisor(sub="one"), "urge", version=1)
    story.dispatched().act(town.supervisor(sub="one"), "urge", version=2)
    assert story.act(town.supervisor(sub="two"), "urge", version=2).code == "stale_version"
