"""Codes that point at other rows must find them."""

from collections.abc import Callable, Collection, Mapping

from layers.lexicon.tables import Row, fault


def check_references(tables: Mapping[str, list[Row]]) -> None:
    known = {name: {row.get("code", "") for row in rows} for name, rows in tables.items()}
    roles = {row["role"] for row in tables["units"]}
    _all(tables["items"], "role", roles)
    _all(tables["items"], "code", known["classes"], lambda code: code[:2])
    _all(tables["streets"], "district", known["districts"])
    _all(tables["communities"], "street", known["streets"])
    _all(tables["landmarks"], "street", known["streets"] | {""})
    _all(tables["districts"], "hotline_unit", known["units"])
    _all(tables["units"], "district", known["districts"] | {""})
    _all(tables["units"], "street", known["streets"] | {""})
    for column in ("parent", "supervisor", "fallback"):
        _all(tables["units"], column, known["units"] | {""})
    _all_parts(tables["themes"], "classes", known["classes"])
    _all_parts(tables["landmarks"], "district", known["districts"])


def _all_parts(rows: list[Row], column: str, allowed: Collection[str]) -> None:
    for row in rows:
        if strange := [code for code in row.parts(column) if code not in allowed]:
            fault(row.wrong(f"{column}: nobody has {strange[0]}"))


def _all(rows: list[Row], column: str, allowed: Collection[str], of: Callable[[str], str] = str) -> None:
    for row in rows:
        if of(row[column]) not in allowed:
            fault(row.wrong(f"{column}: nobody has “{of(row[column])}”"))
