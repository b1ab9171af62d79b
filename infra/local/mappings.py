"""What feeds a Lambda from a stream or a queue: batches, filters, partial failures. moto does none of it."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import boto3

from infra.local.kinds import Inside, Json
from infra.local.moto_fixes import ACCOUNT, AWS, REGION
from infra.local.patterns import matches
from infra.local.streams import Stream

log = logging.getLogger("suban.city")

type Invoke = Callable[[Json], Json]
"""One function, called with an event."""


class Mapping(Protocol):
    def step(self) -> bool:
        """Deliver one batch; False where there was nothing to do."""
        ...

    def is_idle(self) -> bool: ...
    def forget(self) -> None: ...


def failed_items(answer: Json, ids: Sequence[str]) -> set[str]:
    """An answer that names an unknown item fails the whole batch, as on AWS."""
    named = {failure.get("itemIdentifier") for failure in (answer or {}).get("batchItemFailures", [])}
    return set(ids) if named - set(ids) else named


class StreamMapping:
    """After a failure it goes on from the lowest record that failed, until that succeeds."""

    def __init__(self, stream: Stream, properties: Json, invoke: Invoke, patience: float) -> None:
        filters = properties.get("FilterCriteria", {}).get("Filters", [])
        self._patterns = [json.loads(f["Pattern"]) for f in filters]
        self._batch_size = int(properties.get("BatchSize", 100))
        self._stream, self._invoke, self._patience = stream, invoke, patience
        self._position = 0
        self._not_before = 0.0

    def step(self) -> bool:
        if time.monotonic() < self._not_before:
            return False
        records = self._stream.records(self._position, self._batch_size)
        wanted = [r for r in records if not self._patterns or any(matches(p, r) for p in self._patterns)]
        failed = self._deliver(wanted)
        self._position += len(records) if failed is None else records.index(failed)
        if failed:
            self._not_before = time.monotonic() + self._patience
        return bool(records)

    def is_idle(self) -> bool:
        return self._position >= len(self._stream)

    def forget(self) -> None:
        self._position, self._not_before = 0, 0.0

    def _deliver(self, records: list[Json]) -> Json | None:
        """The first record that was not handled. A function that raises gets the halves of its batch."""
        if not records:
            return None
        ids = [r["dynamodb"]["SequenceNumber"] for r in records]
        try:
            failed = failed_items(self._invoke({"Records": records}), ids)
        except Exception:
            log.exception("A batch of %d stream records failed", len(records))
            if len(records) == 1:
                return records[0]
            middle = len(records) // 2
            return self._deliver(records[:middle]) or self._deliver(records[middle:])
        return next((r for r, i in zip(records, ids, strict=True) if i in failed), None)


class QueueMapping:
    """A message that failed is seen again after `patience` real seconds, and redriven by the queue's own policy."""

    def __init__(self, arn: str, properties: Json, invoke: Invoke, patience: float) -> None:
        from moto.sqs.models import sqs_backends

        self._arn, self._invoke, self._patience = arn, invoke, patience
        self._batch_size = int(properties.get("BatchSize", 10))
        self._queue: Inside = sqs_backends[ACCOUNT][REGION].get_queue(arn.rpartition(":")[2])
        self._sqs = boto3.client("sqs")
        self._url = self._sqs.get_queue_url(QueueName=self._queue.name)["QueueUrl"]

    def step(self) -> bool:
        with AWS:
            if not self._queue.messages:
                return False
        received = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=self._batch_size, AttributeNames=["All"]
        )
        messages = received.get("Messages", [])
        failed = self._deliver([self._as_lambda_gets_it(message) for message in messages]) if messages else set()
        for message in messages:
            self._settle(message["ReceiptHandle"], again=message["MessageId"] in failed)
        return True

    def _settle(self, handle: str, *, again: bool) -> None:
        if again:
            self._sqs.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=handle, VisibilityTimeout=int(self._patience)
            )
        else:
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=handle)

    def is_idle(self) -> bool:
        return not self._queue._messages

    def forget(self) -> None:
        """Nothing: the queue remembers."""

    def _deliver(self, records: list[Json]) -> set[str]:
        ids = [record["messageId"] for record in records]
        try:
            return failed_items(self._invoke({"Records": records}), ids)
        except Exception:
            log.exception("A batch of %d queue messages failed", len(records))
            return set(ids)

    def _as_lambda_gets_it(self, message: Json) -> Json:
        names = {"messageId": "MessageId", "receiptHandle": "ReceiptHandle", "body": "Body", "attributes": "Attributes"}
        fixed = {"messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": self._arn, "awsRegion": REGION}
        return {name: message[theirs] for name, theirs in names.items()} | {"md5OfBody": message["MD5OfBody"]} | fixed
