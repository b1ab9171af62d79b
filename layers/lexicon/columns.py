"""What each column of the catalogue may hold."""

import re
from collections.abc import Mapping

from layers.lexicon.tables import Check

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def _like(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def _number_or_empty(value: str) -> bool:
    return not value or _number(value)


anything: Check = lambda _value: True  # noqa: E731 - a table of checks reads better so
filled: Check = bool
yes_no = _like("yes|no")
language = _like("|".join(LANGUAGES))
district_code = _like(r"\d{6}")
street_code = _like(r"\d{9}")
kinds = _like(r"((inquiry|complaint|suggestion|help)(\|(inquiry|complaint|suggestion|help))*)?")

CLASSES = {"code": _like(r"\d\d"), "name": filled}
ITEMS: Mapping[str, Check] = {
    "code": _like(r"\d\d-\d\d-\d{3}"),
    "name": filled,
    "group": anything,
    "subgroup": anything,
    "role": filled,
    "kinds": kinds,
    "urgent": yes_no,
    "public": yes_no,
    "limit": _like(r"(\d+(min|h|d|wh|wd))?"),
    "wordings": anything,
    "tell_apart": anything,
    "neighbours": _like(r"(\d\d-\d\d-\d{3}(\|\d\d-\d\d-\d{3})*)?"),
    "not_here": anything,
}
UNITS: Mapping[str, Check] = {
    "code": filled,
    "name": filled,
    "short": filled,
    "level": _like("city|district|street|branch|enterprise|vertical"),
    "role": filled,
    "district": _like(r"(\d{6})?"),
    "street": _like(r"(\d{9})?"),
    "parent": anything,
    "supervisor": anything,
    "topic": _like(r"city|\d{6}"),
    "fallback": anything,
}
DISTRICTS = {
    "code": district_code,
    "name": filled,
    "short": filled,
    "aliases": anything,
    "lat": _number,
    "lon": _number,
    "hotline_unit": filled,
}
STREETS = {
    "code": street_code,
    "name": filled,
    "short": filled,
    "district": district_code,
    "aliases": anything,
    "lat": _number_or_empty,
    "lon": _number_or_empty,
}
COMMUNITIES = {"code": _like(r"\d{12}"), "name": filled, "short": filled, "street": street_code}
LANDMARKS = {
    "name": filled,
    "kind": _like("metro|road|estate|mall|hospital|school|park|port|village|bridge"),
    "district": _like(r"\d{6}(\|\d{6})*"),
    "street": _like(r"(\d{9})?"),
    "aliases": anything,
    "believed": _like("anywhere|beside"),
}
NEIGHBOURS = {
    "name": filled,
    "hotline": filled,
    "lat_min": _number,
    "lat_max": _number,
    "lon_min": _number,
    "lon_max": _number,
}
CHANNELS = {"code": filled, "name": filled, "kind": filled, "identity": _like("oidc|phone|partner|none")}
NAMES = {"code": filled, "name_zh_hans": filled, "name_zh_hant": filled, "name_en": filled}
THEMES = {**NAMES, "classes": _like(r"(\d\d(\|\d\d)*)?")}
RESULTS = {**NAMES, "kind": _like("result|not_accepted")}
LIMITS = {"key": filled, "value": filled, "effective_from": _like(r"\d{4}-\d\d-\d\d")}
CALENDAR = {"date": _like(r"\d{4}-\d\d-\d\d"), "kind": _like("holiday|makeup"), "name": anything}
SMS = {"template": filled, "lang": language, "text": filled}
TIMELINE = {"event": filled, "lang": language, "text": filled}
ERRORS = {"code": filled, "lang": language, "title": filled, "detail": anything}
FIELDS = {"type": filled, "lang": language, "text": filled}
ROUTING = {"event": filled, "audience": filled, "template": filled, "timing": filled, "condition": anything}
SIGNS = {"use": _like("urgent|abusive|several|hollow|frame"), "word": filled}
