"""`make run`: the laptop city in the foreground, until Ctrl-C. PORT, SPEED, NOW, DATA from the environment."""

import errno
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from types import FrameType

LOG = Path(__file__).parents[2] / "build" / "city.log"
"""What the functions log; the terminal shows only what goes wrong."""

WRONG = 2  # exit code for what the user can put right
HIGHEST_PORT = 65_535
FASTEST = 1_000_000


class WrongSettingError(Exception):
    """Tells in one line what would be right."""


def port(settings: Mapping[str, str]) -> int:
    given = settings.get("PORT") or "8000"
    if not given.isdecimal() or not 1 <= int(given) <= HIGHEST_PORT:
        raise WrongSettingError(f"PORT={given} is no port: take a number from 1 to {HIGHEST_PORT}.")
    return int(given)


def speed(settings: Mapping[str, str]) -> float:
    given = settings.get("SPEED") or "1"
    try:
        wanted = float(given)
    except ValueError:
        wanted = 0
    if not 0 < wanted <= FASTEST:
        raise WrongSettingError(f"SPEED={given} is no speed: take a number above 0, such as 60 or 3600, to {FASTEST}.")
    return wanted


def origin(settings: Mapping[str, str]) -> datetime:
    """When the city opens. By default in office hours: at night SMS wait for the morning, and a tour seems dumb."""
    from infra.local.stack import RELEASE
    from suban.adapters.release import Release
    from suban.domain.calendar import CHINA

    now, given = datetime.now(CHINA), settings.get("NOW") or ""
    if given == "real":
        return now
    if not given:
        return Release.load(RELEASE).rules.work.office_moment(now)
    try:
        return datetime.fromisoformat(given).replace(tzinfo=CHINA)
    except ValueError:
        raise WrongSettingError(f"NOW={given} is no time: write 2026-03-05T10:00, or real.") from None


def check(settings: Mapping[str, str]) -> None:
    from infra.local.stack import RELEASE

    if settings.get("DATA"):
        raise WrongSettingError("DATA is not there yet: this city forgets everything when it stops. Leave DATA out.")
    if not (RELEASE / "city.json").is_file():
        raise WrongSettingError("build/release is missing: `make run` compiles it from catalog/ first.")


def main() -> None:
    from infra.local import moto_fixes

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        wanted, faster = port(os.environ), speed(os.environ)
        check(os.environ)
        moto_fixes.refuse_other_versions()
        _run(wanted, faster, origin(os.environ))
    except (WrongSettingError, moto_fixes.WrongMotoError) as error:
        _refuse(str(error))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        _refuse(f"Port {wanted} is taken: stop what listens there, or choose another with PORT=….")
    except KeyboardInterrupt:
        print("\n再见。")


def _run(wanted: int, faster: float, begin: datetime) -> None:
    from infra.local.city import Settings, running
    from infra.local.tour import welcome

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    terminal = sys.stdout
    with LOG.open("w", encoding="utf-8") as log, redirect_stdout(log), running(Settings(wanted, faster, begin)) as city:
        print(welcome(city, os.path.relpath(LOG)), file=terminal, flush=True)
        signal.pause()


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _refuse(line: str) -> None:
    print(line, file=sys.stderr)
    raise SystemExit(WRONG)


if __name__ == "__main__":
    main()
