"""The city's own OpenID provider: signs demo tokens with a key that lives as long as the process."""

import time
from collections.abc import Mapping

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from infra.local.kinds import Json

LIFETIME = 12 * 3600  # real seconds: tokens do not follow business time
KEY_ID = "laptop-city"


class Issuer:
    def __init__(self, name: str, audience: str) -> None:
        self.name, self.audience = name, audience
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self, claims: Mapping[str, str]) -> str:
        """`claims`: sub, role, and what the role needs of unit, district, street, name."""
        now = int(time.time())
        fixed = {"iss": self.name, "aud": self.audience, "iat": now, "exp": now + LIFETIME}
        return jwt.encode({**claims, **fixed}, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def jwks(self) -> Json:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}
