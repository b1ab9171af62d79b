"""Automatic dispatch: sure → the one unit, unsure → the desk; done once, by the machine."""

from dataclasses import dataclass, field, replace

import pytest

from suban.app.dispatch_case import Dispatcher, handling_limit
from suban.app.ports import FlowState
from suban.domain.case import Case
from suban.domain.dispatching import Ranking, Scored, Sign
from suban.domain.errors import Busy, NotFound, StaleVersion
from suban.domain.records import Change, DecisionRecord, Words
from suban.domain.words import Kind, Status
from tests.factories import CITIZEN, FILED, after, rules, stored, submitted
from tests.fakes import FakeMetrics, FixedClock
from tests.tiny_city import city
from tests.twins import MemoryCases

CASE = submitted().case_id


@dataclass
class Sure:
    """A classifier that has one opinion and remembers what it was asked."""

    item: str = "03-01-001"
    confidence: float = 0.99
    signs: dict[Sign, tuple[str, ...]] = field(default_factory=dict)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)

    def classify(self, text: str, kind: str, theme: str | None) -> Ranking:
        self.asked.append((text, kind, theme))
        return Ranking((Scored(self.item, 1.0),), self.confidence, self.signs)

    def threshold(self, precision: float) -> float:
        return precision

    def simplify(self, text: str) -> str:
        return text


def world(
    classifier: Sure | None = None, case: Case | None = None, cases: MemoryCases | None = None, **said: str
) -> tuple[Dispatcher, MemoryCases, FakeMetrics]:
    cases, metrics = cases or MemoryCases(), FakeMetrics()
    MemoryCases.commit(cases, Change(None, case or submitted(), (Words(1, {"text": "半夜打桩", **said}),)))
    dispatcher = Dispatcher(cases, FixedClock(after(minutes=1)), city(), rules(), classifier or Sure(), metrics)
    return dispatcher, cases, metrics


def dispatched(cases: MemoryCases) -> Case:
    case = cases.get(CASE)
    assert case is not None
    return case


def test_a_sure_decision_names_the_unit_and_pins_the_stricter_limit() -> None:
    dispatch, cases, metrics = world()
    state = dispatch(CASE)
    case = dispatched(cases)
    assert (case.status, case.unit, case.item, case.limit and case.limit.text) == (
        Status.DISPATCHED, "ENV-1", "03-01-001", "3wd",
    )  # fmt: skip
    assert (case.release, case.rule, case.confidence) == ("r1", "sure", 0.99)
    assert state == FlowState(CASE, "handling", 2, 24 * 3600)
    assert metrics.counted == [("Dispatched", {"how": "automatic", "rule": "sure"})]


def test_an_unsure_one_goes_to_the_desk_of_the_district_with_its_candidates() -> None:
    dispatch, cases, metrics = world(Sure(confidence=0.4))
    state = dispatch(CASE)
    case = dispatched(cases)
    assert (case.status, case.desk, case.unit) == (Status.AT_DESK, "DESK-440301", None)
    assert (state.next, state.wait) == ("desk", 2)
    story = cases.story(CASE)
    assert story is not None
    ((record,), facts) = story.decisions, story.decisions[0].facts
    assert isinstance(record, DecisionRecord)
    assert (record.version, facts["rule"], facts["confidence"]) == (2, "unsure", 0.4)
    assert metrics.counted == [("Dispatched", {"how": "desk", "rule": "unsure"})]


def test_where_the_place_is_not_known_it_is_the_citys_desk() -> None:
    dispatch, cases, _ = world(case=submitted(district=None, street=None))
    dispatch(CASE)
    assert (dispatched(cases).desk, dispatched(cases).rule) == ("DESK-CITY", None)


def test_words_of_the_address_tell_the_place() -> None:
    dispatch, cases, _ = world(case=submitted(district=None, street=None), address="乙海区海边路 1 号")
    dispatch(CASE)
    assert (dispatched(cases).district, dispatched(cases).unit) == ("440302", "ENV-2")


