"""DynamoDB in moto 5.2.5: transactions that undo what they touched, queries that look at one partition."""

import copy
import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from infra.local.kinds import Inside

type Items = list[dict[str, dict[str, Any]]]


@dataclass
class Undo:
    """What a transaction is about to touch in one table, and how long that table's stream was."""

    table: Inside
    stream_length: int
    before: list[tuple[Any, Any, Any]] = field(default_factory=list)

    def restore(self) -> None:
        for hash_key, range_key, item in self.before:
            where, key = (self.table.items[hash_key], range_key) if range_key else (self.table.items, hash_key)
            if item is None:
                where.pop(key, None)
            else:
                where[key] = item
            if not self.table.items.get(hash_key):
                self.table.items.pop(hash_key, None)
        if self.table.stream_shard:
            del self.table.stream_shard.items[self.stream_length :]


def _remember(backend: Inside, items: Items) -> list[Undo]:
    undo: dict[str, Undo] = {}
    for item in items:
        ((_, operation),) = list(item.items())[:1]
        table = backend.tables.get(operation.get("TableName"))
        if table is None:
            continue
        source = operation.get("Key") or operation.get("Item", {})
        key = {name: source[name] for name in table.table_key_attrs if name in source}
        if len(key) != len(table.table_key_attrs):
            continue
        hash_key, range_key = backend.get_keys_value(table, key)
        length = len(table.stream_shard.items) if table.stream_shard else 0
        known = undo.setdefault(table.name, Undo(table, length))
        known.before.append((hash_key, range_key, copy.deepcopy(table.get_item(hash_key, range_key))))
    return list(undo.values())


def transactions_undo_what_they_touched(stack: ExitStack) -> None:
    """A transaction copies the whole table once per item and after a failure puts the copy in the table's
    place: its stream goes deaf for ever and the writes of others vanish. Here the table stays the same object.
    """
    from moto.dynamodb.models import DynamoDBBackend
    from moto.dynamodb.models.table import Table

    transact = DynamoDBBackend.transact_write_items

    @functools.wraps(transact)
    def with_undo(self: Inside, transact_items: Items) -> None:
        undo = _remember(self, transact_items)
        try:
            transact(self, transact_items)
        except Exception:
            for table in undo:
                table.restore()
            raise

    stack.enter_context(patch.object(Table, "__deepcopy__", lambda table, _: table, create=True))
    stack.enter_context(patch.object(DynamoDBBackend, "transact_write_items", with_undo))


def _candidates(table: Inside, given: dict[str, Any]) -> list[Any]:
    if not given.get("index_name"):
        partition = table.items.get(given["hash_key"], {})
        return list(partition.values()) if table.range_key_attr else [partition]
    conditions = given.get("hash_key_conditions") or []
    everything = (item for partition in table.items.values() for item in partition.values())
    return [i for i in everything if all(name in i.attrs and i.attrs[name] == value for name, value in conditions)]


@contextmanager
def _only(table: Inside, items: list[Any]) -> Iterator[None]:
    table.all_items = lambda: items
    try:
        yield
    finally:
        del table.all_items


def queries_look_at_one_partition(stack: ExitStack) -> None:
    """A query sorts the whole table: a second each once a few thousand cases are in it."""
    from moto.dynamodb.models.table import Table

    query = Table.query
    parameters = inspect.signature(query)

    @functools.wraps(query)
    def narrow(self: Inside, *args: Inside, **kwargs: Inside) -> Inside:
        given = parameters.bind(self, *args, **kwargs).arguments
        with _only(self, _candidates(self, given)):
            return query(self, *args, **kwargs)

    stack.enter_context(patch.object(Table, "query", narrow))


def attribute_values_pass_as_they_are(stack: ExitStack) -> None:
    """They are in the shape of the wire; to write each anew by the service's model takes a fifth of all time."""
    from moto.core.serialize import JSONSerializer

    serialize = JSONSerializer._serialize

    def quick(self: Inside, serialized: Inside, value: Inside, shape: Inside, key: str) -> None:
        if shape.name == "AttributeValue" and isinstance(value, dict):
            self._default_serialize(serialized, value, shape, key)
        else:
            serialize(self, serialized, value, shape, key)

    stack.enter_context(patch.object(JSONSerializer, "_serialize", quick))


def update_expressions_are_read_once(stack: ExitStack) -> None:
    """Each is parsed twice a call, and its clauses are counted anew at every node: 15 ms for a case's attributes."""
    from moto.dynamodb.parsing.expressions import UpdateExpressionParser  # type: ignore[attr-defined]
    from moto.dynamodb.parsing.validators import ActionCountValidator

    parsed = functools.lru_cache(maxsize=1024)(UpdateExpressionParser.make)  # whoever changes the tree copies it first
    count = ActionCountValidator.verify_action_counts

    def count_at_the_root(self: Inside, node: Inside) -> Inside:
        return node if node.parent else count(self, node)

    stack.enter_context(patch.object(UpdateExpressionParser, "make", parsed))
    stack.enter_context(patch.object(ActionCountValidator, "verify_action_counts", count_at_the_root))


FIXES: tuple[Callable[[ExitStack], None], ...] = (
    transactions_undo_what_they_touched,
    queries_look_at_one_partition,
    attribute_values_pass_as_they_are,
    update_expressions_are_read_once,
)
