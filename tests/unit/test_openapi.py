"""One API, told three times: what the code answers to, what template.yaml routes, what infra/openapi.yaml says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.local import openapi
from suban.domain.words import Action, Status
from suban.edge.problems import STATUS
from tests.template.parts import of_type

Route = tuple[str, str]
TOLD = openapi.document()
ITSELF = ("GET", "/v1/openapi.json")
REFS = "#/components/"


def operations() -> dict[Route, dict[str, Any]]:
    return {(method.upper(), path): told for path, methods in TOLD["paths"].items() for method, told in methods.items()}


def deployed() -> dict[Route, dict[str, Any]]:
    (api,) = of_type("AWS::ApiGateway::RestApi").values()
    paths = api["Body"]["paths"].items()
    return {(m.upper(), path): told for path, methods in paths for m, told in methods.items() if m != "options"}


def references(part: object) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(references, part)) if part else set()
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
    return own.union(*(references(value) for value in part.values()))


def test_the_file_is_what_the_code_answers_to() -> None:
    assert openapi.differing() == [], openapi.HINT


def test_a_changed_file_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(openapi, "TARGET", tmp_path / "openapi.yaml")
    (tmp_path / "openapi.yaml").write_text(openapi.written().replace("Rate the result", "Praise the result"))
    assert any("Praise" in line for line in openapi.differing())


def test_the_code_answers_to_exactly_the_routes_of_the_template() -> None:
    assert set(operations()) | {ITSELF} == set(deployed())


def test_the_document_is_the_same_each_time() -> None:
    assert openapi.written() == openapi.written()
    assert yaml.safe_load(openapi.written()) == TOLD


def test_a_route_needs_a_token_where_the_gateway_asks_for_one() -> None:
    only_token = {route for route, told in operations().items() if told["security"] == [{"bearer": []}]}
    assert only_token == {route for route, told in deployed().items() if told.get("security") == [{"Token": []}]}


def test_a_case_is_opened_by_its_tracking_code_or_its_owners_token() -> None:
    either = {route for route, told in operations().items() if {"tracking_code": []} in told["security"]}
    assert either == {r for r in deployed() if r[1].startswith("/v1/cases/{case_id}")}


def test_whoever_files_needs_no_account() -> None:
    assert operations()["POST", "/v1/cases"]["security"] == [{}, {"bearer": []}]


def test_operations_have_one_name_each() -> None:
    names = [told["operationId"] for told in operations().values()]
    assert len(set(names)) == len(names)
    assert {"citizen_file", "citizen_rate", "work_dispatch", "work_close"} <= set(names)


def test_every_reference_leads_somewhere() -> None:
    for reference in references(TOLD):
        kind, name = reference.removeprefix(REFS).split("/")
        assert name in TOLD["components"][kind]


def test_nothing_is_described_that_no_route_uses() -> None:
    used: set[str] = set()
    found = references(TOLD["paths"])
    while found - used:
        used |= found
        found = references([TOLD["components"][r.split("/")[2]][r.split("/")[3]] for r in used])
    schemas = {reference.split("/")[3] for reference in used if "/schemas/" in reference}
    assert schemas == set(TOLD["components"]["schemas"])


def test_refusals_are_problems() -> None:
    answers = TOLD["components"]["responses"]
    assert {status for told in operations().values() for status in told["responses"] if status >= "4"} == {
        name.removeprefix("Refused") for name in answers
    }
    assert all(set(answer["content"]) == {"application/problem+json"} for answer in answers.values())


def test_every_refusal_that_a_route_can_make_is_told() -> None:
    assert {str(status) for status in STATUS.values()} - {"405"} <= {
        name.removeprefix("Refused") for name in TOLD["components"]["responses"]
    }


def test_the_words_are_those_of_the_domain() -> None:
    schemas = TOLD["components"]["schemas"]
    assert schemas["Status"]["enum"] == [str(status) for status in Status]
    assert schemas["Action"]["enum"] == [str(action) for action in Action]
