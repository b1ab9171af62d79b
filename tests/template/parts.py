"""The expanded template, and questions about it that several tests ask."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from infra.local.expand import expand

type Json = dict[str, Any]

FUNCTION = "AWS::Lambda::Function"


@cache
def template() -> Json:
    return expand()


def of_type(kind: str) -> dict[str, Json]:
    """Logical name → properties."""
    return {name: r["Properties"] for name, r in template()["Resources"].items() if r["Type"] == kind}


def variables(function: str) -> Json:
    declared: Json = of_type(FUNCTION)[function]["Environment"]["Variables"]
    return declared


def statements() -> Iterator[tuple[str, Json]]:
    """Each statement of each role, with the role's name."""
    for role, properties in of_type("AWS::IAM::Role").items():
        for policy in properties.get("Policies", []):
            yield from ((role, statement) for statement in policy["PolicyDocument"]["Statement"])


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def names_in(value: object) -> set[str]:
    """Every resource or parameter that a value refers to."""
    match value:
        case {"Ref": str(name)}:
            return {name}
        case {"Fn::GetAtt": [str(name), *_]}:
            return {name}
        case {"Fn::Sub": str(text)}:
            return {part.partition("}")[0].partition(".")[0] for part in text.split("${")[1:]}
        case Mapping():
            return set().union(*(names_in(each) for each in value.values()))
        case list():
            return set().union(*(names_in(each) for each in value))
    return set()
