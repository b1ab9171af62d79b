"""The machine's Await, read from the machine that is deployed: how it arms its token, and when it is refused."""

import json
import re
from functools import cache
from typing import Any

from infra.local.expand import ROOT

type Json = dict[str, Any]

_FORMAT = re.compile(r"States\.Format\('([^']*)', (.+)\)")


@cache
def _parameters() -> Json:
    flow = json.loads((ROOT / "infra/case_flow.asl.json").read_text("utf-8"))
    parameters: Json = flow["States"]["Await"]["Parameters"]
    return parameters


def arming(table: str, token: str, state: Json, life: int) -> Json:
    """The arguments of UpdateItem; `state` is what the step before put out: case_id and wait."""
    known = {"$$.Task.Token": token, "$$.Execution.Input.life": life} | {f"$.{name}": v for name, v in state.items()}
    filled: Json = _filled(_parameters(), known)
    return filled | {"TableName": table}


def _filled(value: Any, known: Json) -> Any:  # noqa: ANN401 - any part of a document
    if not isinstance(value, dict):
        return value
    return {
        name.removesuffix(".$"): _told(inner, known) if name.endswith(".$") else _filled(inner, known)
        for name, inner in value.items()
    }


def _told(path: str, known: Json) -> str:
    if found := _FORMAT.fullmatch(path):
        return found[1].replace("{}", str(known[found[2]]))
    return str(known[path])
