"""Names of districts, streets and communities → codes, by how far each may be believed (suban.domain.placenames)."""

from collections.abc import Iterable, Sequence

from layers.lexicon.tables import Row

type Names = dict[str, list[str]]
SHORTEST = 2


def place_names(districts: Sequence[Row], streets: Sequence[Row], communities: Sequence[Row]) -> dict[str, Names]:
    """A community stands for its street. A name of two places keeps both codes."""
    whole, free, bound = Table(), Table(), Table()
    for row in districts:
        whole.add(row["name"], row["code"])
        free.add_all([row["short"], *row.parts("aliases")], row["code"])
    for row in streets:
        whole.add(row["name"], row["code"])
        bound.add_all([row["short"], *row.parts("aliases")], row["code"])
    for row in communities:
        whole.add_all(_community_names(row), row["street"])
        bound.add(row["short"], row["street"])
    return {"whole": whole.names, "free": free.names, "bound": bound.names}


def _community_names(row: Row) -> list[str]:
    """大塘龙社区居委会 is said as 大塘龙社区, 响水村村民委员会 as 响水村."""
    village = row["short"].removesuffix("村") + "村"
    return [row["name"], row["short"] + "社区", *([village] if "村民委员会" in row["name"] else [])]


class Table:
    def __init__(self, names: Names | None = None) -> None:
        self.names: Names = {} if names is None else names

    def add_all(self, names: Iterable[str], code: str) -> None:
        for name in names:
            self.add(name, code)

    def add(self, name: str, code: str) -> None:
        codes = self.names.setdefault(name.lower(), []) if len(name) >= SHORTEST else [code]
        if code not in codes:
            codes.append(code)
