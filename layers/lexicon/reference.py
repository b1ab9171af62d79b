"""A plain retriever: TF-IDF cosine over characters, by ones and twos. The duty list's yardstick, not its engine."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

SHORTLIST = 80  # items that share the rarest pairs of characters with the question, scored in full
TOP = 5
_SILENT = re.compile(r"[^\w]+")

type Vector = Mapping[str, float]


def grams(text: str) -> Counter[str]:
    plain = _SILENT.sub("", text.lower())
    return Counter([*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))])


class Reference:
    """`items`: of each item its texts and how often each counts; together they are one document."""

    def __init__(self, items: Sequence[Sequence[tuple[str, int]]]) -> None:
        self._texts = [[(grams(text), times) for text, times in texts] for texts in items]
        documents = [self._document(item) for item in range(len(items))]
        spread = Counter(gram for document in documents for gram in document)
        self._rarity = {gram: max(0.0, log(len(items) / (0.5 + times))) for gram, times in spread.items()}
        self._vectors = [self._vector(document) for document in documents]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for item, document in enumerate(documents):
            for gram in document:
                if len(gram) > 1:
                    self._holders[gram].append(item)

    def top(self, text: str, without: tuple[int, int] | None = None) -> list[int]:
        """The best items for a text; `without`: item and number of the text that is to be forgotten."""
        question = self._vector(grams(text))
        shared: Counter[int] = Counter()
        for gram, weight in question.items():
            for item in self._holders.get(gram, ()):
                shared[item] += int(1e6 * weight * self._rarity[gram])
        near = [item for item, _ in shared.most_common(SHORTLIST)]
        scored = sorted((-self._alike(question, item, without), item) for item in near)
        return [item for _, item in scored[:TOP]]

    def _alike(self, question: Vector, item: int, without: tuple[int, int] | None) -> float:
        kept = without is None or without[0] != item
        vector = self._vectors[item] if kept or without is None else self._vector(self._document(item, without[1]))
        return sum(weight * vector.get(gram, 0.0) for gram, weight in question.items())

    def _document(self, item: int, without: int | None = None) -> Counter[str]:
        total: Counter[str] = Counter()
        for at, (counts, times) in enumerate(self._texts[item]):
            if at != without:
                total.update({gram: n * times for gram, n in counts.items()})
        return total

    def _vector(self, counts: Counter[str]) -> Vector:
        weights = {gram: (1 + log(n)) * self._rarity.get(gram, 0.0) for gram, n in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
