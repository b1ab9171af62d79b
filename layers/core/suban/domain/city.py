"""The city as data: one release of the catalogue, read by every function. Built by adapters.release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from suban.domain.duty import DutyList, Item, Unit
from suban.domain.gazetteer import District, Gazetteer, Neighbour, Street
from suban.domain.limits import Limits
from suban.domain.notices import Audience, Route, Timing
from suban.domain.placenames import PlaceNames
from suban.domain.rules import Rules
from suban.domain.worktime import WorkTime

type Texts = Mapping[str, str]
"""Language (zh-Hans, zh-Hant, en) → text."""


@dataclass(frozen=True)
class City:
    """`calendar`: year → holiday|makeup → date → name. `errors`: code → language → title, detail."""

    release: str
    limits: Mapping[str, str]
    calendar: Mapping[str, Mapping[str, Mapping[str, str]]]
    classes: Mapping[str, str]
    items: Mapping[str, Item]
    units: Mapping[str, Unit]
    districts: Mapping[str, District]
    streets: Mapping[str, Street]
    place_names: PlaceNames
    neighbours: Sequence[Neighbour]
    channels: Mapping[str, Mapping[str, str]]
    themes: Mapping[str, Mapping[str, str]]
    results: Mapping[str, Texts]
    reasons: Mapping[str, Texts]
    sms: Mapping[str, Texts]
    timeline: Mapping[str, Texts]
    errors: Mapping[str, Mapping[str, Mapping[str, str]]]
    fields: Mapping[str, Texts]
    routing: Sequence[Mapping[str, str]]

    @cached_property
    def duty(self) -> DutyList:
        return DutyList(self.release, self.items, self.units)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.districts, self.streets, self.place_names, self.neighbours)

    @cached_property
    def rules(self) -> Rules:
        limits = Limits.of(self.limits)
        return Rules(WorkTime.of(self.calendar, limits), limits)

    @cached_property
    def routes(self) -> Sequence[Route]:
        return tuple(
            Route(row["event"], Audience(row["audience"]), row["template"], Timing(row["timing"]), row["condition"])
            for row in self.routing
        )
