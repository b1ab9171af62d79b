"""Who is told what and when, by the routing table of the catalogue."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from suban.app.plan_notices import Planner
from suban.domain.case import Case
from suban.domain.events import EventType
from suban.domain.notices import Audience, Notice, Route, Timing
from suban.domain.words import Result
from tests.factories import (
    BAD,
    CITIZEN,
    STAFF,
    UNIT,
    Given,
    acknowledged,
    after,
    answered,
    at_desk,
    closed_by_rating,
    closed_by_supervisor,
    closed_unrated,
    completed,
    dispatched,
    last,
    rolled_back,
    rules,
    stored,
    submitted,
    supervised,
    withdrawn,
)
from tests.tiny_city import city
from tests.unit.city import at

PLAN = Planner(city().routes, city().duty, city().rules.work)


def plan(case: Case) -> list[Notice]:
    return PLAN(last(case), stored(case))


def told(case: Case) -> Counter[tuple[str, str, str]]:
    return Counter((n.audience, n.recipient, n.template) for n in plan(case))


def test_a_notice_holds_what_its_event_said() -> None:
    case = dispatched()
    event = last(case)
    assert plan(case)[0] == Notice(
        case.case_id, 2, "dispatched", Audience.CITIZEN, "p1", EventType.CASE_DISPATCHED, event.status, 1, event.at,
        event.at, Timing.NOW, event.facts,
    )  # fmt: skip
    assert plan(case)[0].id == "000002#dispatched#p1"


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (submitted, []),
        (at_desk, [("desk", "DESK-440301", "sent_to_desk")]),
        (dispatched, [("citizen", "p1", "dispatched"), ("unit", UNIT, "dispatched")]),
        (acknowledged, []),
        (completed, [("citizen", "p1", "completed"), ("citizen", "p1", "invitation")]),
        (rolled_back, [("citizen", "p1", "rolled_back"), ("unit", UNIT, "rolled_back")]),
        (
            supervised,
            [("citizen", "p1", "supervised"), ("unit", UNIT, "supervised"), ("supervisor", "SUP-440301", "supervised")],
        ),
        (answered, [("citizen", "p1", "work_answered"), ("supervisor", "SUP-440301", "work_answered")]),
        (closed_by_rating, [("citizen", "p1", "closed"), ("unit", UNIT, "closed")]),
        (closed_by_supervisor, [("citizen", "p1", "closed"), ("unit", UNIT, "closed")]),
        (closed_unrated, [("citizen", "p1", "closed_unrated"), ("unit", UNIT, "closed_unrated")]),
        (withdrawn, [("unit", UNIT, "withdrawn")]),
    ],
)
def test_each_step_of_the_story_tells_its_people(
    whole: Callable[[], Case], expected: list[tuple[str, str, str]]
) -> None:
    assert told(whole()) == Counter(expected)


def test_nobody_holds_a_case_that_is_withdrawn_before_dispatch_so_nobody_is_told() -> None:
    assert plan(submitted().withdraw(CITIZEN, after(hours=1), rules())) == []


@pytest.mark.parametrize("silent", [{"person": None, "anonymous": True, "reachable": False}, {"reachable": False}])
def test_a_citizen_without_a_phone_is_not_written_to(silent: dict[str, Given]) -> None:
    assert told(dispatched(**silent)) == Counter([("unit", UNIT, "dispatched")])


def test_a_case_without_a_district_is_for_the_citys_supervisors() -> None:
    case = replace(supervised(), district=None)
    assert ("supervisor", "SUP-CITY", "supervised") in told(case)


def test_who_can_reopen_no_more_is_told_that_it_is_final() -> None:
    reopened = closed_by_rating().reopen(CITIZEN, after(days=4), rules())
    done = reopened.complete(Result.ANSWERED, STAFF, after(days=5), rules())
    closed = done.rate(replace(BAD, overall=4), CITIZEN, after(days=6), rules())
    assert told(closed) == Counter([("citizen", "p1", "closed_final"), ("unit", UNIT, "closed")])


def moments(case: Case) -> dict[str, datetime]:
    return {n.template: n.send_at for n in plan(case) if n.audience == "citizen"}


def test_the_invitation_goes_out_the_next_working_morning() -> None:
    friday = dispatched().complete(Result.ANSWERED, STAFF, at("2026-11-27 16:00:00"), rules())
    assert moments(friday) == {"completed": at("2026-11-27 16:00:00"), "invitation": at("2026-11-30 09:00:00")}


def test_a_citizen_is_left_alone_in_the_quiet_hours_and_a_unit_is_told_at_once() -> None:
    night = at("2026-11-23 23:10:00")
    sent = {n.audience: n.send_at for n in plan(dispatched(night))}
    assert sent == {"citizen": at("2026-11-24 08:00:00"), "unit": night}


def test_an_urgent_case_waits_for_nobodys_morning_but_the_invitation_does() -> None:
    night = at("2026-11-28 23:10:00")
    assert {n.send_at for n in plan(dispatched(night, urgent=True))} == {night}
    done = dispatched(urgent=True).complete(Result.ANSWERED, STAFF, night, rules())
    assert moments(done) == {"completed": night, "invitation": at("2026-11-30 09:00:00")}


def test_reminders_wait_for_the_office_unless_urgent() -> None:
    saturday = at("2026-11-28 10:00:00")
    for urgent, moment in ((False, at("2026-11-30 09:00:00")), (True, saturday)):
        case = dispatched(urgent=urgent)
        urged = case.urge(CITIZEN, saturday, rules())
        assert {n.send_at for n in plan(urged)} == {moment}


def test_the_same_event_plans_the_same_however_late_it_comes() -> None:
    events = closed_by_supervisor().events
    now = stored(closed_by_supervisor())
    for event in events:
        then = [n.id for n in PLAN(event, now)]
        assert then == [n.id for n in PLAN(event, now)]
    assert [n.id for n in PLAN(events[1], now)] == [n.id for n in plan(dispatched())]


@pytest.mark.parametrize("route", city().routes, ids=lambda r: f"{r.event}-{r.audience}-{r.template}")
def test_every_row_of_the_table_names_an_event_that_happens(route: Route) -> None:
    assert route.event in set(EventType)
