"""Tokens that nobody should accept, and an issuer of one's own."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local.city import AUDIENCE
from infra.local.issuer import KEY_ID, Issuer

HOUR = 3600


def claims(issuer: Issuer, **changes: object) -> dict[str, Any]:
    """Those of a supervisor's good token, but for the changes; None leaves one out."""
    now = int(time.time())
    fixed = {"iss": issuer.name, "aud": AUDIENCE, "sub": "s-1", "role": "supervisor", "iat": now, "exp": now + HOUR}
    return {name: value for name, value in {**fixed, **changes}.items() if value is not None}


def signed(issuer: Issuer, key_id: str | None = KEY_ID, **changes: object) -> str:
    """With the right key."""
    return jwt.encode(claims(issuer, **changes), issuer._key, algorithm="RS256", headers=_kid(key_id))


def signed_by_another(issuer: Issuer, key_id: str = KEY_ID) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims(issuer), key, algorithm="RS256", headers=_kid(key_id))


def unsigned(issuer: Issuer, algorithm: str = "none") -> str:
    """`alg` as an attacker writes it, the signature left out."""
    return f"{_part({'alg': algorithm, 'typ': 'JWT', 'kid': KEY_ID})}.{_part(claims(issuer))}."


def signed_with_the_public_key(issuer: Issuer) -> str:
    """HS256 with the published key as its secret: the oldest trick."""
    pem = issuer._key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': KEY_ID})}.{_part(claims(issuer))}"
    return f"{head}.{_text(_hs256(pem, head.encode()))}"


def altered(token: str, **changes: object) -> str:
    """Another payload under the old signature."""
    head, payload, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return f"{head}.{_part({**said, **changes})}.{signature}"


def _hs256(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, "sha256")


def _kid(key_id: str | None) -> dict[str, str]:
    return {"kid": key_id} if key_id else {}


def _part(said: Mapping[str, object]) -> str:
    return _text(json.dumps(said).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