def test_what_was_added_before_dispatch_is_read_too() -> None:
    classifier = Sure()
    dispatch, cases, _ = world(classifier)
    more = stored(submitted()).supplement(CITIZEN, after(seconds=5), rules())
    cases.commit(Change(stored(submitted()), more, (Words(2, {"text": "连着三晚"}),)))
    dispatch(CASE)
    assert classifier.asked == [("半夜打桩\n连着三晚", "complaint", None)]


def test_words_of_danger_make_the_case_urgent_whoever_gets_it() -> None:
    for confidence, status in ((0.99, Status.DISPATCHED), (0.1, Status.AT_DESK)):
        dispatch, cases, _ = world(Sure(confidence=confidence, signs={Sign.URGENT: ("爆炸",)}))
        dispatch(CASE)
        assert (dispatched(cases).status, dispatched(cases).urgent) == (status, True)


def test_a_case_is_dispatched_once_and_whoever_comes_later_is_told_where_it_is() -> None:
    dispatch, cases, metrics = world()
    first = dispatch(CASE)
    assert dispatch(CASE) == first
    assert (dispatched(cases).version, len(metrics.counted)) == (2, 1)


def test_a_case_withdrawn_before_is_left_alone() -> None:
    gone = submitted().withdraw(CITIZEN, after(seconds=5), rules())
    dispatch, cases, _ = world(case=gone)
    assert dispatch(CASE).next == "end"
    assert dispatched(cases) == stored(gone)


def test_a_supplement_that_comes_between_is_read_before_deciding_again() -> None:
    class Interrupted(MemoryCases):
        once = False

        def commit(self, change: Change) -> None:
            if not self.once:
                self.once = True
                more = stored(submitted()).supplement(CITIZEN, after(seconds=5), rules())
                super().commit(Change(stored(submitted()), more, (Words(2, {"text": "连着三晚"}),)))
            super().commit(change)

    classifier = Sure()
    dispatch, cases, _ = world(classifier, cases=Interrupted())
    dispatch(CASE)
    assert [text for text, _, _ in classifier.asked] == ["半夜打桩", "半夜打桩\n连着三晚"]
    assert dispatched(cases).version == 3


def test_a_case_that_is_written_to_again_and_again_is_left_to_the_machines_retry() -> None:
    class Restless(MemoryCases):
        def commit(self, change: Change) -> None:
            raise StaleVersion

    dispatch, _, _ = world(cases=Restless())
    with pytest.raises(Busy):
        dispatch(CASE)


def test_an_unknown_case_is_a_fault() -> None:
    with pytest.raises(NotFound):
        world()[0]("20261123-00000009-0")


@pytest.mark.parametrize(
    ("kind", "item", "limit"),
    [
        (Kind.COMPLAINT, "06-02-001", "15wd"),  # the item has none
        (Kind.COMPLAINT, "03-01-001", "3wd"),  # the item is stricter
        (Kind.INQUIRY, "03-01-001", "2wd"),  # the kind is stricter
        (Kind.HELP, "06-01-001", "24h"),
        (Kind.HELP, "06-01-002", "24h"),  # 24 × 7: a working day is twenty-four hours
        (Kind.SUGGESTION, "06-02-001", "10wd"),
    ],
)
def test_the_stricter_of_kind_and_item_applies(kind: Kind, item: str, limit: str) -> None:
    assert handling_limit(submitted(kind=kind), item, city(), rules()).text == limit


def test_the_machine_makes_the_move_itself() -> None:
    dispatch, cases, _ = world()
    cases._bells[CASE] = replace(cases._bells[CASE], token="left over", token_wait=0)
    dispatch(CASE)
    bell = cases.doorbell(CASE)
    assert bell is not None
    assert (bell.token, bell.case.submitted_at) == (None, FILED)
