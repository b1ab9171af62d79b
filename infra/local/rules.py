"""EventBridge on the laptop: rules with a pattern hear of ended executions, rules with a rate tick by business time."""

import logging
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local.kinds import Json
from infra.local.machines import Machines
from infra.local.moto_fixes import ACCOUNT, REGION
from infra.local.patterns import matches

log = logging.getLogger("suban.city")

TRIES = 3  # of an asynchronous invocation, as AWS has it
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")

type Invoke = Callable[[str, Json], Json]
"""A function's folder, and the event for it."""


class UnknownScheduleError(Exception):
    """A schedule that the laptop city cannot keep."""


@dataclass
class Schedule:
    function: str
    every: timedelta
    next: datetime


def every(expression: str) -> timedelta:
    found = _RATE.fullmatch(expression)
    if not found:
        raise UnknownScheduleError(f"infra/local/rules.py keeps rates only, not {expression}")
    return timedelta(**{f"{found[2]}s": int(found[1])})


def tell(invoke: Invoke, function: str, event: Json) -> None:
    """Asynchronous: tried three times, then given up and logged."""
    for attempt in range(1, TRIES + 1):
        try:
            invoke(function, event)
        except Exception:
            log.exception("%s failed on %s, attempt %d", function, event["detail-type"], attempt)
        else:
            return


class PatternRules:
    def __init__(self, machines: Machines, rules: list[tuple[Json, str]], invoke: Invoke) -> None:
        self._machines, self._rules, self._invoke = machines, rules, invoke

    def step(self) -> bool:
        if not self._machines.ended:
            return False
        event = self._machines.ended.popleft()
        for pattern, function in self._rules:
            if matches(pattern, event):
                tell(self._invoke, function, event)
        return True

    def is_idle(self) -> bool:
        return not self._machines.ended

    def forget(self) -> None:
        self._machines.ended.clear()


class Schedules:
    """A jump over many ticks gives one: what they do is done by state, not by count."""

    def __init__(self, rates: list[tuple[str, timedelta]], now: datetime, invoke: Invoke) -> None:
        self._schedules = [Schedule(function, rate, now + rate) for function, rate in rates]
        self._invoke = invoke

    def begin_again(self, now: datetime) -> None:
        for schedule in self._schedules:
            schedule.next = now + schedule.every

    def tick(self, now: datetime) -> None:
        for schedule in self._schedules:
            if schedule.next <= now:
                schedule.next = now + schedule.every
                tell(self._invoke, schedule.function, _scheduled(now))

    def tick_minutely(self, now: datetime) -> None:
        """At once those of every minute: a notice has become due between two ticks of a jump."""
        for schedule in self._schedules:
            if schedule.every <= timedelta(minutes=1):
                schedule.next = min(schedule.next, now)
        self.tick(now)


def _scheduled(now: datetime) -> Json:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": now.isoformat(),
        "region": REGION,
        "resources": [],
        "detail": {},
    }
