"""The laptop city: what AWS would do between the functions, it does; and it tells what it does."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import boto3
import pytest

from infra.local.city import City, Settings
from infra.local.pump import RestlessError
from tests import world
from tests.local.visitor import Visitor, body, over_the_wire

DAY = timedelta(days=1)


@pytest.fixture
def visitor(city: City) -> Visitor:
    return Visitor(city)


def test_a_filed_case_is_dispatched_and_waits(city: City, visitor: Visitor) -> None:
    filed = visitor.file()
    city.drain()

    (life,) = city.lives(filed["case_id"])
    assert life["status"] == "RUNNING"
    assert [entered["state"] for entered in life["states"]] == ["Look", "Route", "Dispatch", "Await"]
    assert visitor.read(filed)["status"] in {"dispatched", "at_desk"}


def test_nothing_fires_late_in_a_jump(city: City, visitor: Visitor) -> None:
    first = visitor.file()
    city.advance(timedelta(minutes=10))
    second = visitor.file()
    city.advance(2 * DAY)

    assert visitor.moments(first, "ContactMissed") == ["2026-03-06T10:00:00+08:00"]
    assert visitor.moments(second, "ContactMissed") == ["2026-03-06T10:10:00+08:00"]


def test_a_jump_ends_where_it_was_meant_to(city: City, visitor: Visitor) -> None:
    visitor.file()

    assert city.advance(timedelta(days=3, hours=1)).isoformat() == "2026-03-08T11:00:00+08:00"


def test_a_notice_goes_out_at_its_hour(city: City, visitor: Visitor) -> None:
    city.advance(timedelta(hours=13))  # 23:00, a quiet hour
    filed = visitor.file()
    city.advance(DAY)

    sms = [message for message in city.messages.newest(filed["case_id"]) if message["kind"] == "sms"]
    assert [message["at"] for message in sms] == ["2026-03-06T08:00:00+08:00"]


def test_messages_are_told_newest_first_and_case_by_case(city: City, visitor: Visitor) -> None:
    one, other = visitor.file(), visitor.file()
    city.advance(2 * DAY)

    told = city.messages.newest()
    assert {message["case_id"] for message in told} == {one["case_id"], other["case_id"]}
    assert [message["at"] for message in told] == sorted((message["at"] for message in told), reverse=True)
    assert {message["case_id"] for message in city.messages.newest(one["case_id"])} == {one["case_id"]}
    assert len(city.messages.newest(limit=1)) == 1


def test_a_stopped_life_is_told_to_the_sweeper_which_starts_the_next(city: City, visitor: Visitor) -> None:
    filed = visitor.file()
    city.drain()
    (execution,) = city.machines.running()
    boto3.client("stepfunctions").stop_execution(executionArn=execution.exec_arn)
    city.drain()

    assert [life["status"] for life in city.lives(filed["case_id"])] == ["ABORTED", "RUNNING"]


def test_a_notice_that_fails_for_ever_ends_in_the_dead_letter_queue(city: City, visitor: Visitor) -> None:
    url = city.stack.environment("relay")["NOTIFY_QUEUE_URL"]
    boto3.client("sqs").send_message(QueueUrl=url, MessageBody="no JSON")
    city.drain()

    assert city.health()["queues"]["NotifyDlq"] == 1
    assert city.health()["queues"]["NotifyQueue"] == 0


def test_a_function_that_raises_is_a_lambda_error_to_the_machine(city: City) -> None:
    answer = boto3.client("lambda").invoke(
        FunctionName="suban-local-StepsFunction", Payload=b'{"case_id": "none", "life": 1}'
    )

    assert answer["FunctionError"] == "Unhandled"
    assert json.load(answer["Payload"])["errorType"] == "NotFound"


def test_a_city_that_does_not_come_to_rest_says_so(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city.machines, "are_at_rest", lambda: False)

    with pytest.raises(RestlessError, match="executions"):
        city.pump.drain(limit=0.5)


def test_an_emptied_city_is_as_new(city: City, visitor: Visitor) -> None:
    visitor.file()
    city.advance(DAY)
    city.reset()

    assert city.health() == {
        "status": "ok",
        "now": world.THURSDAY.isoformat(),
        "executions": {"running": 0, "waiting": 0},
        "queues": {"NotifyQueue": 0, "NotifyDlq": 0, "ParkedQueue": 0, "RelayFailures": 0},
    }
    assert city.messages.newest() == []
    assert len(city.stream) == 0


def test_a_crowd_files_at_once_and_every_case_waits(city: City) -> None:
    def file(n: int) -> int:
        return over_the_wire(city, "POST", "/v1/cases", body(f"138{n:08d}"), Idempotency_Key=f"crowd-{n}")[0]

    with ThreadPoolExecutor(8) as crowd:
        assert list(crowd.map(file, range(40))) == [201] * 40
    city.drain()

    assert city.health()["executions"] == {"running": 40, "waiting": 40}


@pytest.fixture
def quick() -> Iterator[City]:
    """A day in a second, by itself."""
    yield world.city(Settings(live=True, speed=86_400))
    world.city()


def test_a_running_city_moves_by_itself(quick: City) -> None:
    status, filed = over_the_wire(quick, "POST", "/v1/cases", body(), Idempotency_Key="quick")
    assert status == 201
    until = time.monotonic() + 20
    while not Visitor(quick).moments(filed, "ContactMissed") and time.monotonic() < until:
        time.sleep(0.05)

    assert Visitor(quick).moments(filed, "ContactMissed")
