"""People apart from their cases: own table, own key; found only by a keyed hash of what identifies them."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from suban.adapters import keys
from suban.adapters.aws import client
from suban.adapters.codec import Plain, from_item, to_item
from suban.adapters.transaction import NEW
from suban.app.ports import Contact, Known
from suban.domain.records import Change, NewPerson, PhoneGiven

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY_VERSION = "1"  # rotated by writing the next version beside it; readers try every version ever used


class DynamoPeople:
    """`secret` keys the hash of identities; who only reads contacts needs none."""

    def __init__(self, table: str, secret: str = "", db: "DynamoDBClient | None" = None) -> None:
        self._table = table
        self._secret = secret.encode()
        self._db = db or client("dynamodb")

    def find(self, identity: str) -> Known | None:
        item = self._item(self._identity(identity))
        return Known(item["person"], item.get("reachable", False)) if item else None

    def contact(self, person: str) -> Contact | None:
        item = self._item(keys.person(person))
        return Contact(item.get("phone"), item.get("name"), item.get("opted_out", False)) if item else None

    def writes(self, change: Change) -> Iterable[Plain]:
        """For the transaction that files the case; an identity taken by a newcomer's rival refuses all of it."""
        match change.person:
            case NewPerson():
                return [self._put(item) for item in self._newcomer(change.person)]
            case PhoneGiven(person, identity, phone):
                return [
                    self._set(keys.person(person), "phone", phone),
                    self._set(self._identity(identity), "reachable", value=True),
                ]
            case None:
                return []

    def _newcomer(self, newcomer: NewPerson) -> Iterable[Plain]:
        yield keys.person(newcomer.person) | {"phone": newcomer.phone, "name": newcomer.name}
        for identity in newcomer.identities:
            yield self._identity(identity) | {"person": newcomer.person, "reachable": newcomer.phone is not None}

    def _identity(self, identity: str) -> keys.Key:
        kind, _, value = identity.partition(":")
        digest = hmac.new(self._secret, f"{kind}|{value}".encode(), sha256).hexdigest()
        return keys.identity(kind, KEY_VERSION, digest)

    def _item(self, key: keys.Key) -> Plain | None:
        answer = self._db.get_item(TableName=self._table, Key=to_item(key), ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None

    def _set(self, key: keys.Key, name: str, value: str | bool) -> Plain:  # noqa: FBT001 - an attribute
        return {
            "Update": {
                "TableName": self._table,
                "Key": to_item(key),
                "UpdateExpression": "SET #name = :value",
                "ConditionExpression": "attribute_exists(pk)",
                "ExpressionAttributeNames": {"#name": name},
                "ExpressionAttributeValues": to_item({":value": value}),
            }
        }

    def _put(self, item: Plain) -> Plain:
        return {"Put": {"TableName": self._table, "Item": to_item(item), "ConditionExpression": NEW}}
