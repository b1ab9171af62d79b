"""事项 + 地点 → exactly one 责任单位, or none and the word that says why. Never a guess between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from suban.domain.duty import DutyList, Unit
from suban.domain.places import Place


class Unrouted(StrEnum):
    NOBODY = "no_unit_of_role"
    DISTRICT_NEEDED = "district_needed"
    STREET_NEEDED = "street_needed"
    NOT_THERE = "no_unit_at_place"
    SEVERAL = "several_units"


@dataclass(frozen=True, slots=True)
class Route:
    """Exactly one of the two is set."""

    unit: str | None
    reason: Unrouted | None = None


def route(item_code: str, place: Place, duty: DutyList) -> Route:
    return among(duty.holders(duty.items[item_code].role), place)


def resolve_unit(role: str, place: Place, units: Mapping[str, Unit]) -> str | None:
    return among([unit for unit in units.values() if unit.role == role], place).unit


def among(holders: Sequence[Unit], place: Place) -> Route:
    """The one holder of a role that serves this place: the street's own before the district's before the city's."""
    if missing := _missing(holders, place):
        return Route(None, missing)
    nearest = _nearest_level([unit for unit in holders if _serves(unit, place)])
    if len(nearest) == 1:
        return Route(nearest[0].code)
    return Route(None, Unrouted.SEVERAL if nearest else Unrouted.NOT_THERE)


def _missing(holders: Sequence[Unit], place: Place) -> Unrouted | None:
    """What must be known first: while a nearer unit may exist, the farther one would be a guess."""
    if not holders:
        return Unrouted.NOBODY
    if place.district is None:
        return Unrouted.DISTRICT_NEEDED if any(unit.district for unit in holders) else None
    at_streets = any(unit.street for unit in holders if unit.district == place.district)
    return Unrouted.STREET_NEEDED if at_streets and place.street is None else None


def _serves(unit: Unit, place: Place) -> bool:
    if unit.street:
        return unit.street == place.street
    return unit.district is None or unit.district == place.district


def _nearest_level(units: Sequence[Unit]) -> list[Unit]:
    def level(unit: Unit) -> int:
        return 2 if unit.street else 1 if unit.district else 0

    top = max(map(level, units), default=0)
    return [unit for unit in units if level(unit) == top]
