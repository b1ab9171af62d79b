"""Cases in DynamoDB: one partition a case, one transaction a change, no question answered by Scan."""

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import merge
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from suban.adapters import keys
from suban.adapters.aws import client
from suban.adapters.codec import Plain, from_item, to_item
from suban.adapters.items import decision, doorbell, event, notice, rating, words
from suban.adapters.transaction import Refusal, Write, writes
from suban.app.ports import Doorbell, DoorbellPage, Page, Repeated, Retry, Story
from suban.domain.case import Case
from suban.domain.errors import Busy, StaleVersion
from suban.domain.events import Event
from suban.domain.records import Change, Words

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONFLICT_TRIES = 3
BATCH = 100  # keys a BatchGetItem may ask for
PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})

PeopleWrites = Callable[[Change], Iterable[Plain]]
Position = Mapping[str, str] | None


def _nobody(_change: Change) -> Iterable[Plain]:
    return ()


class DynamoCases:
    """`people`: the People table's part of a filing, by the adapter that holds its keys."""

    def __init__(self, table: str, people: PeopleWrites = _nobody, db: "DynamoDBClient | None" = None) -> None:
        self._table = table
        self._people = people
        self._db = db or client("dynamodb")

    def get(self, case_id: str) -> Case | None:
        bell = self.doorbell(case_id)
        return bell.case if bell else None

    def doorbell(self, case_id: str) -> Doorbell | None:
        item = self._item(keys.meta(case_id))
        return doorbell(item) if item else None

    def event(self, case_id: str, version: int) -> Event | None:
        item = self._item(keys.event(case_id, version))
        return event(item) if item else None

    def guarded(self, key: str) -> tuple[str, str] | None:
        item = self._item(keys.guard(key))
        return (item["case_id"], item["body"]) if item and item["expires_at"] >= int(time.time()) else None

    def words(self, case_id: str) -> Mapping[int, Words]:
        found = (words(item) for item in self._partition(case_id, "WORDS#"))
        return {said.version: said for said in found}

    def story(self, case_id: str) -> Story | None:
        by_kind: dict[str, list[Plain]] = {}
        for item in self._partition(case_id):
            by_kind.setdefault(item["sk"].split("#")[0], []).append(item)
        if keys.META not in by_kind:
            return None
        said = [words(item) for item in by_kind.get("WORDS", [])]
        return Story(
            doorbell(by_kind[keys.META][0]).case,
            [event(item) for item in by_kind.get("EVENT", [])],
            {piece.version: piece for piece in said},
            [rating(item) for item in by_kind.get("RATING", [])],
            [decision(item) for item in by_kind.get("DECISION", [])],
            [notice(item) for item in by_kind.get("NOTICE", [])],
        )

    def commit(self, change: Change) -> None:
        parts = list(writes(change, self._table, time.time()))
        parts += [Write(item, Refusal.TAKEN) for item in self._people(change)]
        for attempt in range(CONFLICT_TRIES + 1):
            try:
                self._db.transact_write_items(TransactItems=[part.item for part in parts])  # type: ignore[misc]
            except self._db.exceptions.TransactionCanceledException as cancelled:
                self._refused(change, parts, cancelled)
            else:
                return
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter
        raise Busy

    def _refused(self, change: Change, parts: Sequence[Write], cancelled: ClientError) -> None:
        """Returns where the same transaction may be tried again."""
        reasons: Any = cancelled.response.get("CancellationReasons", [])
        failed = {part.refusal for part, why in zip(parts, reasons, strict=False) if _is_condition(why)}
        if change.guard and Refusal.REPEATED in failed and (kept := self.guarded(change.guard.key)):
            raise Repeated(*kept) from cancelled
        if Refusal.TAKEN in failed:
            raise Retry from cancelled
        if Refusal.STALE in failed:
            raise StaleVersion from cancelled
        if not any(why.get("Code") in PASSING for why in reasons):
            raise cancelled

    # -- listings ---------------------------------------------------------------------------------------------------

    def of_person(self, person: str, size: int, after: Position) -> Page:
        """Newest first."""
        found = self._index("citizen", keys.citizen_pk(person), size, after, newest_first=True)
        return Page([bell.case for bell in self._metas(found)], _position(found, "citizen_sk", size))

    def queue(self, owner: str, kind: str, size: int, after: Position) -> Page:
        """Over all shards of the queue, in the one order of their sort keys."""
        shards = [self._index("work", keys.queue_pk(owner, kind, n), size, after) for n in range(keys.SHARDS[kind])]
        found = list(merge(*shards, key=lambda item: str(item["work_sk"])))[:size]
        return Page([bell.case for bell in self._metas(found)], _position(found, "work_sk", size))

    def open_doorbells(self, shard: int, size: int, after: Position) -> DoorbellPage:
        found = self._index("open", keys.open_pk(shard), size, after)
        return DoorbellPage(self._metas(found), _position(found, "open_sk", size))

    def unwatch(self, case: Case) -> None:
        """No state of the case: only the index in which the sweeper finds it."""
        try:
            self._db.update_item(
                TableName=self._table, Key=to_item(keys.meta(case.case_id)),
                UpdateExpression="REMOVE open_pk, open_sk", ConditionExpression="#version = :seen",
                ExpressionAttributeNames={"#version": "version"},
                ExpressionAttributeValues=to_item({":seen": case.version}),
            )  # fmt: skip
        except self._db.exceptions.ConditionalCheckFailedException:
            return

    def _index(self, index: str, pk: str, size: int, after: Position, *, newest_first: bool = False) -> list[Plain]:
        condition, values = f"{index}_pk = :pk", {":pk": pk}
        if after:
            condition += f" AND {index}_sk {'<' if newest_first else '>'} :after"
            values[":after"] = after["sk"]
        answer = self._db.query(
            TableName=self._table, IndexName=index, KeyConditionExpression=condition, Limit=size,
            ExpressionAttributeValues=to_item(values), ScanIndexForward=not newest_first,
        )  # fmt: skip
        return [from_item(item) for item in answer["Items"]]

    def _metas(self, found: Sequence[Plain]) -> list[Doorbell]:
        """The cases themselves, consistently read: the indexes hold nothing but keys."""
        ids = [keys.case_id_of(item["pk"]) for item in found]
        bells: dict[str, Doorbell] = {}
        wanted: Any = [to_item(keys.meta(case_id)) for case_id in dict.fromkeys(ids)]
        while wanted:
            request: Any = {self._table: {"Keys": wanted[:BATCH], "ConsistentRead": True}}
            answer = self._db.batch_get_item(RequestItems=request)
            for item in answer["Responses"].get(self._table, []):
                bell = doorbell(from_item(item))
                bells[bell.case.case_id] = bell
            left: Any = answer["UnprocessedKeys"].get(self._table)
            wanted = wanted[BATCH:] + (left["Keys"] if left else [])
        return [bells[case_id] for case_id in ids if case_id in bells]

    def _item(self, key: keys.Key) -> Plain | None:
        answer = self._db.get_item(TableName=self._table, Key=to_item(key), ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None

    def _partition(self, case_id: str, prefix: str = "") -> Iterable[Plain]:
        condition, values = "pk = :pk", {":pk": keys.case_pk(case_id)}
        if prefix:
            condition += " AND begins_with(sk, :prefix)"
            values[":prefix"] = prefix
        pages = self._db.get_paginator("query").paginate(
            TableName=self._table, KeyConditionExpression=condition, ConsistentRead=True,
            ExpressionAttributeValues=to_item(values),
        )  # fmt: skip
        return (from_item(item) for page in pages for item in page["Items"])


def _is_condition(why: Mapping[str, Any]) -> bool:
    return why.get("Code") == "ConditionalCheckFailed"


def _position(found: Sequence[Plain], attribute: str, size: int) -> Position:
    """A short page is the last one."""
    return {"sk": found[-1][attribute]} if len(found) == size else None
