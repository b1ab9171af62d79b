"""Bodies that no form would send, and every field that holds what it must not."""

import json

import pytest

from infra.local.kinds import Json
from tests.api.client import JSON, Reply
from tests.api.stories import Story
from tests.api.town import TEXT, Town, body, rating


def _sent(town: Town, raw: bytes, content_type: str = "application/json") -> Reply:
    return town.nobody().send("POST", "/v1/cases", raw, {"Content-Type": content_type})


@pytest.mark.parametrize(
    "raw",
    [b"{", b"not json", b"[]", b'[{"kind":"help"}]', b'"text"', b"null", b"1", b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_json_object_is_told_so(town: Town, raw: bytes) -> None:
    refused = _sent(town, raw)
    assert (refused.status, refused.code) == (400, "invalid_json")


def test_a_post_that_says_nothing_is_told_what_is_missing(town: Town) -> None:
    refused = _sent(town, b"", "")
    assert (refused.status, refused.fields) == (422, {"kind": "missing", "text": "missing"})


def test_nothing_need_be_said_where_every_field_may_be_left_out(story: Story) -> None:
    done = story.citizen.send("POST", f"{story.path}/withdrawal")
    assert (done.status, done.json["status"]) == (200, "withdrawn")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_another_format_is_told_which_one_is_read(town: Town, content_type: str) -> None:
    refused = _sent(town, json.dumps(body()).encode(), content_type)
    assert (refused.status, refused.code) == (415, "unsupported_media_type")
    assert "application/json" in refused.json["detail"]


def test_a_charset_beside_the_format_is_welcome(town: Town) -> None:
    assert _sent(town, json.dumps(body()).encode(), "Application/JSON; charset=UTF-8").status == 201


def test_a_huge_body_is_refused_unread(town: Town) -> None:
    refused = _sent(town, json.dumps(body(text="吵" * 300_000), ensure_ascii=False).encode())
    assert (refused.status, refused.code) == (413, "payload_too_large")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"urgency": "high"}, {"urgency": "extra_forbidden"}),
        ({"kind": "praise"}, {"kind": "enum"}),
        ({"kind": 3}, {"kind": "enum"}),
        ({"text": 12}, {"text": "string_type"}),
        ({"text": ["吵"]}, {"text": "string_type"}),
        ({"anonymous": "perhaps"}, {"anonymous": "bool_parsing"}),
        ({"place": "福田"}, {"place": "model_attributes_type"}),
        ({"place": {"lat": 22.5}}, {"place": "value_error"}),
        ({"place": {"lat": "north", "lon": 114}}, {"place.lat": "float_parsing"}),
        ({"place": {"lat": 91, "lon": 114}}, {"place.lat": "less_than_equal"}),
        ({"place": {"house": 1}}, {"place.house": "extra_forbidden"}),
        ({"contact": {"lang": "fr"}}, {"contact.lang": "string_pattern_mismatch"}),
        ({"contact": {"phone": 13800138000}}, {"contact.phone": "string_type"}),
    ],
)
def test_each_wrong_field_is_named(town: Town, changes: Json, wrong: dict[str, str]) -> None:
    refused = town.nobody().post("/v1/cases", body(**changes))
    assert (refused.status, refused.fields) == (422, wrong)
    assert all(told["message"] for told in refused.json["fields"])


def test_not_a_number_is_no_place(town: Town) -> None:
    refused = _sent(town, b'{"kind":"help","text":"a","place":{"lat":NaN,"lon":Infinity}}')
    assert (refused.status, refused.fields) == (422, {"place.lat": "finite_number", "place.lon": "finite_number"})


def test_all_wrong_fields_are_named_at_once(town: Town) -> None:
    refused = town.nobody().post("/v1/cases", {"kind": "praise", "place": {"lat": 91, "lon": 1}})
    assert set(refused.fields) == {"kind", "text", "place.lat"}


@pytest.mark.parametrize("wrong", [0, 6, -1, "5", 4.5, True, None])
@pytest.mark.parametrize("axis", ["speed", "overall"])
def test_a_level_is_a_whole_number_from_1_to_5(story: Story, axis: str, wrong: object) -> None:
    refused = story.worked().says("rating", rating(5) | {axis: wrong})
    assert (refused.status, set(refused.fields)) == (422, {axis})


def test_a_body_in_base64_is_read(town: Town) -> None:
    """API Gateway does so where binary media types are set."""
    event = {
        "httpMethod": "POST", "path": "/v1/cases", "resource": "/v1/cases", "requestContext": {}, "headers": JSON,
        "body": "eyJraW5kIjoiaGVscCIsInRleHQiOiLot6/nga/kuI3kuq4ifQ==", "isBase64Encoded": True,
    }  # fmt: skip
    assert town.city.lambdas.invoke("citizen", event)["statusCode"] == 201
    assert town.city.lambdas.invoke("citizen", {**event, "body": "/////w=="})["statusCode"] == 400


def test_no_headers_at_all_are_survived(town: Town) -> None:
    event = {"httpMethod": "POST", "path": "/v1/cases", "resource": "/v1/cases", "requestContext": {}, "body": TEXT}
    for headers in ({}, {"headers": None, "multiValueHeaders": None}):
        assert town.city.lambdas.invoke("citizen", {**event, **headers})["statusCode"] == 415
