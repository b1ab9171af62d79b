"""State Look: lets time act, and says where the case is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.release import Release
from suban.app.look import Look
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.logs import LogRef, log


@dataclass(frozen=True, slots=True)
class StepsEnvironment(Environment):
    cases_table: str
    release_dir: str


def _wire(variables: Mapping[str, str]) -> Look:
    env = StepsEnvironment.of(variables)
    return Look(DynamoCases(env.cases_table), SystemClock(), Release.load(env.release_dir).rules)


entry = Entry(_wire)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """{case_id, life} → {case_id, next, wait, seconds} (events/schemas/flow-state.v1.json)."""
    state = entry.here()(event["case_id"], event["life"])
    log(LogRef.STEP_TAKEN, step="look", case_id=state.case_id, next=state.next, wait=state.wait)
    return asdict(state)
