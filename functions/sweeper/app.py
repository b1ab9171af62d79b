"""Repair by state: every quarter of an hour all open cases, and at once the one whose execution was reported ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.flow import StepFunctions
from suban.adapters.keys import SHARDS
from suban.adapters.notices import DynamoNotices
from suban.adapters.queues import NotifyQueue
from suban.adapters.release import Release
from suban.app.audit import Auditor
from suban.app.plan_notices import Planner
from suban.app.sweep import Sweeper
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.logs import EmfMetrics, LogRef, log

LEAVE_MS = 20_000  # stop in time to report; the next run begins anew


@dataclass(frozen=True, slots=True)
class SweeperEnvironment(Environment):
    cases_table: str
    flow_arn: str
    notify_queue_url: str
    release_dir: str


def _wire(variables: Mapping[str, str]) -> Sweeper:
    env = SweeperEnvironment.of(variables)
    cases, clock, city = DynamoCases(env.cases_table), SystemClock(), Release.load(env.release_dir)
    notices, queue = DynamoNotices(env.cases_table), NotifyQueue(env.notify_queue_url)
    plan = Planner(city.routes, city.duty, city.rules.work)
    audit = Auditor(cases, notices, queue, clock, plan, EmfMetrics())
    return Sweeper(cases, StepFunctions(env.flow_arn), clock, EmfMetrics(), audit, SHARDS["open"])


entry = Entry(_wire)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
    """The schedule's event, or "Step Functions Execution Status Change"."""
    sweep = entry.here()
    if ended := event.get("detail", {}).get("name"):
        case_id = ended.rpartition("-")[0]
        mended = sweep.look_at(case_id)
        log(LogRef.SWEPT, case_id=case_id, mended=mended)
        return {"mended": mended}
    counts = sweep(lambda: context.get_remaining_time_in_millis() > LEAVE_MS)
    log(LogRef.SWEPT, **counts)
    return dict(counts)
