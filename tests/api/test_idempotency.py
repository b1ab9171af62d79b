"""Idempotency-Key: the same request again is the same case, another request under its key is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

from suban.adapters.clock import SystemClock
from tests.api.client import Client
from tests.api.stories import Story
from tests.api.town import Town, body, rating


def _with_key(town: Town, key: str = "app-7f3a-0001") -> Client:
    return town.nobody().with_(Idempotency_Key=key)


def test_the_same_request_again_is_the_same_answer(town: Town) -> None:
    answers = [_with_key(town).post("/v1/cases", body()) for _ in range(5)]
    assert {answer.status for answer in answers} == {201}
    assert len({answer.answer.body for answer in answers}) == 1


def test_the_order_of_fields_does_not_matter(town: Town) -> None:
    first = _with_key(town).post("/v1/cases", body())
    again = _with_key(town).post("/v1/cases", dict(reversed(body().items())))
    assert first.json == again.json


def test_many_at_once_are_one_case(town: Town) -> None:
    """A client that has lost patience sends again before it has an answer."""
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: _with_key(town).post("/v1/cases", body()), range(24)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["case_id"] for answer in answers}) == 1


def test_another_body_under_the_same_key_is_refused(town: Town) -> None:
    story = _with_key(town).post("/v1/cases", body())
    refused = _with_key(town).post("/v1/cases", body(text="另一件事：路灯不亮"))
    assert (refused.status, refused.code) == (409, "idempotency_mismatch")
    assert story.json["case_id"] not in refused.answer.body.decode(), "it may be somebody else's case"


def test_without_a_key_each_request_is_a_case(town: Town) -> None:
    assert len({Story.filed(town).case_id for _ in range(3)}) == 3


def test_the_same_key_of_two_accounts_is_two_cases(town: Town) -> None:
    both = [town.citizen(sub).with_(Idempotency_Key="1").post("/v1/cases", body()) for sub in ("a", "b")]
    assert len({answer.json["case_id"] for answer in both}) == 2


def test_a_key_is_forgotten_after_a_day(town: Town) -> None:
    first = _with_key(town).post("/v1/cases", body())
    wall = SystemClock().wall() + timedelta(hours=25).total_seconds()
    with patch.object(SystemClock, "wall", lambda _: wall), patch("time.time", lambda: wall):
        again = _with_key(town).post("/v1/cases", body())
    assert again.status == 201
    assert again.json["case_id"] != first.json["case_id"]


def test_a_key_is_200_characters_at_most(town: Town) -> None:
    assert _with_key(town, "k" * 200).post("/v1/cases", body()).status == 201
    refused = _with_key(town, "k" * 201).post("/v1/cases", body())
    assert (refused.status, refused.fields) == (422, {"idempotency-key": "string_too_long"})


def test_a_rating_whose_answer_was_lost_is_sent_again(story: Story) -> None:
    """The second time the case is round 2 already, where no rating is possible: still the answer is a success."""
    citizen = story.worked().citizen.with_(Idempotency_Key="rate-1")
    first = story.says("rating", rating(1), by=citizen)
    again = story.says("rating", rating(1), by=citizen)
    assert (first.status, again.status) == (200, 200)
    assert (again.json["round"], again.json["version"]) == (2, first.json["version"])


def test_another_rating_under_the_same_key_is_refused(story: Story) -> None:
    citizen = story.worked().citizen.with_(Idempotency_Key="rate-1")
    story.says("rating", rating(1), by=citizen)
    refused = story.says("rating", rating(5), by=citizen)
    assert (refused.status, refused.code) == (409, "idempotency_mismatch")


def test_a_supplement_sent_twice_with_its_key_is_added_once(story: Story) -> None:
    citizen = story.citizen.with_(Idempotency_Key="add-1")
    for _ in range(3):
        assert story.says("supplements", {"text": "补充：昨晚又施工到两点"}, by=citizen).status == 200
    assert story.seen()["version"] == 2
