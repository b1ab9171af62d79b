"""The city as data: every row has its shape, and every reference ends at a row that exists."""

import json
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from jsonschema import Draft202012Validator

from tests.unit.city import CATALOG, Row, rows

TABLES = ("classes", "units", "districts", "streets", "communities", "neighbours", "channels", "themes", "signs")
ITEM_FILES = tuple(sorted(path.stem for path in CATALOG.glob("items/*.csv")))
NOISE = "03-01-"
STREET_ROLES = 17
SPECIAL_AREAS = 5

units = {unit["code"]: unit for unit in rows("units")}
districts = {district["code"] for district in rows("districts")}
streets = {street["code"]: street for street in rows("streets")}
items = [item for name in ITEM_FILES for item in rows(f"items/{name}")]


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def bodies_of(role: str) -> list[Row]:
    return [unit for unit in units.values() if unit["role"] == role]


@pytest.mark.parametrize("name", [*TABLES, *(f"items/{name}" for name in ITEM_FILES)])
def test_every_row_has_the_shape_of_its_schema(name: str) -> None:
    schema = CATALOG / "schemas" / f"{name.partition('/')[0]}.schema.json"
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    wrong = [(row, error.message) for row in rows(name) for error in validator.iter_errors(row)]
    assert wrong == []


@pytest.mark.parametrize("name", [table for table in TABLES if table not in ("neighbours", "signs")])
def test_no_code_is_given_twice(name: str) -> None:
    assert repeated(row["code"] for row in rows(name)) == []


@pytest.mark.parametrize("name", ["classes", "units", "districts", "streets"])
def test_no_name_is_given_twice(name: str) -> None:
    assert repeated(row["name"] for row in rows(name)) == []


def test_the_counts_the_city_is_known_by() -> None:
    counts = {name: len(rows(name)) for name in ("classes", "districts", "channels")}
    assert counts == {"classes": 18, "districts": 11, "channels": 23}


def test_items_stand_in_the_file_of_their_class_in_all_18_classes() -> None:
    astray = [i["code"] for name in ITEM_FILES for i in rows(f"items/{name}") if not i["code"].startswith(name[:3])]
    assert astray == []
    assert {item["code"][:2] for item in items} == {row["code"] for row in rows("classes")}
    assert len(items) >= 300


def test_items_are_unique_by_code_and_by_name_and_no_wording_belongs_to_two() -> None:
    assert repeated(item["code"] for item in items) == []
    assert repeated(item["name"] for item in items) == []
    assert repeated(wording for item in items for wording in item["wordings"].split("|")) == []


def test_no_word_speaks_for_and_against_the_same_item() -> None:
    assert [i["name"] for i in items if set(i["tell_apart"].split("|")) & set(i["not_here"].split("|")) - {""}] == []


def test_noise_is_46_items_shared_by_10_roles() -> None:
    noise = [item for item in items if item["code"].startswith(NOISE)]
    assert (len(noise), len({item["role"] for item in noise})) == (46, 10)


@pytest.mark.parametrize("role", sorted({item["role"] for item in items}))
def test_a_role_and_a_place_give_exactly_one_live_unit(role: str) -> None:
    """One body for the whole city, or one per district, or one per street and town; special areas have none."""
    bodies = bodies_of(role)
    named_streets = {code for code, street in streets.items() if street["lat"]}
    if len(bodies) == 1:
        assert bodies[0]["district"] == ""
    elif any(unit["street"] for unit in bodies):
        assert sorted(unit["street"] for unit in bodies) == sorted(named_streets)
    else:
        assert sorted(unit["district"] for unit in bodies) == sorted(districts)


def test_clock_limits_belong_to_urgent_items_and_to_no_other() -> None:
    clock = {item["code"] for item in items if re.fullmatch(r"\d+(min|h)", item["limit"])}
    assert clock == {item["code"] for item in items if item["urgent"] == "yes"}


@pytest.mark.parametrize("danger", ["煤气泄漏", "触电", "受伤", "井盖缺失", "停水", "停电", "停气", "电梯困人"])
def test_danger_to_life_water_power_and_gas_is_urgent(danger: str) -> None:
    assert any(danger in item["name"] and item["urgent"] == "yes" for item in items)


@pytest.mark.parametrize("column", ["parent", "supervisor", "fallback"])
def test_the_units_above_exist_and_nobody_is_above_himself(column: str) -> None:
    lost = [u["code"] for u in units.values() if u["code"] != "C01" or column != "parent" if u[column] not in units]
    assert lost == []
    assert [u["code"] for u in units.values() if u[column] == u["code"]] == []


def test_every_chain_of_parents_ends_at_the_city() -> None:
    def top(code: str) -> str:
        for _ in range(6):
            if not units[code]["parent"]:
                return code
            code = units[code]["parent"]
        return f"{code} is too far down"

    assert {top(code) for code in units} == {"C01"}


def test_a_body_of_a_street_belongs_to_the_street_office_and_to_the_district_of_its_street() -> None:
    of_streets = [unit for unit in units.values() if unit["street"]]
    offices = {unit["street"]: unit["code"] for unit in bodies_of("st_office")}
    assert len(of_streets) == STREET_ROLES * len(offices)
    assert [u["code"] for u in of_streets if u["district"] != streets[u["street"]]["district"]] == []
    others = [u for u in of_streets if u["role"] != "st_office"]
    assert [u["code"] for u in others if {u["parent"], u["fallback"]} != {offices[u["street"]]}] == []


def test_every_unit_speaks_on_the_topic_of_its_district_or_of_the_city() -> None:
    assert [u["code"] for u in units.values() if u["topic"] != (u["district"] or "city")] == []


@pytest.mark.parametrize(("role", "prefix"), [("desk", "DESK"), ("supervision", "SUP")])
def test_each_district_and_the_city_have_a_desk_and_a_supervisor(role: str, prefix: str) -> None:
    assert {unit["code"] for unit in bodies_of(role)} == {f"{prefix}-{code}" for code in (*districts, "CITY")}


def test_a_district_names_its_own_desk() -> None:
    assert [row["code"] for row in rows("districts") if row["hotline_unit"] != f"DESK-{row['code']}"] == []


def test_every_street_has_a_district_and_every_community_a_street() -> None:
    assert {street["district"] for street in streets.values()} == districts
    assert {row["street"] for row in rows("communities")} <= set(streets)


def test_only_special_areas_have_no_point() -> None:
    assert sum(not street["lat"] for street in streets.values()) == SPECIAL_AREAS


def test_no_point_of_a_street_lies_in_the_box_of_a_neighbour() -> None:
    def inside(street: Row, box: Row) -> bool:
        lat, lon = float(street["lat"]), float(street["lon"])
        return float(box["lat_min"]) <= lat <= float(box["lat_max"]) and (
            float(box["lon_min"]) <= lon <= float(box["lon_max"])
        )

    pointed = [street for street in streets.values() if street["lat"]]
    boxes = [box for box in rows("neighbours") if box["name"] != "其他地区"]  # the whole globe, asked last
    assert [s["name"] for s in pointed for box in boxes if inside(s, box)] == []


def test_the_themes_reach_the_classes_that_exist() -> None:
    codes = {code for theme in rows("themes") for code in theme["classes"].split("|")}
    assert codes <= {row["code"] for row in rows("classes")}
