import json
from collections.abc import Callable

import pytest

from infra.asl_lint import Json, problems
from infra.local.expand import ROOT

TEXT = (ROOT / "infra" / "case_flow.asl.json").read_text("utf-8")


def machine() -> Json:
    parsed: Json = json.loads(TEXT)
    return parsed


def test_the_machine_is_sound() -> None:
    assert problems(machine()) == []


def test_only_codes_and_numbers_pass_through() -> None:
    assert set(machine()["States"]["Await"]["Parameters"]["Key"]) == {"pk", "sk"}
    assert "ReturnValues" not in TEXT  # the item would come back into the history


def _drop(state: str, key: str) -> Callable[[Json], None]:
    return lambda m: m["States"][state].pop(key)


def _put(state: str, key: str, value: object) -> Callable[[Json], None]:
    return lambda m: m["States"][state].update({key: value})


ALL_FIRST = [
    {"ErrorEquals": ["States.ALL"], "ResultPath": None, "Next": "Broken"},
    {"ErrorEquals": ["States.Timeout"], "ResultPath": None, "Next": "Look"},
]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_put("Dispatch", "Next", "Nowhere"), "Dispatch: goes to Nowhere, which is not there"),
        (_put("Route", "Choices", []), "Dispatch: cannot be reached"),
        (_drop("Look", "TimeoutSeconds"), "Look: no timeout: it could hang for a year"),
        (_drop("Await", "TimeoutSecondsPath"), "Await: does not wait for the earliest deadline"),
        (_drop("Look", "Catch"), "Look: does not catch States.ALL"),
        (_put("Await", "Catch", ALL_FIRST), "Await: Catch: States.ALL must stand last"),
        (_drop("Await", "Catch"), "Await: waits without catching States.Timeout"),
        (_drop("Look", "Retry"), "Look: does not retry Lambda.ServiceException"),
        (_drop("Route", "Default"), "Route: a choice without a default"),
        (_put("Broken", "CausePath", "$.error"), "Broken: CausePath could carry somebody's words"),
        (
            _put("Look", "Parameters", {"Payload": {"text.$": "$.text"}}),
            "Look: hands over more than the case's number and its life",
        ),
        (_put("Look", "Assign", {}), "Look: Assign is not ours to use"),
        (_put("Done", "Type", "Wait"), "Done: a Wait is not ours to use"),
    ],
)
def test_the_lint_finds(spoil: Callable[[Json], None], problem: str) -> None:
    spoiled = machine()
    spoil(spoiled)
    assert problem in problems(spoiled)
