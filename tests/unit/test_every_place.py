"""Every item at every street of the city: exactly one unit, or a word that says why not."""

from collections import Counter

from infra.local.stack import RELEASE
from suban.adapters.release import Release
from suban.domain.places import Place
from suban.domain.routing import Unrouted, among, route

CITY = Release.load(RELEASE)
SPECIAL_AREAS = {code for code, street in CITY.streets.items() if street.lat is None}
PLACES = {code: Place(street.district, code) for code, street in CITY.streets.items()}


def test_every_item_has_one_unit_at_every_place_or_says_why_not() -> None:
    roles = {item.role for item in CITY.items.values()}
    found = {(role, code): among(CITY.duty.holders(role), place) for role in roles for code, place in PLACES.items()}
    without = {where: one.reason for where, one in found.items() if one.unit is None}
    assert {code for _, code in without} <= SPECIAL_AREAS, (
        "only ports, airports and bonded areas have no street's office"
    )
    assert set(without.values()) <= {Unrouted.NOT_THERE}
    assert Counter(one.unit is None for one in found.values())[False] >= 83 * len(roles) - len(without)


def test_an_item_asks_for_the_place_where_only_the_place_decides() -> None:
    """Without a district, a role of many districts is not guessed."""
    local = next(code for code, item in CITY.items.items() if item.role == "b_env")
    assert route(local, Place(), CITY.duty).reason is Unrouted.DISTRICT_NEEDED
    street = next(code for code, item in CITY.items.items() if item.role == "st_enforce")
    assert route(street, Place("440304"), CITY.duty).reason is Unrouted.STREET_NEEDED


def test_desks_and_supervisors_are_there_for_every_district() -> None:
    for district in [*CITY.districts, "CITY"]:
        assert f"DESK-{district}" in CITY.units
        assert f"SUP-{district}" in CITY.units
