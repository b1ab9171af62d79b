"""Office hours: the minutes that working hours (wh) count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from suban.domain.calendar import CHINA, ONE_DAY, WorkCalendar, china
from suban.domain.limits import Session

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    calendar: WorkCalendar
    sessions: tuple[Session, ...]

    @property
    def minutes_per_day(self) -> int:
        whole = sum((end - begin for begin, end in self._spans(date.min)), timedelta())
        return int(whole / timedelta(minutes=1))

    def is_open(self, moment: datetime) -> bool:
        moment = china(moment)
        return self.calendar.is_working_day(moment.date()) and any(
            begin <= moment.time() < end for begin, end in self.sessions
        )

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself where the office is open."""
        return next(self._open_after(moment))[0]

    def add_minutes(self, moment: datetime, minutes: int) -> datetime:
        """The moment at which `minutes` open minutes have passed: 12:00 rather than the 14:00 that follows it."""
        left = timedelta(minutes=minutes)
        for begin, end in self._open_after(moment):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError("offices open again")

    def take_minutes(self, moment: datetime, minutes: int) -> datetime:
        """The moment from which `minutes` open minutes are left until `moment`."""
        left = timedelta(minutes=minutes)
        for begin, end in self._open_before(moment):
            if left <= end - begin:
                return end - left
            left -= end - begin
        raise AssertionError("offices were open before")

    def _open_after(self, moment: datetime) -> Iterator[Span]:
        moment = china(moment)
        for day in self._working_days(moment.date(), ONE_DAY):
            for begin, end in self._spans(day):
                if moment < end:
                    yield max(begin, moment), end

    def _open_before(self, moment: datetime) -> Iterator[Span]:
        moment = china(moment)
        for day in self._working_days(moment.date(), -ONE_DAY):
            for begin, end in reversed(self._spans(day)):
                if begin < moment:
                    yield begin, min(end, moment)

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            if self.calendar.is_working_day(day):
                yield day
            day += step

    def _spans(self, day: date) -> list[Span]:
        return [
            (datetime.combine(day, begin, CHINA), datetime.combine(day, end, CHINA)) for begin, end in self.sessions
        ]
