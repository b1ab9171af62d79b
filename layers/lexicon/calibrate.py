"""How often is the first item's unit right? Measured by leaving each wording out of its item, in several disguises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from layers.lexicon.index import Document, vector
from layers.lexicon.regression import isotonic, logistic
from suban.adapters.lexicon import RANKED
from suban.adapters.lexicon_confidence import Calibration, Tells, signals
from suban.adapters.lexicon_index import Index, best
from suban.adapters.lexicon_text import Words, features, normalise

MOST_TRIALS = 6000  # the compiler's patience: about 2 ms each
STRANGERS = 4  # every so many trials, one whose true item is not in the list at all
TARGETS = tuple(at / 100 for at in range(80, 100))
LEAST_DECISIONS = 30  # a precision measured on fewer is not believed


class Trial(NamedTuple):
    item: int
    signals: tuple[float, ...]
    right: bool
    right_unit: bool
    top5: bool


@dataclass(frozen=True)
class LeaveOneOut:
    documents: Sequence[Document]
    index: Index
    idf: dict[str, float]
    words: Words
    frames: Sequence[str]
    tells: Tells

    @cached_property
    def roles(self) -> list[str]:
        return [one.role for one in self.documents]

    def trials(self) -> Iterator[Trial]:
        """Each wording plain, framed as citizens wrap it, with a character lost; and, now and then, as a stranger."""
        jobs = [(item, at) for item, one in enumerate(self.documents) for at in range(len(one.texts))]
        stride = max(1, len(jobs) * 3 // MOST_TRIALS)
        for number, (item, at) in enumerate(jobs[::stride]):
            text = self.documents[item].texts[at]
            frame = self.frames[number % len(self.frames)] if self.frames else "{}"
            for disguise in (text, frame.replace("{}", text), _with_a_loss(text, number)):
                yield self.trial(disguise, item, at)
            if number % STRANGERS == 0:
                yield self.trial(text, item, at, stranger=True)

    def trial(self, text: str, item: int, without: int, *, stranger: bool = False) -> Trial:
        plain = normalise(text)
        scores = self._scores(plain, item, without)
        if stranger:
            scores[item] = 0.0
        top = best(scores, RANKED)
        ranked = [at for _, at in top[:5]]
        role = self.documents[item].role
        right = ranked[:1] == [item]
        same_unit = bool(ranked) and self.documents[ranked[0]].role == role
        given = signals(plain, top, self.roles, self.tells)
        return Trial(item, given, right, same_unit, item in ranked)

    def _scores(self, plain: str, item: int, without: int) -> list[float]:
        query = self.index.query(features(plain, self.words))
        scores = self.index.scores(query)
        own = vector(self.documents[item].counts(without), self.idf)
        rows = self.index.rows
        scores[item] = sum(query.get(rows[feature], 0.0) * weight for feature, weight in own.items())
        return scores


def _with_a_loss(text: str, number: int) -> str:
    at = number % max(1, len(text))
    return text[:at] + text[at + 1 :]


def calibration(trials: Sequence[Trial]) -> Calibration:
    weights = logistic([trial.signals for trial in trials], [trial.right_unit for trial in trials])
    rough = Calibration(weights, [], [])
    pairs = sorted((rough.raw(trial.signals), trial.right_unit) for trial in trials)
    curve = [[round(raw, 5), round(chance, 5)] for raw, chance in isotonic(pairs)]
    return _with_reached(Calibration(weights, curve, []), trials)


def _with_reached(given: Calibration, trials: Sequence[Trial]) -> Calibration:
    """For each target precision, the lowest confidence above which all decisions together reached it."""
    decided = sorted(((given.confidence(trial.signals), trial.right_unit) for trial in trials), reverse=True)
    reached: dict[float, float] = {}
    right = 0
    for count, (confidence, is_right) in enumerate(decided, 1):
        right += is_right
        ends_tie = count == len(decided) or decided[count][0] < confidence
        if ends_tie and count >= LEAST_DECISIONS:
            reached |= {target: confidence for target in TARGETS if right / count >= target}
    return Calibration(given.weights, given.curve, [[t, round(c, 5)] for t, c in sorted(reached.items())])
