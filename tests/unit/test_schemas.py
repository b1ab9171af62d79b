"""What the platform really says keeps to events/schemas: every type of event, and what follows from it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from suban.adapters.codec import from_item, to_item
from suban.adapters.flow import document_of
from suban.adapters.items import event_item
from suban.adapters.queues import NotifyQueue, ParkedQueue
from suban.app.flow_state import flow_state
from suban.app.notice_texts import NoticeTexts
from suban.app.plan_notices import Planner
from suban.domain.case import Case
from suban.domain.clockwork import tick
from suban.domain.events import SYSTEM, EventType
from suban.domain.notices import Audience
from tests import factories as f
from tests.tiny_city import city
from tests.unit.contracts import EVENTS, schema, wrongs

RULES = f.rules()


def _late(case: Case, steps: int) -> Case:
    """After so many of its deadlines."""
    for _ in range(steps):
        case = tick(case, case.deadline or f.FILED, RULES)
    return case


def told_of() -> list[Case]:
    """Cases whose histories hold every type of event."""
    closed = f.closed_by_supervisor()
    return [
        _late(f.at_desk(), 1),
        _late(f.dispatched(), 5),
        f.dispatched().record_contact(f.STAFF, f.after(hours=2), RULES),
        f.withdrawn(),
        f.acknowledged().supplement(f.CITIZEN, f.after(hours=2), RULES).urge(f.CITIZEN, f.after(hours=3), RULES),
        f.dispatched().start_life(SYSTEM, f.after(hours=2)),
        f.supervised().order(f.SUPERVISOR, f.after(days=5, hours=1), RULES),
        _late(f.answered(), 1),
        closed.rate(f.GOOD, f.CITIZEN, f.after(days=8), RULES),
        closed.reopen(f.CITIZEN, f.after(days=8), RULES),
        f.closed_by_rating(),
        f.closed_unrated(),
    ]


@pytest.mark.parametrize("path", sorted(EVENTS.glob("schemas/*.json")), ids=lambda path: path.stem)
def test_each_schema_is_one(path: Path) -> None:
    Draft202012Validator.check_schema(schema(path.stem))
    assert schema(path.stem)["$id"].endswith(path.name)


def test_every_type_of_event_is_among_those_that_are_checked() -> None:
    assert {event.type for case in told_of() for event in case.events} == set(EventType)


@pytest.mark.parametrize("case", told_of(), ids=lambda case: str(case.events[-1].type))
def test_events_are_as_their_schema_says(case: Case) -> None:
    for event in case.events:
        assert wrongs("event.v1", from_item(to_item(event_item(case.case_id, event)))) == []


@pytest.mark.parametrize("case", told_of(), ids=lambda case: str(case.events[-1].type))
def test_messages_to_units_are_as_their_schema_says(case: Case) -> None:
    texts = NoticeTexts(city(), RULES.limits, "https://suban.example.org")
    plan = Planner(city().routes, city().duty, RULES.work)
    notices = [notice for event in case.events for notice in plan(event, case)]
    for notice in notices:
        assert wrongs("notice-ref.v1", {"case_id": notice.case_id, "notice": notice.id}) == []
        if notice.audience is not Audience.CITIZEN:
            assert wrongs("unit-message.v1", json.loads(json.dumps(texts.unit_message(notice, case)))) == []


@pytest.mark.parametrize("case", told_of(), ids=lambda case: str(case.events[-1].type))
def test_the_machine_is_told_what_its_schema_says(case: Case) -> None:
    assert wrongs("flow-state.v1", json.loads(document_of(flow_state(case, f.after(minutes=5))))) == []


class Queue:
    """What is sent to SQS."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def send_message(self, *, QueueUrl: str, MessageBody: str) -> None:  # noqa: N803 - boto3's names
        self.bodies.append(json.loads(MessageBody))

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803
        self.bodies += [json.loads(entry["MessageBody"]) for entry in Entries]
        return {}


def test_queues_carry_what_their_schemas_say() -> None:
    sqs: Any = Queue()
    NotifyQueue("url", sqs).send([("20260305-48392017-6", "000002#dispatched#B04-440304")])
    assert [wrongs("notice-ref.v1", body) for body in sqs.bodies] == [[]]
    ParkedQueue("url", sqs).park("20260305-48392017-6", "EVENT#000009", "NotAnEvent")
    assert wrongs("parked.v1", sqs.bodies[-1]) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("event.v1", {"pk": "CASE#20260305-48392017-6", "sk": "EVENT#000001", "type": "CaseTeleported"}),
        ("flow-state.v1", {"case_id": "20260305-48392017-6", "next": "handling", "wait": 1, "seconds": 0}),
        ("notice-ref.v1", {"case_id": "20260305-48392017-6", "notice": "dispatched"}),
        ("unit-message.v1", {"schema": "unit-message.v1", "phone": "13800138000"}),
    ],
)
def test_a_schema_refuses_what_it_should(name: str, value: dict[str, Any]) -> None:
    assert wrongs(name, value)
