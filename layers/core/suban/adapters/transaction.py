"""A Change → the items of one TransactWriteItems, each with what its refusal means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from suban.adapters import keys
from suban.adapters.codec import NOTHING, Plain, to_item
from suban.adapters.items import event_item, meta_attributes, record_item
from suban.domain.case import Case
from suban.domain.records import Change
from suban.domain.tasks import tasks_of

NEW = "attribute_not_exists(pk)"


class Refusal(Enum):
    """What it means when an item's condition fails."""

    STALE = auto()
    TAKEN = auto()
    REPEATED = auto()
    IMPOSSIBLE = auto()


@dataclass(frozen=True, slots=True)
class Write:
    item: Plain
    refusal: Refusal = Refusal.IMPOSSIBLE


def writes(change: Change, table: str, now: float) -> Iterator[Write]:
    """META first, then what belongs to it; people's data is added by the adapter that holds their keys."""
    case_id = change.after.case_id
    yield _meta(change, table)
    for event in change.after.events:
        yield Write(_put(table, event_item(case_id, event)))
    for record in change.records:
        yield Write(_put(table, record_item(case_id, record)))
    yield from _tasks(change, table)
    if change.guard:
        kept = {"case_id": case_id, "body": change.guard.body, "expires_at": change.guard.expires_at}
        again = {
            "ConditionExpression": f"{NEW} OR expires_at < :now",
            "ExpressionAttributeValues": {":now": {"N": str(int(now))}},
        }
        yield Write(_put(table, keys.guard(change.guard.key) | kept, again), Refusal.REPEATED)


def _meta(change: Change, table: str) -> Write:
    after = meta_attributes(change.after)
    if change.before is None:
        return Write(_put(table, keys.meta(change.after.case_id) | after), Refusal.TAKEN)
    before = meta_attributes(change.before)
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not change.before.is_open:  # the sweeper may have stopped watching it
        changed |= keys.watch_index(change.after)
    gone = [name for name, value in changed.items() if value in NOTHING]
    if change.by_machine:
        gone += ["task_token", "token_wait"]
    return Write(_update(table, change.before, changed, gone), Refusal.STALE)


def _update(table: str, before: Case, changed: Plain, gone: list[str]) -> Plain:
    """Named attributes only: a PutItem would wipe out the token that the machine has just armed."""
    kept = to_item({name: value for name, value in changed.items() if name not in gone})
    names = {f"#{name}": name for name in (*kept, *gone, "version")}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in kept)
    if gone:
        expression += " REMOVE " + ", ".join(f"#{name}" for name in gone)
    values = {f":{name}": value for name, value in kept.items()} | {":expected": {"N": str(before.version)}}
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.meta(before.case_id)),
            "UpdateExpression": expression,
            "ConditionExpression": "#version = :expected",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
    }


def _tasks(change: Change, table: str) -> Iterator[Write]:
    before = tasks_of(change.before) if change.before else frozenset()
    after = tasks_of(change.after)
    still = {(task.kind, task.owner) for task in after}
    for task in after - before:
        where = keys.task(change.after.case_id, task) | keys.task_index(change.after, task)
        yield Write({"Put": {"TableName": table, "Item": to_item(where | {"due_at": task.due_at})}})
    for task in before:
        if (task.kind, task.owner) not in still:
            yield Write({"Delete": {"TableName": table, "Key": to_item(keys.task(change.after.case_id, task))}})


def _put(table: str, item: Plain, condition: dict[str, Any] | None = None) -> Plain:
    return {"Put": {"TableName": table, "Item": to_item(item), **(condition or {"ConditionExpression": NEW})}}
