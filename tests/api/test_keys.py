"""The issuer's keys: fetched seldom, kept when the issuer fails, followed when it changes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError
from unittest.mock import patch

import pytest
from jwt import PyJWKClient, PyJWKClientConnectionError

from infra.local.city import AUDIENCE
from infra.local.issuer import KEY_ID, Issuer
from suban.adapters import tokens
from suban.domain.errors import Unauthenticated, Unavailable
from tests.api import forged

OLD = Issuer("https://id.example.org", AUDIENCE)
NEW = Issuer("https://id.example.org", AUDIENCE)
HOUR = 3600


def _keys(issuer: Issuer, key_id: str) -> list[dict[str, str]]:
    return [{**key, "kid": key_id} for key in issuer.jwks()["keys"]]


@pytest.fixture
def now() -> Iterator[list[float]]:
    """Seconds since the process began, to be moved on."""
    seconds = [1000.0]
    with patch("suban.adapters.tokens.time.monotonic", lambda: seconds[0]):
        yield seconds


@dataclass
class Published:
    """What the issuer answers, or how it fails."""

    answer: object
    fetches: int = 0

    def fetch(self) -> object:
        self.fetches += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def published() -> Iterator[Published]:
    """At first the old key."""
    answers = Published({"keys": _keys(OLD, KEY_ID)})
    with patch.object(PyJWKClient, "fetch_data", lambda _: answers.fetch()):
        yield answers


@pytest.fixture
def verifier(now: list[float], published: Published) -> tokens.TokenVerifier:
    """It has seen the old key."""
    verifier = _new_verifier()
    verifier.caller(forged.signed(OLD))
    return verifier


def _new_verifier() -> tokens.TokenVerifier:
    return tokens.TokenVerifier("https://id.example.org/jwks.json", OLD.name, AUDIENCE)


BROKEN = [{"keys": []}, "sorry", {}, JSONDecodeError("<html>", "", 0), PyJWKClientConnectionError("timed out")]


@pytest.mark.parametrize("answer", BROKEN)
def test_old_keys_are_good_while_the_issuer_fails(
    verifier: tokens.TokenVerifier, published: Published, now: list[float], answer: object
) -> None:
    published.answer = answer
    now[0] += 2 * HOUR
    assert verifier.caller(forged.signed(OLD)).role == "supervisor"


@pytest.mark.parametrize("answer", BROKEN)
def test_without_any_key_nobody_is_let_in_and_nobody_is_blamed(published: Published, answer: object) -> None:
    published.answer = answer
    with pytest.raises(Unavailable):
        _new_verifier().caller(forged.signed(OLD))


def test_a_new_key_is_fetched_when_a_token_names_it(
    verifier: tokens.TokenVerifier, published: Published, now: list[float]
) -> None:
    published.answer = {"keys": _keys(OLD, KEY_ID) + _keys(NEW, "new")}
    now[0] += 31
    assert verifier.caller(forged.signed(NEW, "new")).role == "supervisor"
    assert verifier.caller(forged.signed(OLD)).role == "supervisor"


def test_a_flood_of_unknown_keys_is_no_flood_of_fetches(
    verifier: tokens.TokenVerifier, published: Published, now: list[float]
) -> None:
    now[0] += 31
    for n in range(100):
        with pytest.raises(Unauthenticated):
            verifier.caller(forged.signed(NEW, f"key-{n}"))
    assert published.fetches == 2, "the first one, and one for all of these"


def test_a_key_that_was_withdrawn_is_forgotten_within_the_hour(
    verifier: tokens.TokenVerifier, published: Published, now: list[float]
) -> None:
    published.answer = {"keys": _keys(NEW, "new")}
    now[0] += HOUR + 1
    with pytest.raises(Unauthenticated):
        verifier.caller(forged.signed(OLD))
