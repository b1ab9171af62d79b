"""Texts for refused fields, filled with what pydantic really hands over."""

from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tests.unit.city import Row, rows

TEXTS = {(row["type"], row["lang"]): row for row in rows("messages/fields")}


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    required: str
    text: Annotated[str, Field(min_length=1, max_length=3, pattern="^a")] = "a"
    number: Annotated[int, Field(ge=1, le=5)] = 1
    lat: Annotated[float, Field(gt=-90, lt=90, allow_inf_nan=False)] = 0.0
    colour: Colour = Colour.RED
    word: Literal["yes", "no"] = "yes"
    flag: bool = False
    entries: Annotated[list[str], Field(max_length=1)] = []
    table: dict[str, str] = {}


def refusals(**values: object) -> list[tuple[str, dict[str, object]]]:
    try:
        Form.model_validate({"required": "x"} | values)
    except ValidationError as error:
        return [(found["type"], found.get("ctx", {})) for found in error.errors()]
    return []


REFUSED: dict[str, dict[str, object]] = {
    "string_too_short": {"text": ""},
    "string_too_long": {"text": "aaaa"},
    "string_pattern_mismatch": {"text": "b"},
    "string_type": {"text": 1},
    "int_type": {"number": None},
    "int_parsing": {"number": "many"},
    "int_from_float": {"number": 1.5},
    "greater_than_equal": {"number": 0},
    "less_than_equal": {"number": 6},
    "float_type": {"lat": None},
    "float_parsing": {"lat": "north"},
    "finite_number": {"lat": float("nan")},
    "greater_than": {"lat": -90},
    "less_than": {"lat": 90},
    "enum": {"colour": "green"},
    "literal_error": {"word": "maybe"},
    "bool_type": {"flag": None},
    "bool_parsing": {"flag": "perhaps"},
    "list_type": {"entries": "a"},
    "too_long": {"entries": ["a", "b"]},
    "dict_type": {"table": "a"},
    "extra_forbidden": {"colr": "red"},
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_pydantics_own_values_fill_the_text(kind: str, lang: str) -> None:
    found = dict(refusals(**REFUSED[kind]))
    assert kind in found
    assert "{" not in fill(TEXTS[kind, lang], found[kind])


def fill(row: Row, context: dict[str, object]) -> str:
    return row["text"].format(**context)


def test_the_rest_of_pydantics_types_has_texts_without_placeholders() -> None:
    for kind in ("missing", "json_invalid", "model_type", "model_attributes_type", "phone", "generic"):
        assert fill(TEXTS[kind, "en"], {})
