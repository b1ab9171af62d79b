"""China's working calendar: weekends, holidays (放假) and make-up working days (调休).

The State Council announces each year separately. A year not announced yet is guessed from weekends and the holidays
whose date never changes; whatever falls into it is provisional.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import Self

CHINA = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
SATURDAY = 5

MonthDay = tuple[int, int]
Years = Mapping[str, Mapping[str, Mapping[str, str]]]


def china(moment: datetime) -> datetime:
    """The same moment on China's clock, whole seconds. A moment without a zone could be any: ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(CHINA).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    years: frozenset[int]
    holidays: frozenset[date]
    makeup_days: frozenset[date]
    fixed_holidays: frozenset[MonthDay]

    @classmethod
    def of(cls, years: Years, fixed_holidays: Iterable[MonthDay]) -> Self:
        """`years`: {"2026": {"holiday": {"2026-01-01": "元旦"}, "makeup": {"2026-01-04": "元旦"}}}."""
        return cls(
            frozenset(map(int, years)),
            frozenset(_days(years, "holiday")),
            frozenset(_days(years, "makeup")),
            frozenset(fixed_holidays),
        )

    def is_known(self, day: date) -> bool:
        """False where the year is not announced yet: due dates there are provisional."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        if self.is_known(day):
            return day in self.makeup_days or (day.weekday() < SATURDAY and day not in self.holidays)
        return day.weekday() < SATURDAY and (day.month, day.day) not in self.fixed_holidays

    def next_working_day(self, day: date, n: int = 1) -> date:
        """The n-th working day after `day`, which itself never counts."""
        return self._nth(day, ONE_DAY, n)

    def previous_working_day(self, day: date, n: int = 1) -> date:
        return self._nth(day, -ONE_DAY, n)

    def _nth(self, day: date, step: timedelta, n: int) -> date:
        if n < 1:
            raise ValueError(f"{n} is not a number of working days")
        working = (other for other in _walk(day, step) if self.is_working_day(other))
        return next(islice(working, n - 1, None))


def _days(years: Years, kind: str) -> Iterator[date]:
    for year, kinds in years.items():
        for day in kinds[kind]:
            if not day.startswith(f"{year}-"):
                raise ValueError(f"calendar {year}: {kind} {day} belongs to another year")
            yield date.fromisoformat(day)


def _walk(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        yield day
