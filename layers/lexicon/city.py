"""catalog/ → city.json: everything but the data of dispatch."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from layers.lexicon import columns
from layers.lexicon.checks import check_references
from layers.lexicon.landmarks import with_landmarks
from layers.lexicon.placenames import place_names
from layers.lexicon.tables import Row, fault, read, unique
from layers.lexicon.texts import by_key_and_language, names


def item_rows(catalog: Path) -> list[Row]:
    paths = sorted((catalog / "items").glob("*.csv"))
    rows = [row for path in paths for row in read(path, columns.ITEMS)]
    return sorted(unique(rows, "code"), key=lambda row: row["code"])


def city(catalog: Path) -> dict[str, Any]:
    """Without its release id, which is made of these very bytes."""
    tables = {name: unique(read(catalog / f"{name}.csv", cols), "code") for name, cols in _CODED.items()}
    tables["items"] = item_rows(catalog)
    tables["neighbours"] = read(catalog / "neighbours.csv", columns.NEIGHBOURS)
    tables["landmarks"] = unique(read(catalog / "landmarks.csv", columns.LANDMARKS), "kind", "name")
    check_references(tables)
    data = _duty(tables) | _places(tables) | _texts(catalog)
    data["limits"] = _limits(read(catalog / "limits.csv", columns.LIMITS))
    data["calendar"] = _calendar(sorted((catalog / "calendar").glob("*.csv")))
    data["compiled_from"] = {name: len(rows) for name, rows in sorted(tables.items())}
    return data


_CODED = {
    "classes": columns.CLASSES,
    "units": columns.UNITS,
    "districts": columns.DISTRICTS,
    "streets": columns.STREETS,
    "communities": columns.COMMUNITIES,
    "channels": columns.CHANNELS,
    "themes": columns.THEMES,
}


def _duty(tables: Mapping[str, list[Row]]) -> dict[str, Any]:
    return {
        "classes": {row["code"]: row["name"] for row in tables["classes"]},
        "items": {row["code"]: _item(row) for row in tables["items"]},
        "units": {row["code"]: _unit(row) for row in tables["units"]},
        "channels": {row["code"]: _without(row, "code", "certainty") for row in tables["channels"]},
        "themes": {row["code"]: names(row) | {"classes": row["classes"]} for row in tables["themes"]},
    }


def _item(row: Row) -> dict[str, Any]:
    return {
        "name": row["name"],
        "class": row["code"][:2],
        "role": row["role"],
        "limit": row["limit"] or None,
        "urgent": row["urgent"] == "yes",
        "public": row["public"] == "yes",
        "kinds": row.parts("kinds"),
    }


def _unit(row: Row) -> dict[str, str | None]:
    return {column: row[column] or None for column in columns.UNITS if column != "code"}


def _places(tables: Mapping[str, list[Row]]) -> dict[str, Any]:
    return {
        "districts": {
            row["code"]: _point(row) | {"short": row["short"], "desk": row["hotline_unit"]}
            for row in tables["districts"]
        },
        "streets": {row["code"]: _point(row) | {"district": row["district"]} for row in tables["streets"]},
        "place_names": with_landmarks(
            place_names(tables["districts"], tables["streets"], tables["communities"]),
            tables["landmarks"],
            {row["code"]: row["district"] for row in tables["streets"]},
        ),
        "neighbours": [_neighbour(row) for row in tables["neighbours"]],
    }


def _point(row: Row) -> dict[str, Any]:
    """Special areas (airport, bonded zones) have no centroid."""
    return {"name": row["name"]} | {axis: float(row[axis]) if row[axis] else None for axis in ("lat", "lon")}


def _neighbour(row: Row) -> dict[str, Any]:
    bounds = ("lat_min", "lat_max", "lon_min", "lon_max")
    return {"name": row["name"], "hotline": row["hotline"]} | {bound: float(row[bound]) for bound in bounds}


def _texts(catalog: Path) -> dict[str, Any]:
    messages, results = catalog / "messages", unique(read(catalog / "results.csv", columns.RESULTS), "kind", "code")
    return {
        "results": {row["code"]: names(row) for row in results if row["kind"] == "result"},
        "reasons": {row["code"]: names(row) for row in results if row["kind"] == "not_accepted"},
        "sms": by_key_and_language(read(messages / "sms.csv", columns.SMS), "template"),
        "timeline": by_key_and_language(read(messages / "timeline.csv", columns.TIMELINE), "event"),
        "errors": by_key_and_language(read(messages / "errors.csv", columns.ERRORS), "code"),
        "fields": by_key_and_language(read(messages / "fields.csv", columns.FIELDS), "type"),
        "routing": [dict(row) for row in read(messages / "routing.csv", columns.ROUTING)],
    }


def _limits(rows: Iterable[Row]) -> dict[str, str]:
    """Of several dated values of one key, the latest."""
    return {row["key"]: row["value"] for row in sorted(rows, key=lambda row: row["effective_from"])}


def _calendar(paths: Iterable[Path]) -> dict[str, dict[str, dict[str, str]]]:
    years: dict[str, dict[str, dict[str, str]]] = {}
    for path in paths:
        year = years.setdefault(path.stem, {"holiday": {}, "makeup": {}})
        for row in unique(read(path, columns.CALENDAR), "date"):
            if not row["date"].startswith(path.stem):
                fault(row.wrong(f"{row['date']} does not belong to {path.stem}"))
            year[row["kind"]][row["date"]] = row["name"]
    return years


def _without(row: Row, *left_out: str) -> dict[str, str]:
    return {column: value for column, value in row.items() if column not in left_out}
