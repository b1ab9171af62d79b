import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.adapters.cursors import SealedCursors
from suban.domain.errors import BadCursor

CURSORS = SealedCursors("secret")
HERE = {"sk": "2026-11-23T10:00:00+08:00#20261123-00000001-7"}


def sealed(query: str = "own:p1") -> str:
    cursor = CURSORS.seal(query, HERE)
    assert cursor is not None
    return cursor


def test_a_cursor_opens_where_it_was_sealed() -> None:
    assert CURSORS.open("own:p1", sealed()) == HERE


def test_the_end_has_no_cursor_and_no_cursor_is_the_beginning() -> None:
    assert CURSORS.seal("own:p1", None) is None
    assert CURSORS.open("own:p1", None) is None
    assert CURSORS.open("own:p1", "") is None


def test_a_cursor_travels_in_a_url() -> None:
    assert set(sealed()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("query", ["own:p2", "queue:ENV-1:handling:", ""])
def test_a_cursor_of_another_query_is_refused(query: str) -> None:
    with pytest.raises(BadCursor):
        CURSORS.open(query, sealed())


def test_a_cursor_sealed_with_another_secret_is_refused() -> None:
    with pytest.raises(BadCursor):
        SealedCursors("other").open("own:p1", sealed())


def test_a_cursor_changed_in_any_place_is_refused() -> None:
    cursor = sealed()
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for place in range(len(raw)):
        forged = bytes(byte ^ (1 if at == place else 0) for at, byte in enumerate(raw))
        with pytest.raises(BadCursor):
            CURSORS.open("own:p1", base64.urlsafe_b64encode(forged).decode())


@given(st.text(max_size=60))
def test_whatever_is_no_cursor_is_refused_and_never_a_fault(said: str) -> None:
    if said:
        with pytest.raises(BadCursor):
            CURSORS.open("own:p1", said)
