"""The Cases stream → lives, doorbell, notices. What fails is retried from there; what nobody understands is parked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.flow import StepFunctions
from suban.adapters.notices import DynamoNotices
from suban.adapters.queues import NotifyQueue, ParkedQueue
from suban.adapters.release import Release
from suban.adapters.stream import NotAnEvent, event_of
from suban.app.plan_notices import Planner
from suban.app.relay import Relay
from suban.domain.errors import NotFound
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.logs import EmfMetrics, LogRef, log, log_failure


@dataclass(frozen=True, slots=True)
class RelayEnvironment(Environment):
    cases_table: str
    flow_arn: str
    notify_queue_url: str
    parked_queue_url: str
    release_dir: str


@dataclass(frozen=True, slots=True)
class Relaying:
    relay: Relay
    parked: ParkedQueue
    metrics: EmfMetrics

    @classmethod
    def wire(cls, variables: Mapping[str, str]) -> Self:
        env = RelayEnvironment.of(variables)
        city = Release.load(env.release_dir)
        relay = Relay(
            DynamoCases(env.cases_table), StepFunctions(env.flow_arn), DynamoNotices(env.cases_table),
            NotifyQueue(env.notify_queue_url), SystemClock(), Planner(city.routes, city.duty, city.rules.work),
        )  # fmt: skip
        return cls(relay, ParkedQueue(env.parked_queue_url), EmfMetrics())

    def __call__(self, record: Mapping[str, Any]) -> None:
        """One raw record of the stream."""
        change = record["dynamodb"]
        try:
            case_id, event = event_of(change["NewImage"], change["Keys"])
            self.relay(case_id, event)
        except (NotAnEvent, NotFound) as why:
            self._park(why, change["Keys"]["sk"]["S"])
        else:
            log(LogRef.RECORD_RELAYED, case_id=case_id, version=event.version, event=event.type)

    def _park(self, why: NotAnEvent | NotFound, version: str) -> None:
        case_id = why.case_id if isinstance(why, NotAnEvent) else str(why.fields["case_id"])
        self.parked.park(case_id, version, type(why).__name__)
        self.metrics.count("RecordParked")
        log(LogRef.RECORD_PARKED, case_id=case_id, version=version)


entry = Entry(Relaying.wire)
processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


def _relay(record: Any) -> None:  # noqa: ANN401 - Powertools' record
    try:
        entry.here()(record.raw_event)
    except Exception as error:
        log_failure(LogRef.RECORD_RELAYED, error)
        raise


def handler(event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401 - Lambda's context and answer
    return process_partial_response(event, _relay, processor, context)
