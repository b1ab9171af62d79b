"""What an editor of the duty list has to look at, each finding with file and line."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layers.lexicon.reference import Reference
from layers.lexicon.tables import Row
from suban.domain.calendar import CHINA
from suban.domain.city import City
from suban.domain.limits import Limit
from suban.domain.places import Place
from suban.domain.routing import Unrouted, among
from suban.domain.words import Kind

FEWEST, MOST = 3, 8  # wordings of an item
NAME, TELL_APART = 2, 3  # how often each counts beside a wording
BEFORE_WORDINGS = 2  # texts of an item
_ANY_DAY = datetime(2026, 3, 5, 10, 0, tzinfo=CHINA)  # a Thursday far from holidays
NEVER = {Unrouted.NOBODY, Unrouted.SEVERAL}


@dataclass(frozen=True, slots=True)
class Finding:
    row: Row
    says: str

    def __str__(self) -> str:
        return f"{self.row.path}:{self.row.line}: {self.row['code']} {self.row['name']}: {self.says}"


def repeated(rows: Sequence[Row]) -> Iterator[Finding]:
    """Names and wordings that two items share: nobody could tell them apart."""
    names: dict[str, Row] = {}
    wordings: dict[str, Row] = {}
    for row in rows:
        if names.setdefault(row["name"], row) is not row:
            yield Finding(row, f"同名事项：{names[row['name']]['code']}")
        for wording in row.parts("wordings"):
            if wordings.setdefault(wording, row) is not row:
                yield Finding(row, f"说法“{wording}”已属于 {wordings[wording]['code']}")


def badly_written(rows: Sequence[Row]) -> Iterator[Finding]:
    codes = {row["code"] for row in rows}
    for row in rows:
        if not FEWEST <= len(row.parts("wordings")) <= MOST:
            yield Finding(row, f"{len(row.parts('wordings'))} 条说法，应有 {FEWEST}～{MOST} 条")
        if not row["tell_apart"] or not row["not_here"]:
            yield Finding(row, "tell_apart 和 not_here 都要写")
        for strange in sorted(set(row.parts("neighbours")) - codes):
            yield Finding(row, f"相邻事项 {strange} 不存在")


def beyond_the_law(rows: Sequence[Row], city: City) -> Iterator[Finding]:
    """An item may be stricter than its kind, never laxer; what endangers life runs on the clock."""
    start = city.rules.work.next_working_morning(_ANY_DAY)
    for row in rows:
        limit = Limit.parse(row["limit"]) if row["limit"] else None
        if row["urgent"] == "yes" and (limit is None or not limit.runs_on_clock):
            yield Finding(row, "紧急事项要写自然时限，如 24h")
        longest = max(city.rules.work.due(start, city.rules.limits.handling(kind)) for kind in Kind)
        if limit and city.rules.work.due(start, limit) > longest:
            yield Finding(row, f"时限 {limit.text} 长于法定上限")


def unanswered(rows: Sequence[Row], city: City) -> Iterator[Finding]:
    """Gaps and overlaps: a place at which nobody, or more than one unit, answers for the item."""
    found: Mapping[str, list[str]] = _holes(city)
    for row in rows:
        if holes := found.get(row["role"]):
            yield Finding(row, f"{len(holes)} 处没有唯一的责任单位：{'、'.join(holes[:3])}")


def _holes(city: City) -> Mapping[str, list[str]]:
    holes: dict[str, list[str]] = defaultdict(list)
    for role in {unit.role for unit in city.units.values()}:
        for code, street in city.streets.items():
            reason = among(city.duty.holders(role), Place(street.district, code)).reason
            if reason in NEVER:
                holes[role].append(f"{street.name} {reason}")
    return holes


@dataclass(frozen=True, slots=True)
class Miss:
    row: Row
    wording: str
    found: Row
    is_near: bool


class LeaveOneOut:
    """Each wording taken out of the list: does a plain retriever still find its item by the rest?"""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._texts = [
            [(row["name"], NAME), (row["tell_apart"], TELL_APART), *((said, 1) for said in row.parts("wordings"))]
            for row in rows
        ]
        self._reference = Reference(self._texts)
        self.asked = self.first = self.near = 0
        self.misses: list[Miss] = []

    def run(self) -> None:
        for at, texts in enumerate(self._texts):
            for number in range(BEFORE_WORDINGS, len(texts)):
                self._ask(at, number)

    def _ask(self, at: int, number: int) -> None:
        top = self._reference.top(self._texts[at][number][0], (at, number))
        self.asked += 1
        self.first += top[:1] == [at]
        self.near += at in top
        if top[:1] != [at]:
            found = self._rows[top[0]] if top else self._rows[at]
            self.misses.append(Miss(self._rows[at], self._texts[at][number][0], found, at in top))

    def twins(self) -> list[tuple[Row, Row, int]]:
        """Pairs of items that are taken for one another at least twice, most often first."""
        rows = {row["code"]: row for row in self._rows}
        pairs = Counter(tuple(sorted((miss.row["code"], miss.found["code"]))) for miss in self.misses)
        return [(rows[one], rows[other], n) for (one, other), n in pairs.most_common() if n > 1 and one != other]

    def strays(self) -> Iterator[Finding]:
        """Wordings that find an item of another class."""
        for miss in self.misses:
            if miss.row["code"][:2] != miss.found["code"][:2]:
                yield Finding(miss.row, f"说法“{miss.wording}”找到的是 {miss.found['code']} {miss.found['name']}")


def decides(one: Row, other: Row) -> str:
    """What tells two twins apart."""
    if one["role"] != other["role"]:
        return f"责任单位不同（{one['role']} / {other['role']}）：看 {one['tell_apart']} 还是 {other['tell_apart']}"
    return "同一单位，只影响统计与时限"
