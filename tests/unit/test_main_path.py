"""submitted → dispatched → acknowledged → completed → closed, and the desk between the first two."""

from dataclasses import replace

import pytest

from suban.domain.errors import IllegalMove
from suban.domain.events import SYSTEM, Event, EventType
from suban.domain.limits import Limit
from suban.domain.moves import ENDED, MOVES
from suban.domain.words import Action, Next, Result, Status
from tests.factories import (
    CITIZEN,
    DESK,
    DISPATCHER,
    DISTRICT,
    DOUBT,
    FILED,
    ITEM,
    STAFF,
    STREET,
    UNIT,
    acknowledged,
    after,
    assignment,
    at_desk,
    completed,
    difference,
    dispatched,
    happened,
    last,
    rolled_back,
    rules,
    submitted,
)
from tests.unit.city import at

DUE = at("2026-12-14 23:59:59")  # fifteen working days after Monday 2026-11-23
DUE_SOON = at("2026-12-11 23:59:59")


def test_a_submitted_case_waits_for_dispatch_and_has_its_first_event() -> None:
    case = submitted()
    facts = (case.status, case.version, case.round, case.life, case.wait, case.next, case.deadlines)
    assert facts == (Status.SUBMITTED, 1, 1, 1, 1, Next.DISPATCH, {})
    told = {"channel": "app", "kind": "complaint"}
    submission = Event(
        EventType.CASE_SUBMITTED, 1, FILED, "citizen:p1", Status.SUBMITTED, 1, 1, told, "", CITIZEN.request
    )
    assert case.events == (submission,)


def test_dispatch_pins_what_applied_and_sets_the_units_deadlines() -> None:
    before = submitted(district=None, street=None)
    case = before.dispatch(assignment(), SYSTEM, after(minutes=1), rules())
    assert difference(before, case) == {
        "status": Status.DISPATCHED, "next": Next.HANDLING, "wait": 2, "unit": UNIT, "first_unit": UNIT, "item": ITEM,
        "release": "r1", "rule": "sure", "confidence": 0.99, "limit": Limit(15, "wd"), "due_at": DUE,
        "district": DISTRICT, "street": STREET,
        "deadlines": {"contact": after(days=1, minutes=1), "due_soon": DUE_SOON, "due": DUE},
    }  # fmt: skip
    facts = {"unit": UNIT, "due": DUE.isoformat(), "item": ITEM, "release": "r1", "rule": "sure"}
    assert last(case) == Event(
        EventType.CASE_DISPATCHED, 2, after(minutes=1), "system", Status.DISPATCHED, 1, 1, facts, "dispatch"
    )


def test_the_clock_runs_from_submission_however_late_the_dispatch() -> None:
    late = at_desk().dispatch(assignment(), DISPATCHER, after(days=9), rules())
    assert late.due_at == DUE


def test_a_case_dispatched_after_its_due_date_is_overdue_at_once() -> None:
    case = at_desk().dispatch(assignment("2wd"), DISPATCHER, after(days=9), rules())
    assert case.deadlines == {"due": at("2026-11-25 23:59:59")}


def test_reminders_that_are_past_or_not_before_the_due_date_are_left_out() -> None:
    assert dispatched(limit="24h").deadlines == {
        "due_soon": at("2026-11-24 04:00:00"),
        "due": at("2026-11-24 10:00:00"),
    }


def test_an_unsure_case_goes_to_the_desk_within_two_working_hours() -> None:
    before = submitted(district=None, street=None)
    case = before.send_to_desk(DOUBT, SYSTEM, after(minutes=1), rules())
    noon = at("2026-11-23 12:00:00")
    assert difference(before, case) == {
        "status": Status.AT_DESK, "next": Next.DESK, "wait": 2, "desk": DESK, "release": "r1", "due_at": noon,
        "deadlines": {"desk": noon}, "district": DISTRICT, "street": STREET,
    }  # fmt: skip
    facts = {"desk": DESK, "due": noon.isoformat(), "reason": "unsure"}
    assert last(case) == Event(
        EventType.CASE_SENT_TO_DESK, 2, after(minutes=1), "system", Status.AT_DESK, 1, 1, facts, "dispatch"
    )


