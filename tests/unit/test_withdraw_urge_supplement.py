"""What a citizen may do while others work."""

from collections.abc import Callable

import pytest

from suban.domain.case import Case
from suban.domain.errors import IllegalMove, UrgedToday
from suban.domain.events import EventType
from suban.domain.words import Next, Status
from tests.factories import (
    CITIZEN,
    SUPERVISOR,
    UNIT,
    acknowledged,
    after,
    answered,
    at_desk,
    completed,
    difference,
    dispatched,
    last,
    rolled_back,
    rules,
    submitted,
    supervised,
)
from tests.unit.city import at


@pytest.mark.parametrize("whole", [submitted, at_desk, dispatched, acknowledged, rolled_back])
def test_a_citizen_withdraws_until_the_unit_has_answered(whole: Callable[[], Case]) -> None:
    before = whole()
    case = before.withdraw(CITIZEN, after(days=4), rules())
    changed = dict(difference(before, case))
    assert changed.pop("deadlines", {}) == {}
    assert changed == {
        "status": Status.WITHDRAWN, "next": Next.END, "wait": before.wait + 1, "closed_at": after(days=4),
        "closed_as": "withdrawn",
    }  # fmt: skip
    assert (last(case).type, case.is_open) == (EventType.CASE_WITHDRAWN, False)


def test_the_event_of_a_withdrawal_tells_who_held_the_case() -> None:
    assert last(dispatched().withdraw(CITIZEN, after(hours=1), rules())).facts == {"unit": UNIT}
    assert last(submitted().withdraw(CITIZEN, after(hours=1), rules())).facts == {}


@pytest.mark.parametrize("whole", [submitted, at_desk, dispatched, acknowledged, completed, supervised, answered])
def test_a_supplement_moves_nothing_and_is_an_event(whole: Callable[[], Case]) -> None:
    before = whole()
    case = before.supplement(CITIZEN, after(days=6), rules())
    assert difference(before, case) == {}
    assert (last(case).type, last(case).action, last(case).at) == (
        EventType.CASE_SUPPLEMENTED, "supplement", after(days=6),
    )  # fmt: skip


def test_an_urge_is_recorded_and_moves_no_deadline() -> None:
    before = dispatched()
    case = before.urge(CITIZEN, after(hours=1), rules())
    assert difference(before, case) == {"urged_at": after(hours=1)}
    assert (last(case).type, last(case).facts["by"], last(case).facts["unit"]) == (
        EventType.CASE_URGED,
        "citizen",
        UNIT,
    )


def test_a_citizen_urges_once_a_day_counted_in_calendar_days() -> None:
    urged = dispatched().urge(CITIZEN, at("2026-11-23 23:30:00"), rules())
    with pytest.raises(UrgedToday):
        urged.urge(CITIZEN, at("2026-11-23 23:59:59"), rules())
    assert urged.urge(CITIZEN, at("2026-11-24 00:00:00"), rules()).urged_at == at("2026-11-24 00:00:00")


def test_a_supervisor_urges_whenever_needed_and_leaves_the_citizen_its_own() -> None:
    once = dispatched().urge(SUPERVISOR, after(hours=1), rules())
    twice = once.urge(SUPERVISOR, after(hours=2), rules())
    assert (twice.urged_at, last(twice).facts["by"]) == (None, "supervisor")
    assert twice.urge(CITIZEN, after(hours=3), rules()).urged_at == after(hours=3)


def test_nobody_is_urged_where_nobody_works() -> None:
    for case in (submitted(), completed()):
        with pytest.raises(IllegalMove):
            case.urge(CITIZEN, after(days=3), rules())
