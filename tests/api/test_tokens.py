"""Tokens: who is let in, at the gateway's authorizer and where a function verifies for itself."""

import time
from collections.abc import Callable

import pytest

from infra.local.issuer import Issuer
from tests.api import forged
from tests.api.stories import Story
from tests.api.town import UNIT, Town, body

HOUR = 3600

BAD: dict[str, Callable[[Issuer], str]] = {
    "expired": lambda i: forged.signed(i, exp=int(time.time()) - HOUR),
    "not valid yet": lambda i: forged.signed(i, nbf=int(time.time()) + HOUR),
    "without an end": lambda i: forged.signed(i, exp=None),
    "without a subject": lambda i: forged.signed(i, sub=None),
    "of another issuer": lambda i: forged.signed(i, iss="https://id.example.net"),
    "for another audience": lambda i: forged.signed(i, aud="another-app"),
    "without an audience": lambda i: forged.signed(i, aud=None),
    "of a role that is not": lambda i: forged.signed(i, role="mayor"),
    "of the platform itself": lambda i: forged.signed(i, role="system"),
    "of a unit without its code": lambda i: forged.signed(i, role="unit_lead"),
    "signed by another key": forged.signed_by_another,
    "of an unknown key": lambda i: forged.signed_by_another(i, key_id="another"),
    "good, of an unknown key id": lambda i: forged.signed(i, key_id="another"),
    "without a key id": lambda i: forged.signed(i, key_id=None),
    "alg none": forged.unsigned,
    "alg NONE": lambda i: forged.unsigned(i, "NONE"),
    "alg RS256 without a signature": lambda i: forged.unsigned(i, "RS256"),
    "HS256 with the public key": forged.signed_with_the_public_key,
    "altered": lambda i: forged.altered(forged.signed(i), role="operator"),
    "cut off": lambda i: forged.signed(i)[:-20],
    "no token": lambda _: "abc",
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("kind", BAD)
def test_the_gateway_lets_nobody_in_with_a_bad_token(town: Town, kind: str) -> None:
    refused = town.holding(BAD[kind](town.city.issuer)).get("/v1/work/queue")
    assert (refused.status, refused.code) == (401, "unauthenticated")
    assert refused.header("Content-Type") == "application/problem+json"


@pytest.mark.parametrize("kind", BAD)
def test_nor_does_a_function_that_verifies_for_itself(story: Story, kind: str) -> None:
    holder = story.town.holding(BAD[kind](story.town.city.issuer))
    expected = (401, "token_expired" if kind == "expired" else "unauthenticated")
    for refused in (holder.get(story.path), holder.post("/v1/cases", body())):
        assert (refused.status, refused.code) == expected


def test_a_good_token_is_let_in(town: Town) -> None:
    assert town.holding(forged.signed(town.city.issuer)).get("/v1/work/queue").status == 200


def test_a_clock_may_be_half_a_minute_off(town: Town) -> None:
    now = int(time.time())
    assert town.holding(forged.signed(town.city.issuer, exp=now - 10, nbf=now + 10)).get("/v1/work/queue").status == 200


@pytest.mark.parametrize("header", ["Basic YWxhZGRpbg==", "Token abc", "Bearer", "bearer  "])
def test_another_scheme_is_no_token(story: Story, header: str) -> None:
    caller = story.town.nobody().with_(Authorization=header)
    assert caller.get(story.path).status == 401
    assert caller.get("/v1/work/queue").status == 401


def test_without_a_header_the_gateway_does_not_even_ask(town: Town) -> None:
    assert town.nobody().get("/v1/work/queue").status == 401
    assert town.nobody().get("/v1/cases").status == 401


def test_the_scheme_is_read_in_any_case(town: Town) -> None:
    token = forged.signed(town.city.issuer)
    assert town.nobody().with_(authorization=f"bEARER {token}").get("/v1/work/queue").status == 200


def test_a_token_is_a_secret_wherever_it_fails(town: Town) -> None:
    """The fixture looks through the log; here it is made to have something to say."""
    town.holding(forged.signed_by_another(town.city.issuer)).get("/v1/work/queue")
    assert "token_refused" in town.ears.getvalue()


def test_citizens_of_two_issuers_are_two_people(town: Town) -> None:
    """A subject is unique with its issuer alone: both belong to the identity."""
    story = Story.filed(town, town.citizen("42"))
    assert town.citizen("42").get(story.path).status == 200
    assert town.holding(forged.signed(town.city.issuer, sub="42", role=None)).get(story.path).status == 200
    assert town.unit(UNIT).get(story.path).status == 404
