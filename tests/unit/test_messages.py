"""Every text exists in three languages with the same placeholders, fits, and is wired to something that exists."""

import json
import re
from collections import defaultdict
from string import Formatter

import pytest
from jsonschema import Draft202012Validator

from suban.domain import errors
from suban.domain.events import EventType
from suban.domain.words import Result
from tests.unit.city import CATALOG, Row, rows

LANGS = {"zh-Hans", "zh-Hant", "en"}
TEXTS = {"sms": ("template", ["text"]), "timeline": ("event", ["text"]), "errors": ("code", ["title", "detail"]),
         "fields": ("type", ["text"])}  # fmt: skip
TIMELINE = {"unit", "due", "result", "round", "text"}
TWO_UCS2_SEGMENTS = 2 * 67
LONGEST = {
    "case_id": "20261123-12345678-X",
    "due": "31 Dec 18:00",
    "url": "https://minsheng.sz.gov.cn/20261123-12345678-X",
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def by_key(table: str) -> dict[str, dict[str, Row]]:
    key, _ = TEXTS[table]
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows(f"messages/{table}"):
        assert row["lang"] not in found[row[key]], f"{row[key]} {row['lang']} stands twice"
        found[row[key]][row["lang"]] = row
    return found


def longest_unit() -> str:
    return max((row["short"] for row in rows("units")), key=len)


@pytest.mark.parametrize("table", TEXTS)
def test_every_text_stands_in_three_languages_with_the_same_placeholders(table: str) -> None:
    _, columns = TEXTS[table]
    for key, texts in by_key(table).items():
        assert set(texts) == LANGS, key
        told = {frozenset(placeholders("".join(row[column] for column in columns))) for row in texts.values()}
        assert len(told) == 1, key


@pytest.mark.parametrize("row", rows("messages/sms"), ids=lambda row: f"{row['template']}-{row['lang']}")
def test_every_sms_with_its_longest_values_fits_two_segments(row: Row) -> None:
    text = row["text"].format(**LONGEST, unit=longest_unit())
    assert len(text.encode("utf-16-be")) // 2 <= TWO_UCS2_SEGMENTS, f"{len(text)}: {text}"


@pytest.mark.parametrize("row", rows("messages/sms"), ids=lambda row: f"{row['template']}-{row['lang']}")
def test_every_sms_says_which_case_and_ends_with_how_to_look(row: Row) -> None:
    assert "{case_id}" in row["text"]
    assert row["text"].endswith("{url}")


def test_every_event_has_a_timeline_text_of_known_placeholders() -> None:
    texts = by_key("timeline")
    assert set(texts) == set(EventType)
    assert all(placeholders(row["text"]) <= TIMELINE for langs in texts.values() for row in langs.values())


def test_every_route_names_an_existing_event_and_template() -> None:
    """Templates of units, desks and supervisors are unit messages, named after their event."""
    sms = set(by_key("sms"))
    for row in rows("messages/routing"):
        assert row["event"] in set(EventType)
        named_after_event = re.sub(r"(?<!^)(?=[A-Z])", "_", row["event"].removeprefix("Case")).lower()
        assert row["template"] in (sms if row["audience"] == "citizen" else {named_after_event}), row


def test_every_sms_is_sent_by_some_route_and_no_route_stands_twice() -> None:
    routes = rows("messages/routing")
    assert {row["template"] for row in routes if row["audience"] == "citizen"} == set(by_key("sms"))
    told = [(row["event"], row["audience"], row["condition"]) for row in routes if row["template"] != "invitation"]
    assert len(told) == len(set(told))


def test_every_refusal_of_the_domain_has_its_text() -> None:
    def codes(kind: type[errors.DomainError]) -> set[str]:
        return {kind.code}.union(*(codes(narrower) for narrower in kind.__subclasses__()))

    assert codes(errors.DomainError) <= set(by_key("errors"))


def test_results_are_those_of_the_case_and_refusals_give_reasons() -> None:
    codes = {
        kind: [row["code"] for row in rows("results") if row["kind"] == kind] for kind in ("result", "not_accepted")
    }
    assert sorted(codes["result"]) == sorted(Result)
    assert codes["not_accepted"]
    assert len(codes["not_accepted"]) == len(set(codes["not_accepted"]))


def test_no_citizen_reads_that_nobody_is_responsible() -> None:
    texts = "".join((CATALOG / f"{name}.csv").read_text(encoding="utf-8").lower() for name in
                    ("messages/sms", "messages/timeline", "messages/errors", "results"))  # fmt: skip
    for fob in ("不归我们", "不属于我", "不屬於我", "职责范围", "職責範圍", "not our responsib", "not responsible"):
        assert fob not in texts


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("calendar", "calendar/*.csv"),
        ("limits", "limits.csv"),
        ("results", "results.csv"),
        *((name, f"messages/{name}.csv") for name in ("sms", "timeline", "errors", "fields", "routing")),
    ],
)
def test_every_row_obeys_its_schema(schema: str, pattern: str) -> None:
    text = (CATALOG / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8")
    valid = Draft202012Validator(json.loads(text))
    for path in sorted(CATALOG.glob(pattern)):
        name = str(path.relative_to(CATALOG).with_suffix(""))
        assert [error.message for row in rows(name) for error in valid.iter_errors(row)] == []
