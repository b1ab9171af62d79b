"""Working time on every kind of day, 2018 into years not announced, and against an oracle that walks by minutes."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suban.domain.calendar import CHINA
from suban.domain.limits import Limit
from tests.unit.city import work_time

WORK = work_time()
MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(2018, 1, 1), datetime(2028, 12, 31)).map(  # noqa: DTZ001 - China's zone follows
    lambda moment: moment.replace(microsecond=0, tzinfo=CHINA)
)
limits = st.builds(Limit, st.integers(1, 60), st.sampled_from(["min", "h", "d", "wd", "wh"]))
working_limits = st.builds(Limit, st.integers(1, 60), st.sampled_from(["wd", "wh"]))


def walk(moment: datetime, minutes: int) -> datetime:
    """Working minutes counted one at a time; `moment` on a whole minute."""
    while minutes:
        minutes -= WORK.office.is_open(moment)
        moment += MINUTE
    return moment


@given(moments, working_limits)
def test_due_dates_never_fall_on_a_rest_day(start: datetime, limit: Limit) -> None:
    assert WORK.calendar.is_working_day(WORK.due(start, limit).date())


@given(moments, limits)
def test_a_limit_ends_after_it_began(start: datetime, limit: Limit) -> None:
    assert WORK.due(start, limit) > start


@given(moments, st.integers(1, 30))
def test_between_submission_and_due_date_lie_exactly_n_working_days(start: datetime, n: int) -> None:
    due = WORK.due(start, Limit(n, "wd"))
    days = [start.date() + timedelta(k) for k in range(1, (due.date() - start.date()).days + 1)]
    assert sum(map(WORK.calendar.is_working_day, days)) == n
    assert (due.hour, due.minute, due.second) == (23, 59, 59)


@given(moments, moments, limits)
def test_who_files_later_is_never_due_earlier(one: datetime, other: datetime, limit: Limit) -> None:
    earlier, later = sorted((one, other))
    assert WORK.due(earlier, limit) <= WORK.due(later, limit)


@given(moments, limits)
def test_a_longer_limit_ends_later(start: datetime, limit: Limit) -> None:
    assert WORK.due(start, Limit(limit.amount + 1, limit.unit)) > WORK.due(start, limit)


@given(limits)
def test_halving_never_gives_less_than_half_or_less_than_one(limit: Limit) -> None:
    halved = limit.halved()
    assert halved.unit == limit.unit
    assert halved.amount >= 1
    assert 2 * halved.amount - limit.amount in (0, 1)


@given(moments, limits)
def test_due_soon_lies_between_the_start_and_the_due_date(start: datetime, limit: Limit) -> None:
    due = WORK.due(start, limit)
    assert start <= WORK.due_soon(due, limit) < due


@given(moments, working_limits)
def test_due_soon_of_working_time_is_never_on_a_rest_day(start: datetime, limit: Limit) -> None:
    assert WORK.calendar.is_working_day(WORK.due_soon(WORK.due(start, limit), limit).date())


@settings(max_examples=60, deadline=None)
@given(moments.map(lambda moment: moment.replace(second=0)), st.integers(1, 900))
def test_working_minutes_are_those_an_oracle_counts_one_by_one(start: datetime, minutes: int) -> None:
    assert WORK.office.add_minutes(start, minutes) == walk(start, minutes)


@given(moments, st.integers(1, 5000))
def test_taking_minutes_back_undoes_adding_them(start: datetime, minutes: int) -> None:
    ended = WORK.office.add_minutes(start, minutes)
    assert WORK.office.take_minutes(ended, minutes) == WORK.office.next_opening(start)


@given(moments)
def test_reminders_go_out_in_office_hours(moment: datetime) -> None:
    reminder = WORK.office_moment(moment)
    assert reminder >= moment
    assert WORK.office.is_open(reminder)
    assert reminder == moment or not WORK.office.is_open(moment)


@given(moments)
def test_invitations_go_out_on_a_later_working_morning(moment: datetime) -> None:
    invitation = WORK.next_working_morning(moment)
    assert invitation > moment
    assert WORK.calendar.is_working_day(invitation.date())
    assert invitation.time() == WORK.limits.invitation_at


@given(moments)
def test_nothing_is_told_in_quiet_hours(moment: datetime) -> None:
    told = WORK.after_quiet(moment)
    assert told >= moment
    assert not WORK.is_quiet(told)
    assert told == moment or WORK.is_quiet(moment)
