"""events/: the schemas as validators, the samples as they are stored."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

EVENTS = Path(__file__).parents[2] / "events"
SAMPLES = EVENTS / "samples"


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EVENTS / "schemas" / f"{name}.json").read_text("utf-8"))
    return found


def wrongs(name: str, value: object, part: str = "") -> list[str]:
    """What is wrong with `value` by that schema, or by one of its `$defs`."""
    whole = schema(name)
    rule = {**whole, "$ref": f"#/$defs/{part}"} if part else whole
    checked = Draft202012Validator(rule, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checked.iter_errors(value)]


def sample(name: str) -> dict[str, Any]:
    """`stream/submitted`."""
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return found


def names(folder: str) -> list[str]:
    return sorted(f"{folder}/{path.stem}" for path in (SAMPLES / folder).glob("*.json"))
