"""Each fix of moto is needed, and does what it says: seen without it and with it (probes.py)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import moto_fixes
from infra.local.kinds import Json

# What is seen without the fix, and with it.
SEEN: dict[str, tuple[Json, Json]] = {
    "one_call_at_a_time": ("increments are lost", "every answered increment counts"),
    "services_known_beforehand": ("loaded again", "loaded before"),
    "transactions_undo_what_they_touched": (
        {"stored": ["CASE#0", "CASE#2"], "heard": ["CASE#0", "CASE#1"]},
        {"stored": ["CASE#0", "CASE#2"], "heard": ["CASE#0", "CASE#2"]},
    ),
    "queries_look_at_one_partition": ("sorts the whole table", "sorts what was found"),
    "attribute_values_pass_as_they_are": (
        {"complete": True, "each member looked up": True},
        {"complete": True, "each member looked up": False},
    ),
    "update_expressions_are_read_once": (
        {"attributes": 30, "counted at every node": True},
        {"attributes": 30, "counted at every node": False},
    ),
    "one_client_per_service": (5, 0),  # clients made for five executions, the first of each service not counted
    "definitions_parsed_once": (6, 1),  # one machine made, five executions
    "paths_parsed_once": ("parsed anew", "parsed once"),
    "ended_threads_not_kept": (3, 0),
    "a_wait_of_no_seconds_is_refused": (False, True),
    "a_stopped_execution_stops": ("RUNNING", "ABORTED"),
    "a_token_is_known_while_it_is_open": ("InvalidToken", "taken"),
    "a_token_is_answered_once": (["taken", "taken"], ["taken", "InvalidToken"]),
}


@pytest.fixture(scope="module")
def seen() -> dict[str, Json]:
    """From a process of its own: in this one a city may stand, with every fix."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.local.probes"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603
    assert told.returncode == 0, told.stderr[-3000:]
    found: dict[str, Json] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("fix", [fix.__name__ for fix in moto_fixes.FIXES])
def test_a_fix_is_needed_and_works(fix: str, seen: dict[str, Json]) -> None:
    without, with_it = seen[fix]

    assert (without, with_it) == SEEN[fix]


def test_another_version_of_moto_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moto_fixes, "version", lambda _: "5.3.0")

    with pytest.raises(moto_fixes.WrongMotoError, match=r"moto 5\.3\.0 is installed, .* written for moto 5\.2\.5"):
        moto_fixes.refuse_other_versions()
