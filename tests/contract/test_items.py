"""What lies in the table itself: codes only, small, and everything under the case's own key."""

import json

from suban.domain.records import Change, Guard, Words
from tests.contract.worlds import DynamoWorld
from tests.factories import answered, stored, submitted, supervised

SAYING = "楼下工地半夜打桩"


def test_meta_holds_nobodys_words_and_stays_under_two_write_units(tables: DynamoWorld) -> None:
    change = Change(None, supervised(), (Words(1, {"text": SAYING, "phone_masked": "+86138****8000"}),))
    tables.cases.commit(change)
    items = tables.items(change)
    meta = json.dumps(items["META"], ensure_ascii=False)
    assert SAYING not in meta
    assert "8000" not in meta
    attributes = sum(len(name) + len(str(next(iter(value.values())))) for name, value in items["META"].items())
    assert attributes < 2048


def test_events_hold_nobodys_words(tables: DynamoWorld) -> None:
    change = Change(None, supervised(), (Words(1, {"text": SAYING}),))
    tables.cases.commit(change)
    items = tables.items(change)
    events = [key for key in items if key.startswith("EVENT#")]
    assert events == [f"EVENT#{version:06d}" for version in range(1, 8)]
    assert all(SAYING not in json.dumps(items[key], ensure_ascii=False) for key in events)


def test_a_task_lies_beside_its_case_and_goes_with_its_reason(tables: DynamoWorld) -> None:
    change = Change(None, supervised())
    tables.cases.commit(change)
    assert "TASK#supervision#SUP-440301" in tables.items(change)
    closing = Change(stored(supervised()), stored(submitted(), version=8))
    tables.cases.commit(closing)
    assert not [key for key in tables.items(change) if key.startswith("TASK#")]


def test_an_answer_keeps_one_task_with_a_new_date(tables: DynamoWorld) -> None:
    tables.cases.commit(Change(None, supervised()))
    change = Change(stored(supervised()), stored(answered()))
    tables.cases.commit(change)
    tasks = [item for key, item in tables.items(change).items() if key.startswith("TASK#")]
    assert [task["due_at"]["S"] for task in tasks] == [answered().deadlines["review"].isoformat()]


def test_a_guard_goes_by_itself_when_its_time_is_over(tables: DynamoWorld) -> None:
    tables.cases.commit(Change(None, submitted(), guard=Guard("key", "body", 1_900_000_000)))
    key = {"pk": {"S": "IDEM#key"}, "sk": {"S": "IDEM"}}
    item = tables.db.get_item(TableName=tables.table, Key=key)["Item"]
    assert item["expires_at"] == {"N": "1900000000"}
