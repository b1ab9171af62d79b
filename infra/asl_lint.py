"""What must hold for our state machine, which cfn-lint does not look into.

Only the part of the language that we use is allowed: JSONPath, and what moto runs as AWS does (DESIGN §4).
"""

from collections.abc import Iterator
from typing import Any

type Json = dict[str, Any]

ALL = "States.ALL"
TIMEOUT = "States.Timeout"
WAITS = ".waitForTaskToken"
TYPES = {"Task", "Choice", "Succeed", "Fail"}
REFUSED = {"Assign", "QueryLanguage", "Arguments", "Output"}


def problems(machine: Json) -> list[str]:
    """Return one line for each rule that is broken; empty means sound."""
    states: dict[str, Json] = machine["States"]
    found = [f"{name}: {text}" for name, state in states.items() for text in _state(state)]
    found += [f"{name}: goes to {to}, which is not there" for name, to in edges(machine) if to not in states]
    found += [f"{name}: cannot be reached" for name in states.keys() - reached(machine)]
    return found + [f"{key}: not ours to use" for key in REFUSED & machine.keys()]


def edges(machine: Json) -> list[tuple[str, str]]:
    found = [("StartAt", machine["StartAt"])]
    for name, state in machine["States"].items():
        found += [(name, rule["Next"]) for rule in state.get("Choices", []) + state.get("Catch", [])]
        found += [(name, state[key]) for key in ("Next", "Default") if key in state]
    return found


def reached(machine: Json) -> set[str]:
    seen: set[str] = set()
    waiting = {machine["StartAt"]}
    while waiting:
        seen |= waiting
        waiting = {to for name, to in edges(machine) if name in seen} - seen
    return seen


def _state(state: Json) -> Iterator[str]:
    if state["Type"] not in TYPES:
        yield f"a {state['Type']} is not ours to use"
    yield from (f"{key} is not ours to use" for key in REFUSED & state.keys())
    if state["Type"] == "Task":
        yield from _task(state)
    if state["Type"] == "Choice" and "Default" not in state:
        yield "a choice without a default"
    if state["Type"] == "Fail":
        yield from (f"{key} could carry somebody's words" for key in ("ErrorPath", "CausePath") if key in state)
    if state["Type"] in {"Task", "Choice"} and state.get("End"):
        yield "ends without Succeed or Fail"


def _task(state: Json) -> Iterator[str]:
    if "TimeoutSeconds" not in state and "TimeoutSecondsPath" not in state:
        yield "no timeout: it could hang for a year"
    yield from _rules(state.get("Retry", []), "Retry")
    yield from _rules(state.get("Catch", []), "Catch")
    if [ALL] not in [rule["ErrorEquals"] for rule in state.get("Catch", [])]:
        yield f"does not catch {ALL}"
    if any(rule.get("ResultPath", "$") is not None for rule in state.get("Catch", [])):
        yield "keeps an error's text: Catch needs ResultPath null"
    yield from _wait(state) if state["Resource"].endswith(WAITS) else _call(state)


def _rules(rules: list[Json], where: str) -> Iterator[str]:
    errors = [rule["ErrorEquals"] for rule in rules]
    if any(ALL in equals and equals != [ALL] for equals in errors):
        yield f"{where}: {ALL} must stand alone"
    if [ALL] in errors[:-1]:
        yield f"{where}: {ALL} must stand last"
    names = [name for equals in errors for name in equals]
    yield from (f"{where}: {name} is named twice" for name in set(names) if names.count(name) > 1)
    if where == "Retry" and any("JitterStrategy" not in rule for rule in rules):
        yield "Retry without jitter: all would come back at once"


def _wait(state: Json) -> Iterator[str]:
    if "$$.Task.Token" not in str(state["Parameters"]):
        yield "waits, and nobody holds its token"
    if [TIMEOUT] not in [rule["ErrorEquals"] for rule in state.get("Catch", [])]:
        yield f"waits without catching {TIMEOUT}"
    if TIMEOUT in [name for rule in state.get("Retry", []) for name in rule["ErrorEquals"]]:
        yield f"retries {TIMEOUT}: it would sleep through its deadline"
    if state.get("TimeoutSecondsPath") != "$.seconds":
        yield "does not wait for the earliest deadline"


def _call(state: Json) -> Iterator[str]:
    names = {name for rule in state.get("Retry", []) for name in rule["ErrorEquals"]}
    missing = {"Lambda.ServiceException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"} - names
    yield from (f"does not retry {name}" for name in sorted(missing))
    if not set(state["Parameters"]["Payload"]) <= {"case_id.$", "life.$"}:
        yield "hands over more than the case's number and its life"
