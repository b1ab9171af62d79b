"""The stream may bring each record twice, in any order, and late: nothing happens twice, nothing is missed."""

import random

import pytest

from infra.local.kinds import Json
from tests.faults.story import outcome, recovered, told
from tests.lives import Machine


def records(machine: Machine) -> list[Json]:
    stream = machine.city.stream
    whole = stream.records(0, len(stream))
    return [r for r in whole if r["eventName"] == "INSERT" and r["dynamodb"]["Keys"]["sk"]["S"].startswith("EVENT#")]


@pytest.mark.parametrize("seed", range(3))
def test_every_record_again_in_another_order_changes_nothing(machine: Machine, seed: int) -> None:
    before = told(machine)
    again = records(machine)
    random.Random(seed).shuffle(again)
    written = len(machine.city.stream)
    for record in again:
        assert machine.city.lambdas.invoke("relay", {"Records": [record]}) == {"batchItemFailures": []}
    machine.city.drain()
    assert len(machine.city.stream) == written, "a replay wrote something"
    assert outcome(machine, *before.cases) == before


@pytest.mark.parametrize("seed", range(3))
def test_records_that_come_late_and_out_of_order_still_lead_to_the_end(machine: Machine, seed: int) -> None:
    """The relay hears nothing while people act; then it hears everything at once, shuffled, some of it twice."""
    case = machine.file()
    case._did(case.act(case.holder, "complete", result="resolved", answer="已处理"))
    case._did(case.says("rating", {"speed": 1, "effect": 1, "experience": 1, "feedback": 1, "overall": 1}))
    case._did(case.act(case.holder, "complete", result="resolved", answer="再处理"))
    late = records(machine) * 2
    random.Random(seed).shuffle(late)
    machine.city.lambdas.invoke("relay", {"Records": late})
    recovered(machine)
    assert (case.status, case.seen()["round"]) == ("completed", 2)
    assert [life["status"] for life in case.lives()] == ["RUNNING"]
    case.judged(5)
    assert (case.status, case.states()[-1]) == ("closed", "Done")
    told_of = [m["body"]["event"] for m in case.messages("unit")]
    assert sorted(told_of) == sorted(set(told_of)), "a unit was told twice"


def test_a_record_nobody_understands_is_parked_and_holds_up_nobody(machine: Machine) -> None:
    case = machine.file()
    strange = records(machine)[0]
    strange["dynamodb"]["NewImage"]["type"] = {"S": "SomethingOfTomorrow"}
    assert machine.city.lambdas.invoke("relay", {"Records": [strange]}) == {"batchItemFailures": []}
    (parked,) = machine.parked()
    assert parked == {"case_id": case.case_id, "version": "EVENT#000001", "reason": "NotAnEvent"}


def test_an_execution_that_broke_is_followed_by_the_next_life(machine: Machine) -> None:
    case = machine.file()
    machine.break_executions()
    machine.city.drain()
    assert [life["status"] for life in case.lives()] == ["ABORTED", "RUNNING"]
    case.answered().judged(5)
    assert case.status == "closed"
    assert [life["status"] for life in case.lives()] == ["ABORTED", "SUCCEEDED"]
