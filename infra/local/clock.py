"""Business time of the laptop city: where it began, how fast it runs, how far it has been pushed forward."""

import re
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

LONGEST_JUMP = timedelta(days=400)
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,9})W)?(?:(?P<days>\d{1,9})D)?(?:T(?=\d)(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


class BadDurationError(ValueError):
    """Tells in one sentence what would be right."""


def parse_duration(text: object) -> timedelta:
    """ISO 8601 with fixed lengths (no years, no months): P3D, PT2H, P1DT3H."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    parts = {unit: int(n) for unit, n in found.groupdict().items() if n} if found else {}
    if not parts:
        raise BadDurationError(
            f"{text!r} is no ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P3D or PT2H."
        )
    if (duration := timedelta(**parts)) > LONGEST_JUMP:
        raise BadDurationError(f"{text} is more than {LONGEST_JUMP.days} days: jump several times.")
    return duration


class CityClock:
    """`speed`: business seconds in a real second; 0 makes time stand still but for jumps."""

    def __init__(self, origin: datetime, speed: float = 1) -> None:
        self.speed = speed
        self._lock = threading.Lock()
        self._standing = 0
        self._legs: list[tuple[float, datetime, float]] = []
        """From which real second, from which business time, at which speed."""
        self._begin(origin)

    def now(self) -> datetime:
        with self._lock:
            return self._at(time.time())

    def at(self, real: datetime) -> datetime:
        """Business time at a real moment that has passed."""
        with self._lock:
            return self._at(real.timestamp())

    def jump_to(self, moment: datetime) -> None:
        """Never back."""
        with self._lock:
            self._begin(max(moment, self._at(time.time())))

    def begin_again(self, origin: datetime) -> None:
        """The one way back: for a city that has been emptied."""
        with self._lock:
            self._legs.clear()
            self._begin(origin)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """What happens within happens at one moment, however long the machine takes over it."""
        self._stand(1)
        try:
            yield
        finally:
            self._stand(-1)

    def _stand(self, change: int) -> None:
        with self._lock:
            now = self._at(time.time())
            self._standing += change
            self._begin(now)

    def _begin(self, business: datetime) -> None:
        self._legs.append((time.time(), business, 0 if self._standing else self.speed))

    def _at(self, real: float) -> datetime:
        began, business, speed = self._legs[max(0, bisect_right(self._legs, real, key=lambda leg: leg[0]) - 1)]
        return business + timedelta(seconds=max(0.0, real - began) * speed)
