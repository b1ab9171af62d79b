"""The worked examples of catalog/limits.md, row by row, and the table of limits itself."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from suban.domain.limits import Limit, Limits, LimitsError
from suban.domain.worktime import WorkTime
from tests.unit.city import CATALOG, at, limit_values, work_time

Example = tuple[str, str, str, str]
WORK = work_time()
ROW = re.compile(r"\| (\d+) \| (\w+) \| ([^|]*)\| ([^|]*)\| ([^|]*)\|")


def examples() -> list[tuple[str, Example]]:
    text = (CATALOG / "limits.md").read_text(encoding="utf-8")
    found = [[cell.strip() for cell in row] for row in ROW.findall(text)]
    return [(number, (rule, start, limit, gives)) for number, rule, start, limit, gives in found]


RULES: dict[str, Callable[[WorkTime, str, str], object]] = {
    "due": lambda work, start, limit: work.due(at(start), Limit.parse(limit)),
    "due_soon": lambda work, due, limit: work.due_soon(at(due), Limit.parse(limit)),
    "halved": lambda _, __, limit: Limit.parse(limit).halved().text,
    "strictest": lambda work, start, limits: work.strictest(at(start), *map(Limit.parse, limits.split())).text,
    "provisional": lambda work, due, limit: "yes" if work.is_provisional(at(due), Limit.parse(limit)) else "no",
    "office": lambda work, moment, _: work.office_moment(at(moment)),
    "morning": lambda work, moment, _: work.next_working_morning(at(moment)),
    "quiet": lambda work, moment, _: work.after_quiet(at(moment)),
}


@pytest.mark.parametrize("example", [pytest.param(example, id=number) for number, example in examples()])
def test_worked_example(example: Example) -> None:
    rule, start, limit, gives = example
    expected = at(gives) if gives.startswith("20") else gives
    assert RULES[rule](WORK, start, limit) == expected


def test_every_row_of_the_table_is_read_and_every_rule_has_examples() -> None:
    numbers = [int(number) for number, _ in examples()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 12
    assert {example[0] for _, example in examples()} == set(RULES)


def test_the_limits_of_the_city() -> None:
    limits = Limits.of(limit_values())
    kinds = ("inquiry", "help", "suggestion", "complaint")
    assert [limits.handling(kind).text for kind in kinds] == ["2wd", "10wd", "10wd", "15wd"]
    assert (limits.dispatch(urgent=True).text, limits.dispatch(urgent=False).text) == ("30min", "2wh")
    assert (limits.contact.text, limits.rating.text, limits.reopening.text) == ("24h", "14d", "7d")
    assert (limits.reopening_times, limits.due_soon_short_share, limits.text_max) == (1, Fraction(1, 4), 5000)


@pytest.mark.parametrize("key", sorted(limit_values()))
def test_a_missing_limit_names_itself(key: str) -> None:
    values = limit_values()
    del values[key]
    with pytest.raises(LimitsError, match=f"^{re.escape(key)}: missing"):
        Limits.of(values)


@pytest.mark.parametrize("key", sorted(limit_values()))
@pytest.mark.parametrize("value", ["", "soon", "-1", "0wd", "1/0"])
def test_a_malformed_limit_names_itself(key: str, value: str) -> None:
    with pytest.raises(LimitsError, match=f"^{re.escape(key)}: '{re.escape(value)}'"):
        Limits.of(limit_values() | {key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("due_soon", "24h"),
        ("escalation.every", "2wh"),
        ("reopening", "7wd"),
        ("dispatch.urgent", "1wh"),
        ("dispatch.threshold", "98"),
        ("office.hours", "14:00-18:00|09:00-12:00"),
        ("office.hours", "09:00-12:00|12:00-18:00"),
        ("quiet.from", "25:00"),
        ("calendar.fixed", "02-30"),
    ],
)
def test_a_value_that_cannot_be_meant_names_its_key(key: str, value: str) -> None:
    with pytest.raises(LimitsError, match=f"^{re.escape(key)}: "):
        Limits.of(limit_values() | {key: value})


@pytest.mark.parametrize("text", ["10", "wd", "10 wd", "1.5h", "01h", "10WD", "１h", "1h\n", "99999h"])
def test_only_the_written_forms_are_limits(text: str) -> None:
    with pytest.raises(ValueError, match="is not a limit"):
        Limit.parse(text)


def test_a_limit_reads_as_it_was_written() -> None:
    written = ["30min", "24h", "14d", "2wh", "10wd"]
    assert [Limit.parse(text).text for text in written] == written


def test_for_a_24x7_case_a_working_day_is_24_hours() -> None:
    assert [Limit.parse(text).on_clock().text for text in ("1wd", "4wh", "30min")] == ["24h", "4h", "30min"]


def test_only_limits_on_the_clock_end_without_a_calendar() -> None:
    assert Limit(7, "d").clock_end(at("2026-11-23 10:00:00")) == at("2026-11-30 10:00:00")
    with pytest.raises(ValueError, match="2wd does not run on the clock"):
        Limit(2, "wd").clock_end(at("2026-11-23 10:00:00"))
