"""The Classifier that needs no labels: retrieval over the duty list's names, wordings and tell-apart words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from suban.adapters.lexicon_confidence import Calibration, signals
from suban.adapters.lexicon_evidence import deciding_words
from suban.adapters.lexicon_index import Index, best
from suban.adapters.lexicon_signs import Signs
from suban.adapters.lexicon_text import features, normalise, segmenter, without
from suban.adapters.release import ReleaseBroken, ReleaseMissing
from suban.domain.dispatching import Ranking, Scored, Sign

HEAD_FILE, INDEX_FILE = "lexicon.json", "lexicon.idx"
RANKED = 20  # deep enough to meet a rival of another role
EXPLAINED = 2  # the first and the runner-up get their words
THEME_FAVOUR = 1.15  # a theme the citizen chose speaks for its classes
KIND_DISFAVOUR = 0.7  # an item that does not list the case's kind
PART_CONFIDENCE = 0.5  # from which one part of a text counts as a matter of its own
SUBCLASS = slice(0, 5)  # CC-SS of an item code


class LexiconClassifier:
    def __init__(self, head: Mapping[str, Any], index: Index) -> None:
        self._index = index
        self._words = segmenter(head["words"])
        self._signs = Signs(head["signs"])
        self._calibration = Calibration(**head["calibration"])
        self._themes: Mapping[str, Sequence[str]] = head["themes"]
        self._roles = [head["roles"][code] for code in index.codes]
        self._tells = [head["tells"].get(code, ()) for code in index.codes]
        self._places = frozenset(head["places"])
        self._kinds = {at: head["kinds"][code] for at, code in enumerate(index.codes) if code in head["kinds"]}

    @classmethod
    def load(cls, directory: str | Path) -> "LexiconClassifier":
        path = Path(directory)
        try:
            return cls(json.loads((path / HEAD_FILE).read_bytes()), Index.load(path / INDEX_FILE))
        except FileNotFoundError as missing:
            raise ReleaseMissing(
                f"no lexicon in {path}: compile one with python -m layers.lexicon.compile"
            ) from missing
        except (ValueError, KeyError, TypeError) as broken:
            raise ReleaseBroken(f"the lexicon in {path} is not one of this version: {broken!r}") from broken

    def threshold(self, precision: float) -> float:
        return self._calibration.threshold(precision)

    def simplify(self, text: str) -> str:
        return normalise(text)

    def classify(self, text: str, kind: str, theme: str | None) -> Ranking:
        """A few ms; a text of several matters is ranked once more per matter."""
        plain = normalise(text)
        signs = self._signs.of(plain)
        scored, confidence = self.rank(plain, kind, theme)
        if matters := self._matters(plain, kind, theme):
            signs[Sign.SEVERAL_MATTERS] = matters
        return Ranking(scored, confidence, signs)

    def rank(self, plain: str, kind: str, theme: str | None) -> tuple[tuple[Scored, ...], float]:
        plain = without(self._places, plain, self._words)
        query = self._index.query(features(plain, self._words))
        top = best(self._adjusted(self._index.scores(query), kind, theme), RANKED)
        confidence = self._calibration.confidence(signals(plain, top, self._roles, self._tells))
        said = {word for word in self._words(plain) if len(word) > 1}
        words = [deciding_words(said, query, self._index, at) for _, at in top[:EXPLAINED]]
        words += [()] * (len(top) - len(words))
        codes = self._index.codes
        scored = (Scored(codes[at], score, said) for (score, at), said in zip(top, words, strict=True))
        return tuple(scored), confidence

    def _adjusted(self, scores: list[float], kind: str, theme: str | None) -> Iterable[float]:
        for at, kinds in self._kinds.items():
            if kind not in kinds:
                scores[at] *= KIND_DISFAVOUR
        classes = set(self._themes.get(theme or "", ()))
        if not classes:
            return scores
        favoured = (THEME_FAVOUR if code[:2] in classes else 1.0 for code in self._index.codes)
        return [score * favour for score, favour in zip(scores, favoured, strict=True)]

    def _matters(self, plain: str, kind: str, theme: str | None) -> tuple[str, ...]:
        """Codes of the items, where parts of the text speak clearly of different sub-classes."""
        ranked = [self.rank(part, kind, theme) for part in self._signs.parts(plain)]
        first = {scored[0].item_code for scored, confidence in ranked if scored and confidence >= PART_CONFIDENCE}
        return tuple(sorted(first)) if len({code[SUBCLASS] for code in first}) > 1 else ()
