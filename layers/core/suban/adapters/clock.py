"""The one clock. The laptop city puts a source of its own behind it; nothing else ever does."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from suban.domain.calendar import CHINA

_source: Callable[[], datetime] | None = None


def use(source: Callable[[], datetime] | None) -> None:
    """Let business time come from `source` (aware datetimes); None returns to the machine's clock."""
    global _source  # noqa: PLW0603 - one process has one business time
    _source = source


class SystemClock:
    def now(self) -> datetime:
        """Business time in China, whole seconds."""
        moment = _source() if _source else datetime.now(UTC)
        return moment.astimezone(CHINA).replace(microsecond=0)

    def wall(self) -> float:
        """Real seconds since 1970: for leases and idempotency, which no jump of business time may touch."""
        return time.time()
