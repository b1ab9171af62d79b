"""Metro stations, roads, estates … → the street or the district they lie in, where nothing else bears their name."""

from collections.abc import Collection, Mapping, Sequence

from layers.lexicon.placenames import Names, Table
from layers.lexicon.tables import Row, fault

type Tables = dict[str, Names]


def with_landmarks(tables: Tables, landmarks: Sequence[Row], district_of: Mapping[str, str]) -> Tables:
    """Adds names that are believed anywhere as `landmarks`, the ambiguous ones to `bound`."""
    found, bound = Table(), Table(tables["bound"])
    for row in landmarks:
        if mistake := _mistake(row, tables, found.names, district_of):
            fault(row.wrong(mistake))
            continue
        for name in names_of(row):
            for code in codes_of(row):
                (found if row["believed"] == "anywhere" else bound).add(name, code)
    return tables | {"landmarks": found.names}


def names_of(row: Row) -> list[str]:
    """白石洲 as a metro station is said 白石洲地铁站, 白石洲地铁口; by itself only if an alias says so."""
    name = row["name"] + "地铁" if row["kind"] == "metro" else row["name"]
    return [name, *row.parts("aliases")]


def codes_of(row: Row) -> list[str]:
    return [row["street"]] if row["street"] else row.parts("district")


def _mistake(row: Row, tables: Tables, found: Names, district_of: Mapping[str, str]) -> str | None:
    districts = set(row.parts("district"))
    if row["street"] and {district_of.get(row["street"])} != districts:
        return f"street {row['street']} does not lie in {row['district']}"
    names = [name.lower() for name in names_of(row)]
    if taken := [name for name in names if name in tables["whole"] or name in tables["free"]]:
        return f"“{taken[0]}” is the name of a district, street or community"
    if row["believed"] == "beside":
        return None
    if other := [name for name in names if not _agree(tables["bound"].get(name, ()), row, districts, district_of)]:
        return f"“{other[0]}” is a street or community elsewhere: believed beside another name only, or left out"
    if twice := [name for name in names if name in found and found[name] != codes_of(row)]:
        return f"“{twice[0]}” is another landmark in {'|'.join(found[twice[0]])}"
    return None


def _agree(codes: Collection[str], row: Row, districts: set[str], district_of: Mapping[str, str]) -> bool:
    """The short names of streets and communities that bear the landmark's name are where the landmark is."""
    if row["street"] and codes:
        return set(codes) == {row["street"]}
    return {district_of.get(code, code) for code in codes} <= districts
