"""Whatever is asked of a case, in whatever order and however late: what must hold still holds.

A run takes steps one after the other: somebody asks for a move, legal or not, or time passes, or the clock looks.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suban.app.flow_state import flow_state
from suban.domain.case import Case
from suban.domain.clockwork import tick
from suban.domain.errors import IllegalMove
from suban.domain.events import SYSTEM, EventType
from suban.domain.limits import Limit
from suban.domain.moves import MOVES
from suban.domain.rating import Rating
from suban.domain.words import Action, Next, Result, Status
from tests.factories import CITIZEN, DISPATCHER, DOUBT, FILED, STAFF, SUPERVISOR, assignment, rules, submitted

LIMITS = ["1wd", "2wd", "3wd", "10wd", "15wd", "24h", "1h", "4wh"]
BY_TIME = {
    EventType.DISPATCH_OVERDUE: {Status.AT_DESK},
    EventType.CONTACT_MISSED: {Status.DISPATCHED, Status.ACKNOWLEDGED},
    EventType.CASE_DUE_SOON: {Status.DISPATCHED, Status.ACKNOWLEDGED, Status.SUPERVISED},
    EventType.CASE_OVERDUE: {Status.DISPATCHED, Status.ACKNOWLEDGED, Status.SUPERVISED},
    EventType.CASE_ESCALATED: {Status.DISPATCHED, Status.ACKNOWLEDGED, Status.SUPERVISED},
    EventType.REVIEW_DUE: {Status.SUPERVISED},
}
ANY_STATUS = {EventType.LIFE_STARTED}


@dataclass(frozen=True)
class Step:
    """`ask`: an action, or clock, desk or life. `wait`: seconds that pass before; `level` and `limit` fill it out."""

    ask: str
    wait: int
    level: int
    limit: str


ASKS = [*Action, "clock", "clock", "clock", "desk", "life"]
LIKELY = ["dispatch", "complete", "rate", "rate", "complete", "supervise", "close", "reopen"]
WAITS = st.sampled_from([0, 60, 3600, 86_400, 3 * 86_400, 8 * 86_400, 15 * 86_400])
steps = st.lists(
    st.builds(Step, st.sampled_from(ASKS + LIKELY), WAITS, st.integers(1, 5), st.sampled_from(LIMITS)), max_size=30
)


def asked(case: Case, step: Step, at: datetime) -> Case:
    """The case after the step; raises IllegalMove."""
    moves = {
        Action.DISPATCH: lambda: case.dispatch(assignment(step.limit), DISPATCHER, at, rules(), urgent=step.level > 4),
        Action.ACKNOWLEDGE: lambda: case.acknowledge(STAFF, at, rules()),
        Action.CONTACT: lambda: case.record_contact(STAFF, at, rules()),
        Action.COMPLETE: lambda: case.complete(Result.RESOLVED, STAFF, at, rules()),
        Action.RATE: lambda: case.rate(Rating(3, 3, 3, 3, step.level), CITIZEN, at, rules()),
        Action.SUPPLEMENT: lambda: case.supplement(CITIZEN, at, rules()),
        Action.WITHDRAW: lambda: case.withdraw(CITIZEN, at, rules()),
        Action.URGE: lambda: case.urge(CITIZEN if step.level > 2 else SUPERVISOR, at, rules()),
        Action.SUPERVISE: lambda: case.order(SUPERVISOR, at, rules()),
        Action.CLOSE: lambda: case.close(SUPERVISOR, at, rules()),
        Action.REOPEN: lambda: case.reopen(CITIZEN, at, rules()),
        "clock": lambda: tick(case, at, rules()),
        "desk": lambda: case.send_to_desk(DOUBT, SYSTEM, at, rules()),
        "life": lambda: case.start_life(SYSTEM, at) if case.is_open else case,
    }
    return moves[step.ask]()


def run(story: list[Step]) -> list[tuple[Case, Case]]:
    """Each case before and after every step that was not refused."""
    case, at, moved = submitted(), FILED, []
    for step in story:
        at += timedelta(seconds=step.wait)
        try:
            after = asked(case, step, at)
        except IllegalMove:
            continue
        if after is not case:
            moved.append((case, after))
        case = after
    return moved


@given(steps)
@settings(max_examples=300)
def test_no_sequence_leaves_the_table_of_moves(story: list[Step]) -> None:
    for before, after in run(story):
        event = after.events[-1]
        if event.action:
            assert after.status in MOVES[before.status][Action(event.action)]
        elif event.type is EventType.CASE_CLOSED_UNRATED:
            assert (before.status, after.status) == (Status.COMPLETED, Status.CLOSED)
        else:
            assert after.status is before.status
            assert event.type in ANY_STATUS or before.status in BY_TIME[event.type]


@given(steps)
@settings(max_examples=300)
def test_version_events_and_time_agree(story: list[Step]) -> None:
    for before, after in run(story):
        event = after.events[-1]
        assert after.version == len(after.events) == before.version + 1 == event.version
        assert (event.status, event.round, event.life, event.at) == (
            after.status, after.round, after.life, after.changed_at,
        )  # fmt: skip
        assert [e.version for e in after.events] == list(range(1, after.version + 1))
        assert after.changed_at >= before.changed_at


@given(steps)
@settings(max_examples=300)
def test_the_bell_rings_exactly_when_what_the_machine_waits_for_ends_or_comes_earlier(story: list[Step]) -> None:
    for before, after in run(story):
        other_wait = (after.next, after.life) != (before.next, before.life)
        earlier = after.deadline is not None and (before.deadline is None or after.deadline < before.deadline)
        assert after.wait == before.wait + (other_wait or earlier)


@given(steps)
@settings(max_examples=300)
def test_every_open_case_has_somebody_waited_for_and_a_deadline(story: list[Step]) -> None:
    waits = {
        Status.AT_DESK: Next.DESK, Status.DISPATCHED: Next.HANDLING, Status.ACKNOWLEDGED: Next.HANDLING,
        Status.COMPLETED: Next.RATING, Status.SUPERVISED: Next.SUPERVISION, Status.SUBMITTED: Next.DISPATCH,
        Status.CLOSED: Next.END, Status.WITHDRAWN: Next.END,
    }  # fmt: skip
    for _, case in run(story):
        assert case.next is waits[case.status]
        assert bool(case.deadlines) is (case.is_open and case.status is not Status.SUBMITTED)
        assert case.is_open is (case.closed_at is None) is (case.closed_as is None)
        assert 1 <= flow_state(case, case.changed_at).seconds <= 99_999_999


@given(steps)
@settings(max_examples=300)
def test_working_day_limits_end_at_the_end_of_a_working_day(story: list[Step]) -> None:
    for _, case in run(story):
        if case.due_at and case.limit and case.limit.unit == "wd" and case.status is Status.DISPATCHED:
            assert rules().work.calendar.is_working_day(case.due_at.date())
            assert case.due_at.time().isoformat() == "23:59:59"
            assert case.due_at.date() > case.submitted_at.date()


@given(steps)
@settings(max_examples=300)
def test_an_independent_count_of_rounds_negatives_lives_and_reopenings_agrees(story: list[Step]) -> None:
    for _, case in run(story):
        said = [event.type for event in case.events]
        negatives = said.count(EventType.CASE_ROLLED_BACK) + said.count(EventType.CASE_SUPERVISED)
        reopened = said.count(EventType.CASE_REOPENED)
        assert case.negatives == negatives
        assert case.reopened == reopened <= rules().limits.reopening_times
        assert case.round == 1 + said.count(EventType.CASE_ROLLED_BACK) + reopened
        assert case.life == 1 + reopened + said.count(EventType.LIFE_STARTED)
        assert said.count(EventType.CASE_ROLLED_BACK) <= 1
        if EventType.CASE_SUPERVISED in said:
            assert said.index(EventType.CASE_ROLLED_BACK) < said.index(EventType.CASE_SUPERVISED)


@given(steps)
@settings(max_examples=300)
def test_who_was_pinned_at_dispatch_stays_pinned(story: list[Step]) -> None:
    pinned = None
    for _, case in run(story):
        facts = (case.unit, case.item, case.release, case.limit, case.submitted_at)
        if pinned:
            assert facts == pinned
        if case.unit:
            pinned = facts


@given(steps, st.integers(0, 40))
def test_a_look_made_twice_at_the_same_moment_ends(story: list[Step], days: int) -> None:
    moved = run(story)
    case = moved[-1][1] if moved else submitted()
    at = case.changed_at + timedelta(days=days)
    looks = 0
    while (after := tick(case, at, rules())) is not case:
        case, looks = after, looks + 1
    assert looks <= (at - FILED).days + 5  # one event a deadline, one escalation a day at most
    assert case.deadline is None or case.deadline > at


@given(st.integers(1, 9999), st.sampled_from(["min", "h", "d", "wd", "wh"]))
def test_halving_rounds_up_and_never_gives_less_than_one(amount: int, unit: str) -> None:
    half = Limit.parse(f"{amount}{unit}").halved()
    assert half.unit == unit
    assert half.amount >= 1
    assert amount <= 2 * half.amount <= amount + 1


@given(steps)
def test_a_refused_move_changes_nothing(story: list[Step]) -> None:
    case, at = submitted(), FILED
    for step in story:
        at += timedelta(seconds=step.wait)
        kept = replace(case)
        try:
            case = asked(case, step, at)
        except IllegalMove:
            assert case == kept
