"""The AWS calls of each function that no client waits for, on its way through one event."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from threading import get_ident

import pytest

from infra.local.kinds import Json
from tests.api import calls
from tests.api.stories import Story
from tests.api.town import Town

READ_META = "GetItem Cases"


@pytest.fixture(autouse=True)
def _executions_end(town: Town) -> Iterator[None]:
    """With the test that started them."""
    yield
    town.city.machines.forget()


def _called(act: Callable[[], object]) -> list[str]:
    """By this thread: an execution that is started goes its own way beside."""
    here, made = get_ident(), list[str]()
    with calls.listening(lambda call: made.append(str(call)) if get_ident() == here else None):
        act()
    return made


def _invoke(town: Town, function: str, event: Json) -> list[str]:
    """Of the second time: the first one wires the function."""
    town.city.lambdas.invoke(function, event)
    return _called(lambda: town.city.lambdas.invoke(function, event))


def _record(town: Town, version: int) -> Json:
    """The stream's record of the event that made this version."""
    records = town.city.stream.records(0, 1000)
    (found,) = [r for r in records if r["dynamodb"]["Keys"]["sk"]["S"] == f"EVENT#{version:06d}"]
    return {"Records": [found]}


def test_a_look_reads_the_case_and_no_more(story: Story) -> None:
    assert _invoke(story.town, "steps", {"case_id": story.case_id, "life": 1}) == [READ_META]


def test_dispatch_reads_case_and_words_and_writes_one_transaction(town: Town) -> None:
    first, story = Story.filed(town), Story.filed(town)
    town.city.lambdas.invoke("dispatch", {"case_id": first.case_id})
    made = _called(lambda: town.city.lambdas.invoke("dispatch", {"case_id": story.case_id}))
    assert made == [READ_META, "Query Cases", "TransactWriteItems 3 Cases"]


def test_dispatch_called_again_only_looks(story: Story) -> None:
    assert _invoke(story.town, "dispatch", {"case_id": story.case_id}) == [READ_META]


def test_news_of_a_new_case_start_its_execution(story: Story) -> None:
    assert _invoke(story.town, "relay", _record(story.town, 1))[:2] == [READ_META, "StartExecution stepfunctions"]


def test_news_of_a_dispatch_become_notices_and_one_batch_for_the_queue(story: Story) -> None:
    made = _invoke(story.dispatched().town, "relay", _record(story.town, 2))
    assert made[0] == READ_META
    assert made[-1] == "SendMessageBatch sqs"
    assert set(made[1:-1]) == {"PutItem Cases"}
    assert len(made) == 4, "one for the citizen, one for the unit"


def test_news_that_nobody_is_told_of_cost_one_read(story: Story) -> None:
    story.dispatched().acknowledged()
    assert _invoke(story.town, "relay", _record(story.town, 3)) == [READ_META]


def test_a_message_is_claimed_published_and_recorded(story: Story) -> None:
    """The phone is read between the claim and the carrier, and nowhere else."""
    story.dispatched().town.city.lambdas.invoke("relay", _record(story.town, 2))
    made = {"citizen": list[str](), "unit": list[str]()}
    for notice in _notices(story):
        body = json.dumps({"case_id": story.case_id, "notice": notice["id"]})
        queued = {"Records": [{"messageId": "1", "body": body, "eventSource": "aws:sqs"}]}
        made[notice["audience"]] = _called(partial(story.town.city.lambdas.invoke, "notify", queued))
    read, claim, settle = ["GetItem Cases", READ_META], ["UpdateItem Cases"], ["UpdateItem Cases"]
    assert made["citizen"] == [*read, *claim, "GetItem People", "Publish sns", *settle]
    assert made["unit"] == [*read, *claim, "Publish sns", *settle]


def test_a_sweep_of_an_empty_city_asks_each_shard_once(town: Town) -> None:
    assert _invoke(town, "sweeper", {}) == ["Query open"] * 16


def test_the_minute_schedule_asks_each_shard_of_the_notices_once(town: Town) -> None:
    assert _invoke(town, "notify", {}) == ["Query work"] * 16


def _notices(story: Story) -> list[Json]:
    images = [r["dynamodb"].get("NewImage", {}) for r in story.town.city.stream.records(0, 1000)]
    return [
        {"id": image["sk"]["S"].removeprefix("NOTICE#"), "audience": image["audience"]["S"]}
        for image in images
        if image.get("sk", {}).get("S", "").startswith("NOTICE#")
    ]
