"""Idempotency-Key and body → what is kept to know a request again: hashes, never what was said."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from suban.domain.limits import CLOCK_MINUTES, Limit
from suban.domain.records import Guard


@dataclass(frozen=True, slots=True)
class Guards:
    memory: Limit

    def guard(self, key: str | None, scope: str, body: Mapping[str, Any], wall: float) -> Guard | None:
        """`scope`: who asks for what, so that two callers' keys never meet."""
        if not key:
            return None
        lives = timedelta(minutes=self.memory.amount * CLOCK_MINUTES[self.memory.unit])
        return Guard(_hash(f"{scope}|{key}"), body_hash(body), int(wall + lives.total_seconds()))


def body_hash(body: Mapping[str, Any]) -> str:
    return _hash(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
