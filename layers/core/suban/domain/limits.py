"""Time limits (办理时限) and the city's other numbers, read from the key/value table of catalog/limits.csv."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal, Self, cast, get_args

from suban.domain.calendar import MonthDay
from suban.domain.words import Kind

Unit = Literal["min", "h", "d", "wd", "wh"]
Session = tuple[time, time]

CLOCK_MINUTES: Mapping[Unit, int] = {"min": 1, "h": 60, "d": 24 * 60}
ON_CLOCK: Mapping[Unit, tuple[int, Unit]] = {"wd": (24, "h"), "wh": (1, "h")}
_LIMIT = re.compile(r"([1-9]\d{0,3})(min|h|d|wd|wh)", re.ASCII)


class LimitsError(ValueError):
    """The table cannot be used; the message begins with the key to mend."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`min`, `h` and `d` (24 h each) run on the clock; `wh` in office hours; `wd` ends with the n-th working day."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1 or self.unit not in get_args(Unit):
            raise ValueError(f"{self.amount}{self.unit} is not a limit: write 30min, 24h, 14d, 2wh or 10wd")

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _LIMIT.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a limit: write 30min, 24h, 14d, 2wh or 10wd")
        return cls(int(found[1]), cast("Unit", found[2]))

    @property
    def text(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def runs_on_clock(self) -> bool:
        return self.unit in CLOCK_MINUTES

    def halved(self) -> Self:
        """期限减半: rounded up, so never under one of its unit."""
        return type(self)((self.amount + 1) // 2, self.unit)

    def on_clock(self) -> Self:
        """What the limit is for a 24 × 7 case: a working day is 24 hours, a working hour an hour."""
        if self.runs_on_clock:
            return self
        each, unit = ON_CLOCK[self.unit]
        return type(self)(self.amount * each, unit)

    def clock_end(self, start: datetime) -> datetime:
        """Only for limits that run on the clock; the others need a WorkTime."""
        if not self.runs_on_clock:
            raise ValueError(f"{self.text} does not run on the clock")
        return start + timedelta(minutes=self.amount * CLOCK_MINUTES[self.unit])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    handling_by_kind: Mapping[str, Limit]
    dispatch_urgent: Limit
    dispatch_ordinary: Limit
    dispatch_threshold: float
    contact: Limit
    due_soon: Limit
    due_soon_short_share: Fraction
    escalation_every: Limit
    rating: Limit
    supervision: Limit
    review: Limit
    reopening: Limit
    reopening_times: int
    urge_every: Limit
    office_hours: tuple[Session, ...]
    invitation_at: time
    quiet_from: time
    quiet_to: time
    fixed_holidays: frozenset[MonthDay]
    text_max: int
    idempotency: Limit

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """Reads every key at once, so that a wrong table fails at start and not at the first case that needs it."""
        read = _Reader(values)
        return cls(
            handling_by_kind={kind: read.limit(f"handling.{kind}") for kind in Kind},
            dispatch_urgent=read.limit("dispatch.urgent", "clock"),
            dispatch_ordinary=read.limit("dispatch.ordinary"),
            dispatch_threshold=float(read("dispatch.threshold", _share)),
            contact=read.limit("contact"),
            due_soon=read.limit("due_soon", "wd"),
            due_soon_short_share=read("due_soon.short_share", _share),
            escalation_every=read.limit("escalation.every", "wd"),
            rating=read.limit("rating"),
            supervision=read.limit("supervision"),
            review=read.limit("review"),
            reopening=read.limit("reopening", "clock"),
            reopening_times=read("reopening.times", _count),
            urge_every=read.limit("urge.every", "clock"),
            office_hours=read("office.hours", parse_sessions),
            invitation_at=read("invitation.at", _time),
            quiet_from=read("quiet.from", _time),
            quiet_to=read("quiet.to", _time),
            fixed_holidays=read("calendar.fixed", _month_days),
            text_max=read("text.max", _count),
            idempotency=read.limit("idempotency", "clock"),
        )

    def handling(self, kind: str) -> Limit:
        return self.handling_by_kind[kind]

    def dispatch(self, urgent: bool) -> Limit:  # noqa: FBT001 - the two limits of one step
        return self.dispatch_urgent if urgent else self.dispatch_ordinary


@dataclass(frozen=True, slots=True)
class _Reader:
    values: Mapping[str, str]

    def __call__[T](self, key: str, parse: Callable[[str], T]) -> T:
        if key not in self.values:
            raise LimitsError(f"{key}: missing")
        try:
            return parse(self.values[key])
        except (ValueError, ArithmeticError) as error:
            raise LimitsError(f"{key}: {self.values[key]!r}: {error}") from error

    def limit(self, key: str, runs: str = "") -> Limit:
        """`runs`: "clock" or "wd" where only that can be meant."""
        limit = self(key, Limit.parse)
        if runs and runs not in (limit.unit, "clock" if limit.runs_on_clock else ""):
            raise LimitsError(f"{key}: {limit.text!r}: must be given in {'min, h or d' if runs == 'clock' else runs}")
        return limit


def parse_sessions(text: str) -> tuple[Session, ...]:
    """`09:00-12:00|14:00-18:00`: each open from its first minute until just before its last, in order."""
    sessions = tuple(_session(part) for part in text.split("|"))
    moments = [moment for session in sessions for moment in session]
    if any(earlier >= later for earlier, later in pairwise(moments)):
        raise ValueError("sessions must be in order and not touch")
    return sessions


def _session(text: str) -> Session:
    begin, end = text.split("-")
    return _time(begin), _time(end)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _count(text: str) -> int:
    if int(text) < 1:
        raise ValueError("must be at least 1")
    return int(text)


def _share(text: str) -> Fraction:
    share = Fraction(text)
    if not 0 < share <= 1:
        raise ValueError("must be over 0 and at most 1")
    return share


def _month_days(text: str) -> frozenset[MonthDay]:
    """`01-01|05-01`: month and day."""
    leap_year = "2024-"
    days = (datetime.fromisoformat(leap_year + part) for part in text.split("|"))
    return frozenset((day.month, day.day) for day in days)
