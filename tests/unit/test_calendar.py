"""The published calendar agrees with two independent packages; an unpublished year rests on what never moves."""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from suban.domain.calendar import WorkCalendar
from tests.unit.city import CATALOG, calendar_years

YEARS = range(2018, 2027)
FIXED = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
CALENDAR = WorkCalendar.of(calendar_years(), FIXED)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_published_day_is_what_chinesecalendar_says(year: int) -> None:
    wrong = [day for day in days_of(year) if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_every_published_day_is_what_holidays_says(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    wrong = [day for day in days_of(year) if CALENDAR.is_working_day(day) != china.is_working_day(day)]
    assert wrong == []


def test_a_make_up_sunday_works_and_a_holiday_monday_rests() -> None:
    assert CALENDAR.is_working_day(date(2026, 9, 20))
    assert not CALENDAR.is_working_day(date(2026, 2, 16))


def test_a_year_not_announced_rests_on_weekends_and_fixed_dates_only() -> None:
    resting = [day for day in days_of(2027) if not CALENDAR.is_working_day(day)]
    assert resting == [day for day in days_of(2027) if day.weekday() >= 5 or (day.month, day.day) in FIXED]


def test_only_announced_years_are_known() -> None:
    assert [CALENDAR.is_known(date(year, 6, 1)) for year in (2017, 2018, 2026, 2027)] == [False, True, True, False]


def test_next_and_previous_skip_the_rest_days() -> None:
    assert CALENDAR.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CALENDAR.previous_working_day(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CALENDAR.next_working_day(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_no_working_day_is_not_a_number_of_working_days() -> None:
    with pytest.raises(ValueError, match="0 is not a number"):
        CALENDAR.next_working_day(date(2026, 9, 30), 0)


def test_a_day_filed_under_another_year_is_named() -> None:
    with pytest.raises(ValueError, match="calendar 2026: holiday 2025-12-31"):
        WorkCalendar.of({"2026": {"holiday": {"2025-12-31": "元旦"}, "makeup": {}}}, FIXED)


@pytest.mark.parametrize("path", sorted(CATALOG.glob("calendar/*.csv")), ids=lambda path: path.stem)
def test_days_are_listed_once_in_order_and_make_up_days_are_weekend_days(path: Path) -> None:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    dates = [row["date"] for row in rows]
    assert dates == sorted(set(dates))
    assert all(date.fromisoformat(row["date"]).weekday() >= 5 for row in rows if row["kind"] == "makeup")
