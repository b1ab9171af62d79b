"""Tracking codes and case numbers: the code is derived, never stored."""

import hmac
import secrets
from datetime import date
from hashlib import sha256
from uuid import uuid4

from suban.domain.numbers import RANDOM_DIGITS, case_number

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that sounds or looks like something else
LENGTH, GROUP = 16, 4  # 80 bits
_AS_HEARD = str.maketrans("OIL", "011", "- ")


class TrackingCodes:
    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def tracking_code(self, case_id: str) -> str:
        plain = self._plain(case_id)
        return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    def is_tracking_code(self, case_id: str, code: str) -> bool:
        said = code.upper().translate(_AS_HEARD)
        return hmac.compare_digest(said.encode(), self._plain(case_id).encode())

    def _plain(self, case_id: str) -> str:
        digest = hmac.new(self._secret, f"tracking|{case_id}".encode(), sha256).digest()
        number = int.from_bytes(digest)
        return "".join(ALPHABET[(number >> 5 * at) & 31] for at in range(LENGTH))


class RandomIds:
    def case_number(self, day: date) -> str:
        return case_number(day, secrets.randbelow(10**RANDOM_DIGITS))

    def person(self) -> str:
        return uuid4().hex