def test_an_urgent_case_waits_at_the_desk_for_half_an_hour_at_any_hour() -> None:
    case = at_desk(at("2026-11-28 03:01:00"), at=at("2026-11-28 03:00:00"), urgent=True)
    assert (case.urgent, case.deadlines) == (True, {"desk": at("2026-11-28 03:30:00")})


def test_a_desk_knows_no_second_desk() -> None:
    for case in (at_desk(), dispatched()):
        with pytest.raises(IllegalMove):
            case.send_to_desk(DOUBT, SYSTEM, after(hours=1), rules())


def test_a_dispatcher_takes_the_case_from_the_desk() -> None:
    before = replace(at_desk(), overdue=True)
    case = before.dispatch(assignment(), DISPATCHER, after(hours=1), rules())
    changed = difference(before, case)
    assert (changed["status"], changed["desk"], changed["overdue"], changed["wait"]) == (
        Status.DISPATCHED,
        None,
        False,
        3,
    )
    assert (last(case).actor, last(case).request) == ("dispatcher:d1", "asked-by-desk")


def test_an_urgent_case_stays_urgent_whatever_the_dispatcher_says() -> None:
    assert at_desk(urgent=True).dispatch(assignment(), DISPATCHER, after(hours=1), rules()).urgent


def test_signing_moves_no_deadline_and_rings_no_bell() -> None:
    before = dispatched()
    case = before.acknowledge(STAFF, after(hours=1), rules())
    assert difference(before, case) == {"status": Status.ACKNOWLEDGED, "acknowledged_at": after(hours=1)}
    assert happened(case) == ["CaseSubmitted", "CaseDispatched", "CaseAcknowledged"]


def test_the_first_contact_counts_and_later_ones_are_recorded() -> None:
    before = acknowledged()
    first = before.record_contact(STAFF, after(hours=2), rules())
    assert difference(before, first) == {
        "contacted_at": after(hours=2),
        "deadlines": {"due_soon": DUE_SOON, "due": DUE},
    }
    assert last(first).facts["first"] is True
    second = first.record_contact(STAFF, after(hours=3), rules())
    assert difference(first, second) == {}
    assert (last(second).type, last(second).facts["first"]) == (EventType.CONTACT_RECORDED, False)


def test_completing_ends_the_units_wait_and_begins_fourteen_days_of_rating() -> None:
    before = acknowledged()
    case = before.complete(Result.NOT_ACCEPTED, STAFF, after(days=2), rules(), "private_matter")
    assert difference(before, case) == {
        "status": Status.COMPLETED, "next": Next.RATING, "wait": 3, "result": Result.NOT_ACCEPTED,
        "completed_at": after(days=2), "deadlines": {"rating": after(days=16)},
    }  # fmt: skip
    assert last(case).facts == {
        "unit": UNIT, "due": after(days=16).isoformat(), "result": "not_accepted", "reason": "private_matter",
        "overdue": False,
    }  # fmt: skip


def test_a_unit_may_complete_without_having_signed() -> None:
    assert dispatched().complete(Result.ANSWERED, STAFF, after(hours=1), rules()).status is Status.COMPLETED


def test_an_overdue_completion_says_so() -> None:
    late = replace(acknowledged(), overdue=True).complete(Result.RESOLVED, STAFF, after(days=30), rules())
    assert last(late).facts["overdue"] is True


def test_the_table_names_every_status_and_ended_ones_lead_nowhere_but_to_rating_and_reopening() -> None:
    assert set(MOVES) == set(Status)
    assert {status: set(MOVES[status]) for status in ENDED} == {
        Status.CLOSED: {Action.RATE, Action.REOPEN},
        Status.WITHDRAWN: set(),
    }


def test_a_rework_is_dispatched_again_and_signed_again() -> None:
    again = rolled_back().acknowledge(STAFF, after(days=3, hours=1), rules())
    assert (again.status, again.round, again.acknowledged_at) == (Status.ACKNOWLEDGED, 2, after(days=3, hours=1))


@pytest.mark.parametrize("whole", [submitted, at_desk, dispatched, acknowledged, completed])
def test_every_move_is_one_version_and_one_event(whole: object) -> None:
    case = whole() if callable(whole) else None
    assert case is not None
    assert [event.version for event in case.events] == list(range(1, case.version + 1))
