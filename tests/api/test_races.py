"""Acts on one case at the same time: one wins, the others are told how it is now or are decided again."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest

from infra.local.streams import table
from suban.app.act import Conflict
from suban.domain.case import Case
from suban.domain.errors import Busy, StaleVersion
from suban.domain.words import Action
from suban.edge.commands import filing
from suban.edge.models.requests import AcknowledgeBody, FileCaseBody
from tests.api import rivals
from tests.api.rivals import ANSWERED, at_once, by_citizen, by_unit, meanwhile, wired
from tests.api.stories import Story
from tests.api.town import ITEM, UNIT, Town, body, rating


@pytest.fixture
def story(town: Town) -> Story:
    """With a unit; both functions are warm."""
    story = Story.filed(town).dispatched()
    assert town.unit().get("/v1/work/queue").status == 200
    return story


def test_who_answers_what_was_just_withdrawn_is_told_so(story: Story) -> None:
    with meanwhile(by_citizen(story, Action.WITHDRAW, rivals.WITHDRAWAL)):
        refused = story.act(story.town.unit(), "complete", **ANSWERED, version=2)
    assert (refused.status, refused.code) == (409, "stale_version")
    assert refused.json["case"] == {"case_id": story.case_id, "status": "withdrawn", "round": 1, "version": 3}


def test_who_withdraws_what_was_just_answered_is_told_so(story: Story) -> None:
    with meanwhile(by_unit(story, Action.COMPLETE, rivals.completion(2))):
        refused = story.says("withdrawal")
    assert (refused.status, refused.code) == (409, "illegal_move")
    assert refused.json["case"]["status"] == "completed"


def test_a_supplement_is_decided_again_on_the_case_as_it_is(story: Story) -> None:
    with meanwhile(by_unit(story, Action.ACKNOWLEDGE, AcknowledgeBody(version=2))):
        told = story.says("supplements", {"text": "补充一点"})
    assert (told.status, told.json["status"], told.json["version"]) == (200, "acknowledged", 4)
    events = [step["event"] for step in story.seen()["timeline"]]
    assert events == ["CaseSubmitted", "CaseDispatched", "CaseAcknowledged", "CaseSupplemented"]


def test_of_two_ratings_one_counts(story: Story) -> None:
    story.completed()
    with meanwhile(by_citizen(story, Action.RATE, rivals.NEGATIVE)):
        refused = story.says("rating", rating(5))
    assert (refused.status, refused.code) == (409, "not_ratable")
    assert (story.seen()["status"], story.seen()["round"]) == ("dispatched", 2)


def test_a_click_made_twice_is_made_once(story: Story) -> None:
    """Same unit, same words, same version: the second finds its own event."""
    click = by_unit(story, Action.COMPLETE, rivals.completion(2))
    with meanwhile(click):
        told = story.act(story.town.unit(UNIT), "complete", **ANSWERED, version=2)
    assert (told.status, told.json["version"]) == (200, 3)
    assert {case.version for case in at_once([click] * 8) if isinstance(case, Case)} == {3}


def test_machine_and_desk_dispatch_a_case_once(town: Town) -> None:
    story = Story.filed(town)
    town.unit().get("/v1/work/queue")
    desk = town.dispatcher()
    with meanwhile(lambda: town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})):
        refused = story.act(desk, "dispatch", item_code=ITEM, unit=UNIT, version=1)
    assert (refused.status, refused.code) == (409, "stale_version")
    assert refused.json["case"]["version"] == 2
    assert len(story.seen()["timeline"]) == 2


def test_of_many_acts_on_one_version_one_is_made(story: Story) -> None:
    acts = [by_unit(story, Action.CONTACT, rivals.contact(2, f"第{n}次")) for n in range(12)]
    outcomes = at_once(acts)
    refused = [outcome.why for outcome in outcomes if isinstance(outcome, Conflict)]
    assert (len(refused), {type(why) for why in refused}) == (11, {StaleVersion})
    assert story.seen()["version"] == 3


def test_no_supplement_is_lost_however_many_come_at_once(story: Story) -> None:
    """Each raises the version by one, as its condition demands: 40 acts, 40 versions, 40 texts."""
    acts = [by_citizen(story, Action.SUPPLEMENT, rivals.SUPPLEMENT)] * 40
    versions = sorted(outcome.version for outcome in at_once(acts) if isinstance(outcome, Case))
    assert versions == list(range(3, 43))
    timeline = story.seen()["timeline"]
    assert sum(step["said"] == {"text": "补充一点"} for step in timeline) == 40


def test_many_at_once_with_one_key_are_one_case_and_one_person(town: Town) -> None:
    town.nobody().get("/v1/openapi.json")
    here, sent = wired("citizen"), FileCaseBody(**body())
    guard = here.guards.guard("key", "file|", sent.plain(), here.clock.wall())
    command = filing(sent, here.city, None, "mini", "zh-Hans", guard)
    with ThreadPoolExecutor(16) as threads:
        accepted = set(threads.map(lambda _: here.file(command), range(32)))
    assert len(accepted) == 1
    assert len(_items(town, "PeopleTable")) == 2, "a person, and the hash that finds them"
    assert len([key for key in _items(town, "CasesTable") if key.startswith("CASE#")]) == 1


def test_two_cases_of_a_new_phone_at_once_belong_to_one_person(town: Town) -> None:
    town.nobody().get("/v1/openapi.json")
    here = wired("citizen")
    command = filing(FileCaseBody(**body()), here.city, None, "mini", "zh-Hans", None)
    with meanwhile(lambda: here.file(command)):
        here.file(command)
    assert len(_items(town, "PeopleTable")) == 2


def test_a_case_that_is_written_all_the_time_is_busy_for_a_moment(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(import_module("suban.adapters.cases").DynamoCases, "commit", busy)
    refused = story.says("supplements", {"text": "补充一点"})
    assert (refused.status, refused.code, refused.header("Retry-After")) == (503, "busy", "1")


def _items(town: Town, logical_name: str) -> list[str]:
    """Partition keys."""
    return [key.value for key in table(town.city.stack.names.ref(logical_name)).items]
