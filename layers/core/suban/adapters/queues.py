"""SQS: ids of notices to send, and stream records that nobody understood."""

import json
from collections.abc import Iterable
from itertools import batched
from typing import TYPE_CHECKING

from suban.adapters.aws import client

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH = 10  # entries a SendMessageBatch may hold


class SendFailed(RuntimeError):
    """SQS took only part of a batch; the whole is sent again, and the receiver knows what it has done."""


class NotifyQueue:
    def __init__(self, url: str, sqs: "SQSClient | None" = None) -> None:
        self._url = url
        self._sqs = sqs or client("sqs")

    def send(self, refs: Iterable[tuple[str, str]]) -> None:
        for part in batched(refs, BATCH, strict=False):
            bodies = [json.dumps({"case_id": case_id, "notice": notice_id}) for case_id, notice_id in part]
            answer = self._sqs.send_message_batch(
                QueueUrl=self._url, Entries=[{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)]
            )
            if answer.get("Failed"):
                raise SendFailed(answer["Failed"][0]["Code"])


class ParkedQueue:
    """Case id, version and reason only: what is needed to look the record up, nothing of what it says."""

    def __init__(self, url: str, sqs: "SQSClient | None" = None) -> None:
        self._url = url
        self._sqs = sqs or client("sqs")

    def park(self, case_id: str, version: str, reason: str) -> None:
        body = json.dumps({"case_id": case_id, "version": version, "reason": reason})
        self._sqs.send_message(QueueUrl=self._url, MessageBody=body)
