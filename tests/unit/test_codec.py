"""Every dataclass that is kept comes back as it was."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.adapters import items
from suban.adapters.codec import from_item, plain, revive, to_item
from suban.adapters.keys import case_id_of
from suban.adapters.stream import NotAnEvent, event_of
from suban.app.ports import Doorbell
from suban.domain.case import Case
from suban.domain.events import Event
from suban.domain.limits import Limit
from suban.domain.notices import Audience, Notice, NoticeState, Timing
from suban.domain.rating import Rating
from suban.domain.records import DecisionRecord, RatingRecord, Words
from suban.domain.words import Kind, Result, Status
from tests.factories import FILED, IN_STATUS, answered, closed_by_supervisor, last, rolled_back, stored, supervised

WHOLE = [*(make() for make in IN_STATUS.values()), rolled_back(), answered(), closed_by_supervisor()]
BARE = stored(WHOLE[0], person=None, theme=None, district=None, street=None)


@pytest.mark.parametrize("case", [*map(stored, WHOLE), BARE], ids=lambda case: f"{case.status}-{case.version}")
def test_a_case_comes_back_from_its_item(case: Case) -> None:
    item = from_item(to_item({"pk": f"CASE#{case.case_id}", "sk": "META"} | items.meta_attributes(case)))
    assert items.doorbell(item) == Doorbell(case)
    assert case_id_of(item["pk"]) == case.case_id


def test_a_doorbell_comes_back_with_its_token() -> None:
    item = from_item(to_item(items.meta_attributes(stored(supervised())) | {"task_token": "t", "token_wait": 6}))
    assert items.doorbell(item) == Doorbell(stored(supervised()), "t", 6)


@pytest.mark.parametrize("event", [e for case in WHOLE for e in case.events], ids=lambda event: event.type)
def test_an_event_comes_back_from_its_item_and_from_the_stream(event: Event) -> None:
    image = to_item(items.event_item("20261123-00000001-7", event))
    assert items.event(from_item(image)) == event
    key = {name: image[name] for name in ("pk", "sk")}
    assert event_of(image, key) == ("20261123-00000001-7", event)


def test_a_record_that_nobody_understands_tells_where_it_lies_and_not_what_it_says() -> None:
    image = to_item(items.event_item("20261123-00000001-7", last(supervised())) | {"type": "FromTheFuture"})
    with pytest.raises(NotAnEvent) as parked:
        event_of(image, {name: image[name] for name in ("pk", "sk")})
    assert (parked.value.case_id, parked.value.version) == ("20261123-00000001-7", "EVENT#000007")


NOTICE = Notice(
    "20261123-00000001-7", 2, "dispatched", Audience.UNIT, "ENV-1", "CaseDispatched", Status.DISPATCHED, 1, FILED,
    FILED, Timing.OFFICE, {"unit": "ENV-1", "step": 1, "first": False},
)  # fmt: skip
SENT = replace(NOTICE, state=NoticeState.SENT, attempts=2, until=9, sent_at=FILED, message_id="m", reason="r", facts={})


@pytest.mark.parametrize("notice", [NOTICE, SENT])
def test_a_notice_comes_back_from_its_item(notice: Notice) -> None:
    assert items.notice(from_item(to_item(items.notice_item(notice)))) == notice


def test_words_ratings_and_decisions_come_back() -> None:
    rating = RatingRecord(2, 7, FILED, Rating(1, 2, 3, 4, 5))
    decision = DecisionRecord(2, {"confidence": 1.0, "unit": None, "candidates": [{"score": 0.123456789, "n": 3}]})
    words = Words(3, {"text": "多行\n文字 😡", "lat": "22.5"})
    made = [from_item(to_item(items.record_item("c", record))) for record in (words, rating, decision)]
    assert [items.words(made[0]), items.rating(made[1]), items.decision(made[2])] == [words, rating, decision]


@dataclass(frozen=True)
class Everything:
    """One field of each type that the domain uses."""

    text: str
    number: int
    share: float
    flag: bool
    kind: Kind
    moments: dict[str, datetime]
    nested: dict[str, str | int | bool]
    result: Result | None = None
    limit: Limit | None = None
    at: datetime | None = None


@given(
    st.builds(
        Everything, st.text(min_size=1), st.integers(-(2**60), 2**60),
        st.floats(-1e9, 1e9).map(lambda x: round(x, 6)), st.booleans(), st.sampled_from(Kind),
        st.dictionaries(st.text(min_size=1), st.just(FILED), min_size=1),
        st.dictionaries(st.text(min_size=1), st.text(min_size=1) | st.integers(-9, 9) | st.booleans(), min_size=1),
        st.none() | st.sampled_from(Result), st.none() | st.builds(Limit, st.integers(1, 9999), st.just("wd")),
        st.none() | st.just(FILED),
    )
)  # fmt: skip
def test_a_value_of_each_type_comes_back_equal_and_of_its_type(value: Everything) -> None:
    found = revive(Everything, from_item(to_item(plain(value))))
    assert found == value
    assert (type(found.share), type(found.number), type(found.flag)) == (float, int, bool)


def test_what_says_nothing_is_left_out() -> None:
    assert to_item({"a": None, "b": {}, "c": (), "d": "", "e": 0, "f": False, "g": [1]}) == {
        "e": {"N": "0"}, "f": {"BOOL": False}, "g": {"L": [{"N": "1"}]},
    }  # fmt: skip


def test_a_dataclass_told_as_values_keeps_its_nones_so_that_a_change_to_none_is_seen() -> None:
    assert plain(stored(supervised()), frozenset({"events"}))["closed_at"] is None


def test_an_attribute_that_this_version_does_not_know_is_ignored() -> None:
    case = stored(supervised())
    assert revive(Case, from_item(to_item(items.meta_attributes(case))) | {"from_the_future": 1}) == case


def test_numbers_are_written_as_dynamodb_counts() -> None:
    assert to_item({"share": 0.1, "whole": 3}) == {"share": {"N": "0.1"}, "whole": {"N": "3"}}
