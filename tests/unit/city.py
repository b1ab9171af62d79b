"""The catalogue as the domain receives it, read straight from its CSV files."""

import csv
from datetime import datetime
from pathlib import Path

from suban.domain.calendar import CHINA
from suban.domain.limits import Limits
from suban.domain.worktime import WorkTime

CATALOG = Path(__file__).parents[2] / "catalog"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """`messages/sms` → its rows."""
    with (CATALOG / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def calendar_years() -> dict[str, dict[str, dict[str, str]]]:
    years: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(CATALOG.glob("calendar/*.csv")):
        year = years.setdefault(path.stem, {"holiday": {}, "makeup": {}})
        for row in rows(f"calendar/{path.stem}"):
            year[row["kind"]][row["date"]] = row["name"]
    return years


def limit_values() -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows("limits")}


def work_time() -> WorkTime:
    return WorkTime.of(calendar_years(), Limits.of(limit_values()))


def at(text: str) -> datetime:
    """`2026-11-23 10:00:00` on China's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)
