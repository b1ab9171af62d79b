"""A city of two districts, with the real limits, calendar, routing table and texts."""

from collections import defaultdict
from functools import cache
from typing import Any

from suban.domain.city import City
from suban.domain.duty import Item, Unit
from suban.domain.gazetteer import District, Neighbour, Street
from suban.domain.placenames import PlaceNames
from tests.unit.city import calendar_years, limit_values, rows

NORTH, SOUTH = "440301", "440302"


def _unit(
    code: str, role: str, district: str | None = None, street: str | None = None, fallback: str | None = None
) -> Unit:
    level = "street" if street else "district" if district else "city"
    return Unit(code, f"{code}局", code, level, role, district, street, topic=district or "city", fallback=fallback)


UNITS = (
    _unit("DESK-CITY", "desk"),
    _unit("SUP-CITY", "supervisors"),
    _unit("LIGHT", "city_light"),
    *(_unit(f"DESK-{d}", "desk", d) for d in (NORTH, SOUTH)),
    *(_unit(f"SUP-{d}", "supervisors", d) for d in (NORTH, SOUTH)),
    _unit("ENV-1", "b_env", NORTH),
    _unit("ENV-2", "b_env", SOUTH),
    _unit("OFFICE-1", "st_office", NORTH, "440301001"),
    _unit("ENF-1", "st_enforce", NORTH, "440301001", fallback="OFFICE-1"),
    _unit("ENF-2", "st_enforce", NORTH, "440301002"),
)
ITEMS = (
    Item("03-01-001", "夜间超时施工噪声", "03", "b_env", "3wd"),
    Item("03-01-002", "住宅室内装修噪声", "03", "st_enforce"),
    Item("06-01-001", "道路井盖缺失", "06", "st_enforce", "24h", urgent=True),
    Item("06-01-002", "燃气泄漏", "06", "city_light", "1wd", urgent=True),
    Item("06-02-001", "路灯不亮", "06", "city_light", None, kinds=("complaint", "suggestion")),
)
DISTRICTS = (
    District(NORTH, "甲山区", "甲山", f"DESK-{NORTH}", 22.5, 114.0),
    District(SOUTH, "乙海区", "乙海", f"DESK-{SOUTH}", 22.5, 114.3),
)
STREETS = (
    Street("440301001", "东山街道", NORTH, 22.5, 113.98),
    Street("440301002", "西河街道", NORTH, 22.52, 114.06),
    Street("440302001", "莲花街道", SOUTH, 22.5, 114.3),
)


def _texts(table: str, key: str, *columns: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows(f"messages/{table}"):
        found[row[key]][row["lang"]] = {c: row[c] for c in columns} if len(columns) > 1 else row[columns[0]]
    return dict(found)


@cache
def city() -> City:
    named = rows("results")
    return City(
        release="r1", limits=limit_values(), calendar=calendar_years(), classes={"03": "环保水务", "06": "市政设施"},
        items={item.code: item for item in ITEMS}, units={unit.code: unit for unit in UNITS},
        districts={district.code: district for district in DISTRICTS}, streets={s.code: s for s in STREETS},
        place_names=PlaceNames({"甲山区": [NORTH], "乙海区": [SOUTH]}, {}, {}),
        neighbours=(Neighbour("丙市", "0700-12345", 22.55, 22.9, 114.0, 114.2),),
        channels={"app": {"name": "民意速办"}}, themes={"work": {"zh-Hans": "劳动"}},
        results=_named(named, "result"), reasons=_named(named, "not_accepted"), sms=_texts("sms", "template", "text"),
        timeline=_texts("timeline", "event", "text"), errors=_texts("errors", "code", "title", "detail"),
        fields=_texts("fields", "type", "text"), routing=rows("messages/routing"),
    )  # fmt: skip


def _named(found: list[dict[str, str]], kind: str) -> dict[str, dict[str, str]]:
    langs = {"zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant", "en": "name_en"}
    return {row["code"]: {lang: row[column] for lang, column in langs.items()} for row in found if row["kind"] == kind}
