"""Opaque cursors, sealed to the query that they continue: nobody else's, and nobody's own invention."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from suban.domain.errors import BadCursor

SEAL_BYTES = 16


class SealedCursors:
    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def seal(self, query: str, position: Mapping[str, str] | None) -> str | None:
        if position is None:
            return None
        payload = json.dumps(dict(position), separators=(",", ":")).encode()
        return urlsafe_b64encode(self._seal(query, payload) + payload).decode().rstrip("=")

    def open(self, query: str, cursor: str | None) -> Mapping[str, str] | None:
        if not cursor:
            return None
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            raise BadCursor from None
        seal, payload = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._seal(query, payload)):
            raise BadCursor
        position: Mapping[str, str] = json.loads(payload)
        return position

    def _seal(self, query: str, payload: bytes) -> bytes:
        return hmac.new(self._secret, b"cursor|" + query.encode() + b"|" + payload, sha256).digest()[:SEAL_BYTES]
