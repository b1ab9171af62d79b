"""Notices go out: those on the queue, and each minute those whose time has come. Alone reads phone numbers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.keys import NOTICES, SHARDS
from suban.adapters.notices import DynamoNotices
from suban.adapters.people import DynamoPeople
from suban.adapters.queues import NotifyQueue
from suban.adapters.release import Release
from suban.adapters.topics import SnsSms, UnitTopics
from suban.app.notice_texts import NoticeTexts
from suban.app.notify import DueNotices, Notifier
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.logs import EmfMetrics, LogRef, log, log_failure


@dataclass(frozen=True, slots=True)
class NotifyEnvironment(Environment):
    cases_table: str
    people_table: str
    notify_queue_url: str
    unit_topic_prefix: str
    city_url: str
    release_dir: str
    sms_sender_id: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    send: Notifier
    due: DueNotices
    queue: NotifyQueue

    @classmethod
    def wire(cls, variables: Mapping[str, str]) -> Self:
        env = NotifyEnvironment.of(variables)
        city, clock, notices = Release.load(env.release_dir), SystemClock(), DynamoNotices(env.cases_table)
        send = Notifier(
            cases=DynamoCases(env.cases_table), people=DynamoPeople(env.people_table), notices=notices,
            sms=SnsSms(env.sms_sender_id), units=UnitTopics(env.unit_topic_prefix), clock=clock, work=city.rules.work,
            texts=NoticeTexts(city, city.rules.limits, env.city_url), metrics=EmfMetrics(),
        )  # fmt: skip
        return cls(send, DueNotices(notices, clock, SHARDS[NOTICES]), NotifyQueue(env.notify_queue_url))


entry = Entry(Notify.wire)
processor = BatchProcessor(event_type=EventType.SQS)


def _send(record: Any) -> None:  # noqa: ANN401 - Powertools' record
    told = json.loads(record.body)
    try:
        entry.here().send(told["case_id"], told["notice"])
    except Exception as error:
        log_failure(LogRef.NOTICE_HANDLED, error, case_id=told["case_id"])
        raise
    log(LogRef.NOTICE_HANDLED, case_id=told["case_id"], version=told["notice"].split("#")[0])


def handler(event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401 - Lambda's context and answer
    """Messages of the queue, or the minute schedule."""
    if "Records" in event:
        return process_partial_response(event, _send, processor, context)
    here = entry.here()
    due = here.due()
    here.queue.send(due)
    return {"queued": len(due)}
