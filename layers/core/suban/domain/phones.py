"""Telephone numbers that can receive an SMS, as E.164: mainland mobiles without a country code are understood."""

import re
import unicodedata

from suban.domain.errors import Invalid

_MAINLAND_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})", re.ASCII)
_HONG_KONG_OR_MACAO = re.compile(r"(?:\+|00)(852[4-9]\d{7}|8536\d{7})", re.ASCII)
_ELSEWHERE = re.compile(r"(?:\+|00)((?!86|852|853)[1-9]\d{6,14})", re.ASCII)


def normal_phone(said: str) -> str:
    """Raises Invalid for contact.phone."""
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", said))
    if found := _MAINLAND_MOBILE.fullmatch(plain):
        return "+86" + found[1]
    if found := _HONG_KONG_OR_MACAO.fullmatch(plain) or _ELSEWHERE.fullmatch(plain):
        return "+" + found[1]
    raise Invalid(field="contact.phone", type="phone")
