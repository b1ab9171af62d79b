"""The same ports, kept by three stores: memory, moto and DynamoDB Local."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

import boto3
from moto import mock_aws

from infra.local.expand import expand
from infra.local.moto_dynamodb import transactions_undo_what_they_touched
from suban.adapters.cases import DynamoCases
from suban.adapters.notices import DynamoNotices
from suban.adapters.people import DynamoPeople
from suban.app.ports import Cases, Doorbell, Known, Notices
from suban.domain.records import Change
from tests.contract.await_state import arming
from tests.twins import MemoryCases, MemoryNotices

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE_FACTS = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode", "StreamSpecification")


class World(Protocol):
    @property
    def cases(self) -> Cases: ...
    @property
    def notices(self) -> Notices: ...
    def person(self, identity: str) -> Known | None: ...
    def arm(self, bell: Doorbell, token: str) -> bool:
        """The machine waits where it saw the case; False where it is refused."""
        ...


class MemoryWorld:
    def __init__(self) -> None:
        self.notices = MemoryNotices()
        self.cases = MemoryCases(time.time, self.notices)

    def person(self, identity: str) -> Known | None:
        return self.cases.find(identity)

    def arm(self, bell: Doorbell, token: str) -> bool:
        return self.cases.arm(bell.case.case_id, token, bell.case.wait, bell.case.life)


@dataclass
class DynamoWorld:
    db: "DynamoDBClient"
    table: str
    people_table: str

    def __post_init__(self) -> None:
        self.people = DynamoPeople(self.people_table, "secret", self.db)
        self.cases = DynamoCases(self.table, self.people.writes, self.db)
        self.notices = DynamoNotices(self.table, self.db)

    def person(self, identity: str) -> Known | None:
        return self.people.find(identity)

    def arm(self, bell: Doorbell, token: str) -> bool:
        state = {"case_id": bell.case.case_id, "wait": bell.case.wait}
        try:
            self.db.update_item(**arming(self.table, token, state, bell.case.life))
        except self.db.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def items(self, change: Change) -> Mapping[str, Any]:
        """Everything under a case's key, by sort key, as it lies in the table."""
        found = self.db.query(
            TableName=self.table, KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"CASE#{change.after.case_id}"}},
        )  # fmt: skip
        return {item["sk"]["S"]: item for item in found["Items"]}


@cache
def _stated(logical: str) -> dict[str, Any]:
    """CreateTable's arguments from template.yaml; that a stream is enabled goes without saying in CloudFormation."""
    stated = expand()["Resources"][logical]["Properties"]
    facts = {key: value for key, value in stated.items() if key in TABLE_FACTS}
    if stream := facts.get("StreamSpecification"):
        facts["StreamSpecification"] = {**stream, "StreamEnabled": True}
    return facts


@contextmanager
def dynamo(db: "DynamoDBClient") -> Iterator[DynamoWorld]:
    """Both tables as template.yaml states them, under names of their own, for one test."""
    unique = uuid4().hex
    names = {logical: f"{logical}-{unique}" for logical in ("CasesTable", "PeopleTable")}
    for logical, name in names.items():
        db.create_table(TableName=name, **_stated(logical))
    try:
        yield DynamoWorld(db, names["CasesTable"], names["PeopleTable"])
    finally:
        for name in names.values():
            db.delete_table(TableName=name)


@contextmanager
def moto_db() -> Iterator["DynamoDBClient"]:
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        transactions_undo_what_they_touched(stack)
        yield boto3.client("dynamodb")
