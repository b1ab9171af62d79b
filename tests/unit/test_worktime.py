"""What the worked examples leave out: zones, seconds, and the edges of office and quiet hours."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from suban.domain.calendar import china
from suban.domain.limits import Limit
from tests.unit.city import at, work_time

WORK = work_time()


def test_a_moment_from_another_zone_counts_on_chinas_clock() -> None:
    late_sunday_in_utc = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert WORK.due(late_sunday_in_utc, Limit(1, "wd")) == at("2026-11-24 23:59:59")
    assert WORK.office_moment(late_sunday_in_utc) == at("2026-11-23 09:00:00")
    assert WORK.after_quiet(late_sunday_in_utc) == at("2026-11-23 08:00:00")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        WORK.due(datetime(2026, 11, 23, 10), Limit(1, "wd"))  # noqa: DTZ001 - that is the point


def test_moments_have_whole_seconds() -> None:
    assert china(at("2026-11-23 10:00:00").replace(microsecond=999_999)) == at("2026-11-23 10:00:00")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:59:59", False),
        ("2026-11-23 09:00:00", True),
        ("2026-11-23 11:59:59", True),
        ("2026-11-23 12:00:00", False),
        ("2026-11-23 14:00:00", True),
        ("2026-11-23 18:00:00", False),
        ("2026-11-22 10:00:00", False),
        ("2026-09-20 10:00:00", True),
        ("2026-10-01 10:00:00", False),
    ],
)
def test_offices_open_at_their_first_minute_and_are_closed_at_their_last(moment: str, is_open: bool) -> None:  # noqa: FBT001
    assert WORK.office.is_open(at(moment)) == is_open


def test_a_working_day_has_seven_office_hours() -> None:
    assert WORK.office.minutes_per_day == 420


def test_quiet_hours_may_lie_within_one_day() -> None:
    siesta = replace(WORK, limits=replace(WORK.limits, quiet_from=time(12), quiet_to=time(14)))
    assert siesta.after_quiet(at("2026-11-23 12:00:00")) == at("2026-11-23 14:00:00")
    assert siesta.after_quiet(at("2026-11-23 14:00:00")) == at("2026-11-23 14:00:00")
    assert siesta.after_quiet(at("2026-11-23 23:00:00")) == at("2026-11-23 23:00:00")


def test_an_invitation_of_a_holiday_waits_until_work_begins_again() -> None:
    assert WORK.next_working_morning(at("2026-09-30 10:00:00")) == at("2026-10-08 09:00:00")


def test_the_pinned_limit_decides_a_tie() -> None:
    assert WORK.strictest(at("2026-11-23 10:00:00"), Limit(2, "wd"), Limit(2, "wd")) == Limit(2, "wd")
