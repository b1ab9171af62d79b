"""Which words of the text decided for an item, in words a clerk reads, not in pairs of characters."""

from collections.abc import Collection, Mapping

from suban.adapters.lexicon_index import Index
from suban.adapters.lexicon_text import features_of_word
from suban.domain.dispatching import Word

SHOWN = 6
WORTH_SHOWING = 0.005


def deciding_words(said: Collection[str], query: Mapping[int, float], index: Index, item: int) -> tuple[Word, ...]:
    """A word's weight is what all characters and pairs inside it brought to the item's score."""
    weights = {word: _brought(word, query, index, item) for word in said}
    heaviest = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return tuple(Word(word, round(weight, 4)) for word, weight in heaviest if weight >= WORTH_SHOWING)


def _brought(word: str, query: Mapping[int, float], index: Index, item: int) -> float:
    rows = map(index.rows.get, features_of_word(word))
    return sum(query[row] * index.contribution(row, item) for row in rows if row is not None and row in query)
