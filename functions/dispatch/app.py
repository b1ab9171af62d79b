"""State Dispatch: finds the one unit that is responsible, or the desk. Alone loads the lexicon."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.lexicon import LexiconClassifier
from suban.adapters.release import Release
from suban.app.dispatch_case import Dispatcher
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.logs import EmfMetrics, LogRef, log


@dataclass(frozen=True, slots=True)
class DispatchEnvironment(Environment):
    cases_table: str
    release_dir: str


def _wire(variables: Mapping[str, str]) -> Dispatcher:
    env = DispatchEnvironment.of(variables)
    city = Release.load(env.release_dir)
    classifier = LexiconClassifier.load(env.release_dir)
    return Dispatcher(DynamoCases(env.cases_table), SystemClock(), city, city.rules, classifier, EmfMetrics())


entry = Entry(_wire)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """{case_id} → {case_id, next, wait, seconds} (events/schemas/flow-state.v1.json)."""
    state = entry.here()(event["case_id"])
    log(LogRef.STEP_TAKEN, step="dispatch", case_id=state.case_id, next=state.next, wait=state.wait)
    return asdict(state)
