"""`make demo REAL=500`: real public texts through HTTP, several clients at once; none may be lost."""

import csv
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from infra.local.demo_client import CaseFiled, CityClient, StoryError

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "haikou_dev.csv"
"""Lies beside the project and is no part of it: its licence allows no copy."""

KINDS = {"咨询": "inquiry", "投诉": "complaint", "建议": "suggestion", "求助": "help"}
LONGEST = 5000
CLIENTS = 8
SETTLED = 300  # real seconds for the last case to leave `submitted`
STARTED = {"dispatched": "dispatched", "at_desk": "at desk"}


def send_real_texts(city: CityClient, wanted: str) -> int:
    """0 where nothing was lost."""
    if not wanted.isdecimal():
        print(f"REAL={wanted} is no number of texts: take one such as 500.")
        return 2
    if not TEXTS.is_file():
        print("Skipped: ../shared/data/haikou_dev.csv is not here, and its texts may not be copied into the project.")
        return 0
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        texts = list(islice(_texts(), int(wanted)))
        filed = [case for case in clients.map(lambda text: _file(city, *text), texts) if case]
        accepted = time.monotonic() - began
        where = _settled(city, filed, clients)
    return _report(len(texts), len(filed), where, (accepted, time.monotonic() - began))


def _texts() -> Iterator[tuple[str, str]]:
    """(kind, text); none that is empty."""
    with TEXTS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if text := row["text"].strip()[:LONGEST]:
                yield KINDS.get(row["kind"][:2], "complaint"), text


def _file(city: CityClient, kind: str, text: str) -> CaseFiled | None:
    try:
        return city.file(kind, text, {}, "13800138009")
    except StoryError as refused:
        print(f"  refused: {refused}")
        return None


def _settled(city: CityClient, filed: Sequence[CaseFiled], clients: ThreadPoolExecutor) -> Counter[str]:
    """How many cases are where, once none is on its way any more."""
    until = time.monotonic() + SETTLED
    where: Counter[str] = Counter()
    left = list(filed)
    while left and time.monotonic() < until:
        found = list(clients.map(lambda case: (case, _where(city, case)), left))
        where.update(place for _, place in found if place)
        left = [case for case, place in found if not place]
        time.sleep(0.5 if left else 0)
    where["lost"] += len(left)
    return where


def _where(city: CityClient, case: CaseFiled) -> str | None:
    """Where a case has got to; None while it is on its way. Started: its machine has a life."""
    status = STARTED.get(case.look()["status"])
    if status is None:
        return None
    lives = city.ask("GET", f"/_city/cases/{case.case_id}/execution")["lives"]
    return status if lives[-1]["status"] == "RUNNING" else None


def _report(texts: int, filed: int, where: Counter[str], seconds: tuple[float, float]) -> int:
    lost = where["lost"] + texts - filed
    started = where["dispatched"] + where["at desk"]
    rows = {
        "texts": texts, "filed": filed, "started": started, "dispatched": where["dispatched"],
        "at desk": where["at desk"], "lost": lost,
    }  # fmt: skip
    for name, count in rows.items():
        print(f"  {name:<12}{count:>7}")
    print(f"  filed in {seconds[0]:.1f} s, all waiting for somebody after {seconds[1]:.1f} s ({CLIENTS} clients)")
    print("  These are another city's texts: hardly one names a place here, so the desk decides.")
    return 1 if lost else 0
