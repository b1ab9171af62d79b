"""分拨: a ranking of items and a place → one Decision. Where it is not sure it says why and leaves it to the desk.

Each hard case has its way:
- empty of content (emoji, 你好, punctuation): desk, `empty_text`; no candidates, the citizen is asked for more.
- not Chinese (English): desk, `other_language`.
- several matters in one text: desk, `several_matters`, to be split; candidates over the whole text.
- 建议 suggestion: automatic only where the item lists that kind, else desk, `suggestion`.
- abusive: dispatched all the same; the sign is kept in the evidence.
- words of danger: urgent at once, whatever else is decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from suban.domain.duty import DutyList
from suban.domain.places import Located, Place
from suban.domain.routing import Unrouted, route
from suban.domain.words import Kind

CANDIDATES = 5
# A runner-up this near to the first is named as the reason for doubt.
NEARLY_AS_GOOD = 0.85
EVEN_CHANCE = 0.5


class Sign(StrEnum):
    """What a text shows besides its matter."""

    EMPTY = "empty_text"
    OTHER_LANGUAGE = "other_language"
    SEVERAL_MATTERS = "several_matters"
    ABUSIVE = "abusive"
    URGENT = "urgent"


class Rule(StrEnum):
    """Why a decision is what it is; beside these, a stopping Sign or an Unrouted reason."""

    SURE = "sure"
    UNSURE = "unsure"
    SEVERAL_ITEMS = "several_items"
    NOTHING_FITS = "nothing_fits"
    SUGGESTION = "suggestion"


STOPPING = (Sign.EMPTY, Sign.OTHER_LANGUAGE, Sign.SEVERAL_MATTERS)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scored:
    item_code: str
    score: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Items best first; `confidence`: the measured chance that the first item's role is the right one.

    `signs`: sign → what shows it: words, or the codes of several matters.
    """

    scored: tuple[Scored, ...]
    confidence: float
    signs: dict[Sign, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    item_code: str
    name: str
    unit: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kind`: word, place, place_word, sign, runner_up. `weight`: what a word brought to the score."""

    kind: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """`item_code` and `unit` are both set or both None; only then is the dispatch automatic."""

    item_code: str | None
    unit: str | None
    confidence: float
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    rule: str
    release: str
    urgent: bool

    @property
    def automatic(self) -> bool:
        return self.unit is not None


def decide(ranking: Ranking, located: Located, kind: str, duty: DutyList, threshold: float) -> Decision:
    """`threshold`: the confidence from which a dispatch is automatic."""
    known = tuple(scored for scored in ranking.scored if scored.item_code in duty.items)
    first = known[0] if known else None
    candidates = tuple(_candidate(scored, located.place, duty) for scored in known[:CANDIDATES])
    doubt = _doubt(ranking, known, kind, duty, threshold) or _unrouted(first, located.place, duty)
    sure = first is not None and doubt is None
    return Decision(
        item_code=candidates[0].item_code if sure else None,
        unit=candidates[0].unit if sure else None,
        confidence=round(ranking.confidence, 4),
        candidates=() if doubt is Sign.EMPTY else candidates,
        evidence=tuple(_evidence(ranking, known, located, duty)),
        rule=str(doubt or Rule.SURE),
        release=duty.release,
        urgent=_urgent(ranking, duty),
    )


def _doubt(
    ranking: Ranking, known: tuple[Scored, ...], kind: str, duty: DutyList, threshold: float
) -> Sign | Rule | None:
    for sign in STOPPING:
        if sign in ranking.signs:
            return sign
    if not known:
        return Rule.NOTHING_FITS
    if kind == Kind.SUGGESTION and kind not in duty.items[known[0].item_code].kinds:
        return Rule.SUGGESTION
    return _uncertain(known) if ranking.confidence < threshold else None


def _uncertain(known: tuple[Scored, ...]) -> Rule:
    close = len(known) > 1 and known[1].score >= NEARLY_AS_GOOD * known[0].score
    return Rule.SEVERAL_ITEMS if close else Rule.UNSURE


def _unrouted(first: Scored | None, place: Place, duty: DutyList) -> Unrouted | None:
    return route(first.item_code, place, duty).reason if first else None


def _candidate(scored: Scored, place: Place, duty: DutyList) -> Candidate:
    unit = route(scored.item_code, place, duty).unit
    return Candidate(scored.item_code, duty.items[scored.item_code].name, unit, round(scored.score, 4))


def _urgent(ranking: Ranking, duty: DutyList) -> bool:
    """Words of danger, or an urgent item that is more likely right than wrong: late costs more than early."""
    first = next((scored.item_code for scored in ranking.scored), "")
    likely_urgent = first in duty.items and duty.items[first].urgent and ranking.confidence >= EVEN_CHANCE
    return Sign.URGENT in ranking.signs or likely_urgent


def _evidence(ranking: Ranking, known: tuple[Scored, ...], located: Located, duty: DutyList) -> Iterator[Evidence]:
    for scored in known[:1]:
        yield from (Evidence("word", word.text, word.weight) for word in scored.words)
    yield Evidence("place", f"{located.by}:{located.place.street or located.place.district or ''}")
    yield from (Evidence("place_word", word) for word in located.words)
    for sign, words in ranking.signs.items():
        yield Evidence("sign", f"{sign}:{'、'.join(words)}")
    for scored in known[1:2]:
        told = "、".join(word.text for word in scored.words)
        yield Evidence("runner_up", f"{duty.items[scored.item_code].name}:{told}", round(scored.score, 4))
