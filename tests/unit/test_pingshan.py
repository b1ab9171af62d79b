"""An outside check: every item name of Pingshan's 2018 list has an item here, or a written reason why not."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.city import CATALOG, rows

PUBLISHED = Path(__file__).parents[3] / "shared/data/pingshan_3level_units.csv"
ITEM = re.compile(r"\d\d-\d\d-\d{3}")
SUBCLASS = re.compile(r"\d\d-\d\d(?:-\d{3})?")
SHORTEST_REASON = 10

mapped = rows("pingshan_map")
codes = {row["code"] for path in CATALOG.glob("items/*.csv") for row in rows(f"items/{path.stem}")}


def published() -> list[str]:
    """A name that two of its groups share is told with its group: 文化/其他."""
    if not PUBLISHED.exists():
        pytest.skip(f"the published list is not beside this project: {PUBLISHED}")
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        listed = [(row["MAIN_TYPE_NAME"], row["SUB_TYPE_NAME"]) for row in csv.DictReader(file)]
    times = Counter(name for _, name in listed)
    return [name if times[name] == 1 else f"{group}/{name}" for group, name in listed]


def test_every_published_name_is_answered_for_once_and_no_other_name_is() -> None:
    assert sorted(row["pingshan_name"] for row in mapped) == sorted(published())


def test_each_name_has_an_item_of_ours_or_a_written_reason() -> None:
    unanswered = [
        row["pingshan_name"] for row in mapped if not row["item_code"] and len(row["reason"]) < SHORTEST_REASON
    ]
    assert unanswered == []


def test_the_items_named_exist() -> None:
    named = [(row["pingshan_name"], code) for row in mapped for code in row["item_code"].split("|") if code]
    assert [one for one in named if not ITEM.fullmatch(one[1])] == []
    assert [one for one in named if one[1] not in codes] == []


def test_the_items_and_sub_classes_that_a_reason_points_to_exist() -> None:
    known = codes | {code[:5] for code in codes}
    pointed = [(row["pingshan_name"], code) for row in mapped for code in SUBCLASS.findall(row["reason"])]
    assert [one for one in pointed if one[1] not in known] == []


def test_few_names_stay_without_an_item() -> None:
    assert sum(not row["item_code"] for row in mapped) <= 20
