"""Case numbers that survive a telephone: YYYYMMDD-NNNNNNNN-C.

C is ISO 7064 MOD 11-2 over the sixteen digits, as on every Chinese identity card: it catches each single wrong digit
and each swap of two neighbours. X stands for ten.
"""

import re
import unicodedata
from datetime import date

from suban.domain.errors import BadCaseNumber

RANDOM_DIGITS = 8
_SHAPE = re.compile(r"(\d{8})(\d{8})([\dX])", re.ASCII)
_NOISE = re.compile(r"[\s\-—–_.·]+")


def check_character(digits: str) -> str:
    remainder = 0
    for digit in digits:
        remainder = (remainder + int(digit)) * 2 % 11
    return "0123456789X"[(12 - remainder) % 11]


def case_number(day: date, random: int) -> str:
    """`random` is 0 … 99,999,999; a collision is refused by the table and drawn again."""
    digits = f"{day:%Y%m%d}{random:0{RANDOM_DIGITS}d}"
    return f"{digits[:8]}-{digits[8:]}-{check_character(digits)}"


def parse_case_number(said: str) -> str:
    """The canonical number for what somebody typed or heard; raises BadCaseNumber."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", said)).upper()
    found = _SHAPE.fullmatch(plain)
    if not found or check_character(plain[:-1]) != plain[-1]:
        raise BadCaseNumber(case_id=said[:40])
    return "-".join(found.groups())
