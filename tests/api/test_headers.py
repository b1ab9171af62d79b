"""What every answer carries, for browsers and for caches."""

import pytest

from tests.api.client import JSON, Client, Reply
from tests.api.stories import Story
from tests.api.town import Town, body

APP = "https://app.example.org"
ROUTES = [
    ("POST", "/v1/cases"),
    ("GET", "/v1/cases"),
    ("GET", "/v1/cases/{case_id}"),
    ("POST", "/v1/cases/{case_id}/rating"),
    ("GET", "/v1/work/queue"),
    ("POST", "/v1/work/cases/{case_id}/actions/complete"),
]


def _answers(story: Story) -> list[Reply]:
    """A success of each function, and refusals from the gateway, the resolver, the models and the domain."""

    def page(client: Client) -> Client:
        return client.with_(Origin=APP)

    town, citizen = story.town, page(story.citizen)
    return [
        page(town.nobody()).post("/v1/cases", body()),
        citizen.get(story.path),
        page(town.unit()).get("/v1/work/queue"),
        page(town.citizen()).get("/v1/cases"),
        citizen.post(f"{story.path}/supplements", {"text": "补充"}),
        citizen.post(f"{story.path}/rating", {}),
        citizen.post(f"{story.path}/reopening", {"reason": "还在吵"}),
        citizen.send("POST", "/v1/cases", b"{", JSON),
        page(town.nobody()).get(story.path),
        page(town.nobody()).get("/v1/work/queue"),
        page(town.nobody()).get("/v1/nothing-here"),
    ]


def test_nothing_that_is_about_somebody_is_kept_by_a_cache(story: Story) -> None:
    for reply in _answers(story)[:-2]:
        assert reply.header("Cache-Control") == "no-store", reply.json


def test_a_web_app_of_any_origin_may_read_every_answer(story: Story) -> None:
    """No cookies are used: who holds the token or the code may."""
    for reply in _answers(story):
        assert reply.header("Access-Control-Allow-Origin") == "*", reply.json
        assert reply.header("Access-Control-Allow-Credentials") is None


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_preflight_is_answered_without_a_token(town: Town, method: str, path: str) -> None:
    asked = {"Origin": APP, "Access-Control-Request-Method": method}
    reply = town.nobody().send("OPTIONS", path.replace("{case_id}", "20260305-00000000-1"), headers=asked)
    assert reply.status in {200, 204}
    assert reply.header("Access-Control-Allow-Origin") == "*"
    assert method in (reply.header("Access-Control-Allow-Methods") or "")
    allowed = (reply.header("Access-Control-Allow-Headers") or "").lower()
    needed = ("authorization", "content-type", "idempotency-key", "x-tracking-code", "accept-language")
    assert [name for name in needed if name not in allowed] == []


def test_an_unknown_route_is_403_as_on_aws(town: Town) -> None:
    assert town.citizen().get("/v1/nothing-here").status == 403
    assert town.citizen().send("DELETE", "/v1/cases").status == 403


def test_the_document_of_the_api_is_public_and_may_be_kept(town: Town) -> None:
    reply = town.nobody().get("/v1/openapi.json")
    assert (reply.status, reply.json["openapi"][:3]) == (200, "3.1")
    assert reply.header("Cache-Control") == "public, max-age=300"
    assert set(reply.json["paths"]) >= {path for _, path in ROUTES}
