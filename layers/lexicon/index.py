"""Items → the inverted index that suban.adapters.lexicon_index reads."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

from layers.lexicon.tables import Row
from suban.adapters.lexicon_index import HEADER, MAGIC, UNIT, Index
from suban.adapters.lexicon_text import WORD_MARK, Words, features, normalise

# How much each column counts, and each sort of feature. Measured by leave-one-out over the wordings
# (benchmarks/dispatch_seed.py): name 1→2 and tell_apart 1→3 together brought +.07 top-1, single characters +.01.
NAME, WORDING, TELL_APART = 2, 1, 3
CHARACTER, WORD = 1.2, 0.5
MOST_ITEMS = 65535  # uint16


@dataclass(frozen=True)
class Document:
    """An item as counts of features; `wordings` apart, so that each can be left out in turn."""

    code: str
    role: str
    rest: Counter[str]
    wordings: tuple[Counter[str], ...]
    texts: tuple[str, ...]

    def counts(self, without: int | None = None) -> Counter[str]:
        total = Counter(self.rest)
        for at, wording in enumerate(self.wordings):
            if at != without:
                total.update({feature: WORDING * count for feature, count in wording.items()})
        return total


def document(row: Row, words: Words) -> Document:
    rest: Counter[str] = Counter()
    for text, factor in ((row["name"], NAME), (row["tell_apart"], TELL_APART)):
        rest.update({feature: factor * count for feature, count in features(normalise(text), words).items()})
    wordings = tuple(row.parts("wordings"))
    counted = tuple(features(normalise(wording), words) for wording in wordings)
    return Document(row["code"], row["role"], rest, counted, wordings)


def inverse_frequencies(documents: Sequence[Document]) -> dict[str, float]:
    spread = Counter(feature for document in documents for feature in document.counts())
    total = len(documents) + 1
    return {feature: log(total / (count + 0.5)) * _sort(feature) for feature, count in sorted(spread.items())}


def _sort(feature: str) -> float:
    if feature.startswith(WORD_MARK):
        return WORD
    return CHARACTER if len(feature) == 1 else 1.0


def vector(counts: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    """Of length one."""
    weights = {feature: (1 + log(count)) * max(idf[feature], 0.0) for feature, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {feature: weight / length for feature, weight in weights.items()}


def write(path: Path, documents: Sequence[Document], idf: Mapping[str, float]) -> Index:
    """Writes the index and reads it back."""
    if len(documents) > MOST_ITEMS:
        raise ValueError(f"{len(documents)} items: the index holds {MOST_ITEMS}")
    postings: dict[str, list[tuple[int, float]]] = {feature: [] for feature in idf}
    for item, one in enumerate(documents):
        for feature, weight in vector(one.counts(), idf).items():
            postings[feature].append((item, weight))
    path.write_bytes(_packed([document.code for document in documents], idf, postings))
    return Index.load(path)


def _packed(
    codes: Sequence[str], idf: Mapping[str, float], postings: Mapping[str, Sequence[tuple[int, float]]]
) -> bytes:
    starts, items, weights = array("I", [0]), array("H"), array("H")
    for feature in idf:
        for item, weight in sorted(postings[feature]):
            items.append(item)
            weights.append(round(weight * UNIT))
        starts.append(len(items))
    names, features_ = "\n".join(codes).encode(), "\n".join(idf).encode()
    head = HEADER.pack(MAGIC, len(codes), len(idf), len(items), len(names), len(features_))
    numbers = (array("f", idf.values()), starts, items, weights)
    return b"".join([head, *(part.tobytes() for part in numbers), names, features_])
