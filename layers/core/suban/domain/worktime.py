"""Working time (SPEC §2): when a limit ends, when it is due soon, when people may be told.

The worked examples of catalog/limits.md are its tests.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from typing import Self

from suban.domain.calendar import CHINA, ONE_DAY, WorkCalendar, Years, china
from suban.domain.limits import CLOCK_MINUTES, Limit, Limits
from suban.domain.office import OfficeHours

END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class WorkTime:
    calendar: WorkCalendar
    office: OfficeHours
    limits: Limits

    @classmethod
    def of(cls, years: Years, limits: Limits) -> Self:
        """`years` as the compiled city holds them (WorkCalendar.of)."""
        calendar = WorkCalendar.of(years, limits.fixed_holidays)
        return cls(calendar, OfficeHours(calendar, limits.office_hours), limits)

    def due(self, start: datetime, limit: Limit) -> datetime:
        """The last moment in time. Working days end at 23:59:59; the day of `start` never counts."""
        start = china(start)
        if limit.runs_on_clock:
            return limit.clock_end(start)
        if limit.unit == "wh":
            return self.office.add_minutes(start, self._minutes(limit))
        last = self.calendar.next_working_day(start.date(), limit.amount)
        return datetime.combine(last, END_OF_DAY, CHINA)

    def due_soon(self, due: datetime, limit: Limit) -> datetime:
        """临期, and the last moment to ask an extension: one working day before, or a quarter of a limit under two.

        On the clock a working day is 24 hours. The quarter of `1wd` is a quarter of its office minutes.
        """
        due = china(due)
        ahead = self.limits.due_soon.on_clock() if limit.runs_on_clock else self.limits.due_soon
        whole, early = self._minutes(limit), self._minutes(ahead)
        is_short = whole < 2 * early
        if is_short:
            early = ceil(whole * self.limits.due_soon_short_share)
        if limit.runs_on_clock:
            return due - timedelta(minutes=early)
        if is_short:
            return self.office.take_minutes(due, early)
        return datetime.combine(self.calendar.previous_working_day(due.date(), ahead.amount), due.time(), CHINA)

    def strictest(self, start: datetime, *limits: Limit) -> Limit:
        """The limit that ends first: an item may be stricter than its kind, never laxer."""
        return min(limits, key=lambda limit: self.due(start, limit))

    def is_provisional(self, due: datetime, limit: Limit) -> bool:
        """Counted over days whose holidays are not announced yet."""
        return not limit.runs_on_clock and not self.calendar.is_known(china(due).date())

    def office_moment(self, moment: datetime) -> datetime:
        """When a reminder may go out: now if the office is open, else when it opens."""
        return self.office.next_opening(moment)

    def next_working_morning(self, moment: datetime) -> datetime:
        """The first working morning after `moment`: the same day's where that is still to come."""
        moment = china(moment)
        today = datetime.combine(moment.date(), self.limits.invitation_at, CHINA)
        if moment < today and self.calendar.is_working_day(today.date()):
            return today
        return datetime.combine(self.calendar.next_working_day(moment.date()), self.limits.invitation_at, CHINA)

    def is_quiet(self, moment: datetime) -> bool:
        """免打扰; the hours may span midnight."""
        now, begin, end = china(moment).time(), self.limits.quiet_from, self.limits.quiet_to
        return begin <= now < end if begin < end else now >= begin or now < end

    def after_quiet(self, moment: datetime) -> datetime:
        """When a citizen may be told something that is not urgent."""
        moment = china(moment)
        if not self.is_quiet(moment):
            return moment
        morning = datetime.combine(moment.date(), self.limits.quiet_to, CHINA)
        return morning if moment < morning else morning + ONE_DAY

    def _minutes(self, limit: Limit) -> int:
        """A limit's own length: clock minutes, or minutes of open office."""
        each = {**CLOCK_MINUTES, "wh": 60, "wd": self.office.minutes_per_day}
        return limit.amount * each[limit.unit]
