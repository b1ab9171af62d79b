"""OIDC tokens (RS256): verified against the issuer's published keys, turned into a Caller."""

import time
from collections.abc import Mapping
from typing import Any

import jwt
from jwt import PyJWKClient

from suban.domain.access import Caller
from suban.domain.errors import TokenExpired, Unauthenticated, Unavailable
from suban.domain.words import Role

LEEWAY_SECONDS = 30
KEYS_LIVE_SECONDS = 3600
REFETCH_SECONDS = 30  # a flood of unknown key ids must not become a flood of fetches
UNIT_ROLES = frozenset({Role.UNIT_STAFF, Role.UNIT_LEAD})


class TokenVerifier:
    """`claim_prefix` goes before role, unit and district, e.g. `custom:` with Cognito."""

    def __init__(self, jwks_url: str, issuer: str, audience: str, claim_prefix: str = "") -> None:
        self._url = jwks_url
        self._issuer = issuer
        self._audience = audience
        self._prefix = claim_prefix
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = 0.0

    def caller(self, token: str) -> Caller:
        """Raises Unauthenticated, TokenExpired, or Unavailable while the issuer has never answered."""
        try:
            claims = jwt.decode(
                token, self._key(token).key, algorithms=["RS256"], audience=self._audience, issuer=self._issuer,
                leeway=LEEWAY_SECONDS, options={"require": ["exp", "iss", "aud", "sub"]},
            )  # fmt: skip
        except jwt.ExpiredSignatureError:
            raise TokenExpired from None
        except (jwt.PyJWTError, ValueError):
            raise Unauthenticated from None
        return self._caller(claims)

    def _caller(self, claims: Mapping[str, Any]) -> Caller:
        def claim(name: str) -> str | None:
            return str(claims[self._prefix + name]) if claims.get(self._prefix + name) else None

        try:
            role = Role(claim("role") or Role.CITIZEN)
        except ValueError:
            raise Unauthenticated from None
        unit = claim("unit")
        if role is Role.SYSTEM or (role in UNIT_ROLES and unit is None):
            raise Unauthenticated
        subject = f"{self._issuer}|{claims['sub']}" if role is Role.CITIZEN else str(claims["sub"])
        return Caller(role, subject, unit, claim("district"))

    def _key(self, token: str) -> jwt.PyJWK:
        kid = jwt.get_unverified_header(token).get("kid")
        age = time.monotonic() - self._fetched
        if not self._fetched or age > KEYS_LIVE_SECONDS or (kid not in self._keys and age > REFETCH_SECONDS):
            self._fetch()
        if kid not in self._keys:
            raise Unauthenticated
        return self._keys[kid]

    def _fetch(self) -> None:
        """Old keys stay in use where the issuer cannot be reached or answers something else."""
        try:
            found = PyJWKClient(self._url, cache_keys=False, timeout=3).get_signing_keys()
        except (jwt.PyJWTError, ValueError):
            if not self._keys:
                raise Unavailable from None
        else:
            self._keys = {key.key_id: key for key in found if key.key_id}
        self._fetched = time.monotonic()
