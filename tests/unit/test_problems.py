"""Every refusal has its HTTP status and its words in three languages."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from suban.app.act import Conflict
from suban.domain.errors import (
    AlreadyRated,
    BadCaseNumber,
    Busy,
    DomainError,
    Invalid,
    ReopeningExpired,
    StaleVersion,
    TextRequired,
)
from suban.domain.places import OutsideCity
from suban.edge.language import LANGUAGES
from suban.edge.problems import PROBLEM_JSON, STATUS, FieldError, Problems
from tests.factories import rolled_back
from tests.tiny_city import city

PROBLEMS = Problems(city())


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from refusals(narrower)


ALL = sorted(set(refusals()), key=lambda kind: kind.__name__)


def body(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - Powertools' response
    told: dict[str, Any] = json.loads(answer.body)
    return told


def test_places_outside_are_among_them() -> None:
    assert {OutsideCity, BadCaseNumber, Busy} <= set(ALL)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_has_a_status_and_its_own_words_in_each_language(kind: type[DomainError], lang: str) -> None:
    answer = PROBLEMS.refusal(kind(), lang)
    told = body(answer)
    assert (answer.status_code, answer.content_type) == (STATUS[kind.code], PROBLEM_JSON)
    assert (told["status"], told["code"], told["type"]) == (STATUS[kind.code], kind.code, "about:blank")
    assert told["title"] == city().errors[kind.code][lang]["title"]
    assert told["detail"]
    assert "{" not in told["detail"]


def test_each_code_has_one_class_and_each_status_code_its_words() -> None:
    codes = [kind.code for kind in ALL if kind is not DomainError]
    assert len(codes) == len(set(codes))
    assert {code for code in STATUS if set(city().errors.get(code, {})) != set(LANGUAGES)} == set()


@pytest.mark.parametrize(
    ("kind", "status"),
    [(StaleVersion, 409), (AlreadyRated, 409), (BadCaseNumber, 400), (TextRequired, 422), (Busy, 503)],
)
def test_some_statuses_by_heart(kind: type[DomainError], status: int) -> None:
    assert PROBLEMS.refusal(kind(), "en").status_code == status


def test_a_conflict_shows_the_case_as_it_is_now() -> None:
    case = rolled_back()
    answer = PROBLEMS.refusal(Conflict(StaleVersion(version=5, status=case.status), case), "zh-Hans")
    present = {"case_id": case.case_id, "status": "dispatched", "round": 2, "version": 5}
    assert (answer.status_code, body(answer)["case"]) == (409, present)


def test_a_wrong_field_is_named_with_what_is_wrong() -> None:
    told = body(PROBLEMS.refusal(Invalid(field="text", type="string_too_long", max_length=5000), "en"))
    ((field),) = told["fields"]
    assert (field["field"], field["type"], "5000" in field["message"]) == ("text", "string_too_long", True)


def test_several_wrong_fields_are_told_at_once() -> None:
    told = body(PROBLEMS.invalid([FieldError("kind", "enum", {}), FieldError("x", "never_heard_of", {})], "zh-Hant"))
    assert [(f["field"], f["type"]) for f in told["fields"]] == [("kind", "enum"), ("x", "never_heard_of")]
    assert told["fields"][1]["message"] == city().fields["generic"]["zh-Hant"]


def test_placeholders_are_filled_and_missing_ones_left_blank() -> None:
    assert "7" in body(PROBLEMS.refusal(ReopeningExpired(days=7), "en"))["detail"]
    assert "{" not in body(PROBLEMS.refusal(ReopeningExpired(), "en"))["detail"]


@pytest.mark.parametrize("code", ["busy", "unavailable"])
def test_who_may_try_again_is_told_when(code: str) -> None:
    assert PROBLEMS.problem(code, "en").headers["Retry-After"] == "1"


def test_nothing_about_a_refusal_is_kept_by_anybody() -> None:
    answer = PROBLEMS.problem("not_found", "en")
    assert (answer.headers["Cache-Control"], "Retry-After" in answer.headers) == ("no-store", False)
