"""Every SMS and unit message of the city, caught where SNS gets it, with the business time of that moment."""

import json
import re
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from unittest.mock import patch

from infra.local.kinds import Inside, Json

_CASE_NUMBER = re.compile(r"\d{8}-\d{8}-[\dX]")


class Messages:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._kept: list[Json] = []

    def newest(self, case_id: str | None = None, limit: int | None = None) -> list[Json]:
        with self._lock:
            wanted = [message for message in reversed(self._kept) if case_id in (None, message["case_id"])]
        return wanted[:limit]

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()

    def listen(self, stack: ExitStack) -> None:
        from moto.sns.models import SNSBackend

        publish = SNSBackend.publish

        def caught(
            self_: Inside, message: str, arn: str | None, phone_number: str | None = None, **rest: Inside
        ) -> str:
            message_id = publish(self_, message, arn, phone_number, **rest)
            self._keep(_sms(phone_number, message) if phone_number else _unit_message(str(arn), message, rest))
            return message_id

        stack.enter_context(patch.object(SNSBackend, "publish", caught))

    def _keep(self, message: Json) -> None:
        with self._lock:
            self._kept.append({"at": self._now().isoformat(timespec="seconds"), **message})


def _sms(phone: str, text: str) -> Json:
    found = _CASE_NUMBER.search(text)
    return {"kind": "sms", "to": phone, "text": text, "case_id": found[0] if found else None}


def _unit_message(arn: str, message: str, rest: Json) -> Json:
    body = json.loads(message)
    attributes = {name: given["Value"] for name, given in (rest.get("message_attributes") or {}).items()}
    to = attributes.get("unit") or arn.rpartition(":")[2]
    return {
        "kind": "unit",
        "to": to,
        "topic": arn.rpartition(":")[2],
        "attributes": attributes,
        "body": body,
        "case_id": body.get("case_id"),
    }
