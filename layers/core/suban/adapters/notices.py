"""NOTICE items: put once, claimed by lease, settled once."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from suban.adapters import keys
from suban.adapters.aws import client
from suban.adapters.codec import from_item, to_item
from suban.adapters.items import notice as revived
from suban.adapters.items import notice_item
from suban.domain.notices import Notice, NoticeState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLAIMABLE = "#state = :due OR (#state = :sending AND #until < :now)"


class DynamoNotices:
    def __init__(self, table: str, db: "DynamoDBClient | None" = None) -> None:
        self._table = table
        self._db = db or client("dynamodb")

    def put(self, notice: Notice) -> None:
        try:
            self._db.put_item(
                TableName=self._table, Item=to_item(notice_item(notice)), ConditionExpression="attribute_not_exists(pk)"
            )
        except self._db.exceptions.ConditionalCheckFailedException:
            return

    def get(self, case_id: str, notice_id: str) -> Notice | None:
        key = to_item(keys.notice(case_id, notice_id))
        answer = self._db.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return revived(from_item(answer["Item"])) if "Item" in answer else None

    def claim(self, notice: Notice, now: float, until: int) -> bool:
        values = {
            ":due": NoticeState.DUE,
            ":sending": NoticeState.SENDING,
            ":now": int(now),
            ":until": until,
            ":one": 1,
        }
        try:
            self._db.update_item(
                TableName=self._table,
                Key=to_item(keys.notice(notice.case_id, notice.id)),
                UpdateExpression="SET #state = :sending, #until = :until, attempts = attempts + :one",
                ConditionExpression=CLAIMABLE,
                ExpressionAttributeNames={"#state": "state", "#until": "until"},
                ExpressionAttributeValues=to_item(values),
            )
        except self._db.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def settle(self, notice: Notice) -> None:
        """The outcome; out of the index where it is final, at its new time where it was put off."""
        told = {
            "state": notice.state, "send_at": notice.send_at, "sent_at": notice.sent_at,
            "message_id": notice.message_id, "reason": notice.reason,
        }  # fmt: skip
        index = {} if notice.is_settled else keys.notice_index(notice)
        values = to_item(told | index)
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        if not index:
            expression += " REMOVE work_pk, work_sk"
        self._db.update_item(
            TableName=self._table,
            Key=to_item(keys.notice(notice.case_id, notice.id)),
            UpdateExpression=expression,
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
        )

    def due(self, shard: int, now: datetime, size: int) -> Sequence[tuple[str, str]]:
        values = {":pk": keys.queue_pk("notice", keys.NOTICES, shard), ":until": keys.notices_until(now)}
        answer = self._db.query(
            TableName=self._table, IndexName="work", Limit=size,
            KeyConditionExpression="work_pk = :pk AND work_sk < :until", ExpressionAttributeValues=to_item(values),
        )  # fmt: skip
        found = [from_item(item) for item in answer["Items"]]
        return [(keys.case_id_of(item["pk"]), item["sk"].removeprefix("NOTICE#")) for item in found]
