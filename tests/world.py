"""The one test world: template.yaml in moto, deployed once per test worker; whoever uses it empties it first."""

import atexit
from contextlib import ExitStack
from datetime import datetime

from infra.local.city import City, Settings, running
from suban.domain.calendar import CHINA

THURSDAY = datetime(2026, 3, 5, 10, 0, tzinfo=CHINA)  # no holiday near
STILL = Settings(live=False, speed=0, origin=THURSDAY, log_level="INFO")

_open: dict[Settings, City] = {}
_ending = ExitStack()
atexit.register(_ending.close)


def city(settings: Settings = STILL) -> City:
    """The city of these settings. One of other settings is closed first: moto has one world per process."""
    if settings not in _open:
        _ending.close()
        _open.clear()
        _open[settings] = _ending.enter_context(running(settings))
    return _open[settings]
