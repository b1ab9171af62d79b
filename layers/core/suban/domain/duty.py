"""职责清单: the items, and the units that answer for them, as one release of the catalogue states them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from suban.domain.offices import supervisors_code


class Unit(NamedTuple):
    """责任单位. `district` and `street` are codes, None where the unit serves the whole city (or district)."""

    code: str
    name: str
    short: str
    level: str
    role: str
    district: str | None = None
    street: str | None = None
    parent: str | None = None
    supervisor: str | None = None
    topic: str = "city"
    fallback: str | None = None


class Item(NamedTuple):
    """事项. `role` names who answers wherever it happens; `kinds` is empty where every kind of case fits."""

    code: str
    name: str
    class_code: str
    role: str
    limit: str | None = None
    urgent: bool = False
    public: bool = True
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyList:
    release: str
    items: Mapping[str, Item]
    units: Mapping[str, Unit]

    def holders(self, role: str) -> Sequence[Unit]:
        """Every unit of that role, over the whole city."""
        return self._by_role.get(role, ())

    def ladder(self, unit: str) -> Sequence[str]:
        """分级协调: who is told of an overdue case, step by step: 街道, 区, 市. Never empty."""
        holder = self.units.get(unit)
        street = holder.fallback if holder and holder.street else None
        district = supervisors_code(holder.district) if holder and holder.district else None
        return (*(code for code in (street, district) if code and code in self.units), supervisors_code(None))

    @cached_property
    def _by_role(self) -> Mapping[str, Sequence[Unit]]:
        holders: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            holders.setdefault(unit.role, []).append(unit)
        return holders
