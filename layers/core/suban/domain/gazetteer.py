"""The city's place names and centroids, and what can be read from them with certainty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians
from typing import NamedTuple

from suban.domain.placenames import Mention, PlaceNames

# Geometry of centroids without boundaries, in km and ratios: how far a street reaches from its centroid, how far
# one reaches into a neighbour's rectangle (they are drawn roughly), and how much nearer than the next it must be.
REACH_KM = 12.0
REACH_INTO_NEIGHBOUR_KM = 3.0
CLEARLY_NEARER_STREET = 0.6
CLEARLY_NEARER_DISTRICT = 0.75
KM_PER_DEGREE = 111.2


class District(NamedTuple):
    code: str
    name: str
    short: str
    desk: str
    lat: float
    lon: float


class Street(NamedTuple):
    """A special area (airport, bonded zone) has a code but no centroid."""

    code: str
    name: str
    district: str
    lat: float | None
    lon: float | None


class Neighbour(NamedTuple):
    """A rectangle of another city; one over the whole globe answers for everywhere else."""

    name: str
    hotline: str
    lat_min: float
    lat_max: float
    lon_min: float
    lon_max: float

    def holds(self, lat: float, lon: float) -> bool:
        return self.lat_min <= lat <= self.lat_max and self.lon_min <= lon <= self.lon_max


@dataclass(frozen=True, slots=True)
class Area:
    district: str | None = None
    street: str | None = None
    by: str = "unknown"
    accuracy_m: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    districts: Mapping[str, District]
    streets: Mapping[str, Street]
    names: PlaceNames
    neighbours: Sequence[Neighbour] = ()

    def is_outside(self, lat: float, lon: float) -> bool:
        distance = min((km for km, _, _ in self._distances(lat, lon)), default=0.0)
        return distance > (REACH_INTO_NEIGHBOUR_KM if self.neighbour_at(lat, lon) else REACH_KM)

    def neighbour_at(self, lat: float, lon: float) -> Neighbour | None:
        return next((n for n in self.neighbours if n.holds(lat, lon) and n != self.elsewhere), None)

    @cached_property
    def elsewhere(self) -> Neighbour | None:
        return next((neighbour for neighbour in self.neighbours if neighbour.lat_min <= -90), None)  # noqa: PLR2004

    def nearest(self, lat: float, lon: float, within: str | None) -> Area:
        """The nearest street, and its district, each only where clearly nearer than any other."""
        ranked = sorted(self._distances(lat, lon, within))
        if not ranked:
            return Area()
        km, street, district = ranked[0]
        other_street = next((far for far, code, _ in ranked if code != street), REACH_KM)
        other_district = next((far for far, _, code in ranked if code != district), REACH_KM)
        if km > CLEARLY_NEARER_DISTRICT * other_district:
            return Area()
        clear = km <= CLEARLY_NEARER_STREET * other_street
        return Area(district, street if clear else None, "point", round(km * 1000))

    def read(self, text: str, within: str | None, *, is_address: bool) -> Area:
        """The one district the words name, and the one street in it; nothing where they name several."""
        mentions = self.names.mentions(text, is_address=is_address)
        district = within or _one((mention.whole, self._districts_of(mention)) for mention in mentions)
        if district is None:
            return Area()
        street = _one((mention.whole, self._streets_in(district, mention)) for mention in mentions)
        words = tuple(mention.word for mention in mentions if district in self._districts_of(mention))
        return Area(district, street, "words", words=words)

    def _districts_of(self, mention: Mention) -> set[str]:
        return {self.streets[code].district if code in self.streets else code for code in mention.codes}

    def _streets_in(self, district: str, mention: Mention) -> set[str]:
        return {code for code in mention.codes if code in self.streets and self.streets[code].district == district}

    @cached_property
    def _points(self) -> Sequence[tuple[float, float, str, str]]:
        streets = self.streets.values()
        return [(s.lat, s.lon, s.code, s.district) for s in streets if s.lat is not None and s.lon is not None]

    def _distances(self, lat: float, lon: float, within: str | None = None) -> list[tuple[float, str, str]]:
        """Kilometres, street, district."""
        east = KM_PER_DEGREE * cos(radians(lat))
        return [
            (hypot((north - lat) * KM_PER_DEGREE, (west - lon) * east), code, district)
            for north, west, code, district in self._points
            if within is None or district == within
        ]


def _one(mentions: Iterable[tuple[bool, set[str]]]) -> str | None:
    """The one code that all unambiguous mentions share. Whole names outweigh short ones: 光明 is also a word."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for whole, codes in mentions:
        if len(codes) == 1:
            named[whole] |= codes
    decisive = named[True] or named[False]
    return next(iter(decisive)) if len(decisive) == 1 else None
