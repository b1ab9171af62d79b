"""What is kept to know a request again: hashes of who, key and body, and until when."""

import pytest

from suban.domain.limits import Limit
from suban.domain.records import Guard
from suban.edge.guards import Guards, body_hash

GUARDS = Guards(Limit.parse("24h"))
WALL = 1_800_000_000.9


def guard(key: str = "k1", scope: str = "filing|sub", body: object = "楼下工地") -> Guard:
    made = GUARDS.guard(key, scope, {"text": body}, WALL)
    assert made is not None
    return made


def test_the_same_request_of_the_same_caller_has_the_same_guard() -> None:
    assert guard() == guard()
    assert guard().expires_at == 1_800_000_000 + 24 * 3600


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_key_there_is_none(key: str | None) -> None:
    assert GUARDS.guard(key, "filing|sub", {}, WALL) is None


def test_two_callers_keys_never_meet() -> None:
    assert guard(scope="filing|other").key != guard().key
    assert guard(key="k2").key != guard().key


def test_another_body_is_seen() -> None:
    assert (guard(body="别的").key, guard(body="别的").body == guard().body) == (guard().key, False)


def test_the_order_of_a_body_says_nothing() -> None:
    assert body_hash({"a": 1, "b": {"c": 2, "d": 3}}) == body_hash({"b": {"d": 3, "c": 2}, "a": 1})


def test_a_guard_holds_hashes_and_never_what_was_said() -> None:
    told = f"{guard(key='13800138000').key} {guard().body}"
    assert "13800138000" not in told
    assert "楼下" not in told
    assert {len(guard().key), len(guard().body)} == {32}
