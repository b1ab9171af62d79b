"""地点: codes, a point or words → district and street. Unknown rather than guessed; refused only if surely outside."""

from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from suban.domain.errors import DomainError, Invalid
from suban.domain.gazetteer import Area, Gazetteer, Neighbour


class Place(NamedTuple):
    """What the citizen gave, codes filled in where they could be told. Points are WGS-84 or GCJ-02: 500 m apart here,
    less than the accuracy of a street's centroid.
    """

    district: str | None = None
    street: str | None = None
    address: str | None = None
    lat: float | None = None
    lon: float | None = None


class OutsideCity(DomainError):
    """A code or point of another city; `name` and `hotline` say who answers there, empty where nobody is listed."""

    code: ClassVar[str] = "outside_city"

    @classmethod
    def into(cls, neighbour: Neighbour | None) -> "OutsideCity":
        return cls(name=neighbour.name, hotline=neighbour.hotline) if neighbour else cls(name="", hotline="")


@dataclass(frozen=True, slots=True)
class Located:
    """`by` is what told the district: code, point, words or unknown. `accuracy_m`: metres from the point to the
    street centroid it was taken for. `words`: the place names read.
    """

    place: Place
    by: str = "unknown"
    accuracy_m: int | None = None
    words: tuple[str, ...] = ()


def locate(place: Place, text: str, gazetteer: Gazetteer) -> Located:
    """Codes go before the point, the point before the words of the address, those before the words of the text.
    A later source fills in what is missing and is ignored where it contradicts.
    """
    found = _coded(place, gazetteer)
    found = _merge(found, _pointed(place, found.district, gazetteer))
    for words in (place.address or "", text):
        found = _merge(found, gazetteer.read(words, found.district, is_address=words is place.address))
    return Located(
        place._replace(district=found.district, street=found.street), found.by, found.accuracy_m, found.words
    )


def _coded(place: Place, gazetteer: Gazetteer) -> Area:
    for field, code, known in (
        ("place.district", place.district, gazetteer.districts),
        ("place.street", place.street, gazetteer.streets),
    ):
        if code and code not in known:
            _refuse(field, code, gazetteer)
    street_district = gazetteer.streets[place.street].district if place.street else None
    if place.district and street_district and place.district != street_district:
        raise Invalid(field="place.street")
    district = place.district or street_district
    return Area(district, place.street or None, "code" if district else "unknown")


def _refuse(field: str, code: str, gazetteer: Gazetteer) -> None:
    """A code of our own prefecture that nobody has is a mistake; any other prefix is another city."""
    if any(code.startswith(district[:4]) for district in gazetteer.districts):
        raise Invalid(field=field)
    raise OutsideCity.into(gazetteer.elsewhere)


def _pointed(place: Place, within: str | None, gazetteer: Gazetteer) -> Area:
    if place.lat is None or place.lon is None:
        return Area()
    if gazetteer.is_outside(place.lat, place.lon):
        raise OutsideCity.into(gazetteer.neighbour_at(place.lat, place.lon) or gazetteer.elsewhere)
    return gazetteer.nearest(place.lat, place.lon, within)


def _merge(known: Area, found: Area) -> Area:
    if known.district is None:
        return replace(found, words=known.words + found.words)
    street = found.street if found.district == known.district else None
    if known.street or not street:
        return known
    return replace(known, street=street, accuracy_m=found.accuracy_m, words=known.words + found.words)
