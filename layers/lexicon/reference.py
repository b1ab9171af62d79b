"""A plain retriever: TF-IDF cosine over characters, by ones and twos. The duty list's yardstick, not its engine."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log, sqrt

SHORTLIST = 40  # items that share a pair of characters with the question and are scored in full
TOP = 5
_SILENT = re.compile(r"[^\w]+")


def grams(text: str) -> list[str]:
    plain = _SILENT.sub("", text.lower())
    return [*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))]


class Reference:
    """`items`: of each item its texts. An item answers with its best text, and with all of them together."""

    def __init__(self, items: Sequence[Sequence[str]]) -> None:
        counts = [[Counter(grams(text)) for text in texts] for texts in items]
        spread = Counter(gram for texts in counts for text in texts for gram in text)
        total = sum(map(len, counts))
        self._rarity = {gram: log(total / (1 + times)) + 1 for gram, times in spread.items()}
        self._vectors = [[self._vector(text) for text in texts] for texts in counts]
        self._pairs: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for item, texts in enumerate(counts):
            for at, text in enumerate(texts):
                for gram in text:
                    if len(gram) > 1:
                        self._pairs[gram].add((item, at))

    def top(self, text: str, without: tuple[int, int] | None = None) -> list[int]:
        """The best items for a text; `without`: the one of its own texts that is to be forgotten."""
        question = self._vector(Counter(grams(text)))
        shared: Counter[tuple[int, int]] = Counter()
        for gram, weight in question.items():
            for place in self._pairs.get(gram, ()):
                shared[place] += int(1000 * weight * self._rarity[gram])
        near = {item for place, _ in shared.most_common(SHORTLIST * TOP) if place != without for item in [place[0]]}
        scored = sorted(((self._score(question, item, without), -item) for item in near), reverse=True)
        return [-item for _, item in scored[:TOP]]

    def _score(self, question: dict[str, float], item: int, without: tuple[int, int] | None) -> float:
        texts = [v for at, v in enumerate(self._vectors[item]) if (item, at) != without]
        alike = [sum(weight * vector.get(gram, 0.0) for gram, weight in question.items()) for vector in texts]
        return max(alike, default=0.0) + sum(alike) / (len(alike) or 1)

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        weights = {gram: (1 + log(n)) * self._rarity.get(gram, 0.0) for gram, n in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
