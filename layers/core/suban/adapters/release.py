"""A release directory → City. Rows become objects only when asked for: city.json must load in under 15 ms."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from suban.domain.city import City
from suban.domain.duty import Item, Unit
from suban.domain.gazetteer import District, Neighbour, Street
from suban.domain.placenames import PlaceNames

CITY_FILE = "city.json"


class ReleaseMissing(RuntimeError):
    """RELEASE_DIR does not hold what the layer should have put there: a fault of the deployment."""


class ReleaseBroken(RuntimeError):
    """The file is there but is not what this code reads."""


class Rows[T](Mapping[str, T]):
    def __init__(self, rows: Mapping[str, Any], build: Callable[[str, Any], T]) -> None:
        self._rows = rows
        self._build = build

    def __getitem__(self, code: str) -> T:
        return self._build(code, self._rows[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, code: object) -> bool:
        return code in self._rows


class Release:
    @staticmethod
    def load(directory: str | Path) -> City:
        """Read once per process and directory."""
        return _load(Path(directory))


@lru_cache(maxsize=8)
def _load(directory: Path) -> City:
    path = directory / CITY_FILE
    try:
        data = json.loads(path.read_bytes())
        return _city(data)
    except FileNotFoundError as missing:
        raise ReleaseMissing(f"no release at {path}: compile one with python -m layers.lexicon.compile") from missing
    except (ValueError, KeyError, TypeError) as broken:
        raise ReleaseBroken(f"{path} is not a release of this version: {broken!r}") from broken


def _city(data: Mapping[str, Any]) -> City:
    plain = ("release", "limits", "calendar", "classes", "channels", "themes", "results", "reasons", "sms")
    texts = ("timeline", "errors", "fields", "routing")
    return City(
        **{key: data[key] for key in (*plain, *texts)},
        items=Rows(data["items"], _item),
        units=Rows(data["units"], _unit),
        districts=Rows(data["districts"], _district),
        streets=Rows(data["streets"], _street),
        place_names=PlaceNames(**data["place_names"]),
        neighbours=tuple(Neighbour(**row) for row in data["neighbours"]),
    )


def _item(code: str, row: Mapping[str, Any]) -> Item:
    return Item(
        code, row["name"], row["class"], row["role"], row["limit"], row["urgent"], row["public"], tuple(row["kinds"])
    )


def _unit(code: str, row: Mapping[str, Any]) -> Unit:
    return Unit(code, **row)


def _district(code: str, row: Mapping[str, Any]) -> District:
    return District(code, row["name"], row["short"], row["desk"], row["lat"], row["lon"])


def _street(code: str, row: Mapping[str, Any]) -> Street:
    return Street(code, row["name"], row["district"], row["lat"], row["lon"])
