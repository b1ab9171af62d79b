"""Our own small dictionary for jieba: the words that occur in the catalogue, with their frequency in general Chinese.

jieba's default dictionary is used here, at compile time, and nowhere else.
"""

from collections.abc import Iterable, Sequence

MOST_SYLLABLES = 6
LEAST_FREQUENCY = 3


def dictionary(texts: Iterable[str], own_words: Sequence[str]) -> dict[str, int]:
    """Words of two characters and more. `own_words` (tell-apart words, signs, place names) stay whole."""
    import jieba

    jieba.setLogLevel("ERROR")
    found = {word for text in texts for word in jieba.cut(text, HMM=False) if len(word) > 1 and not word.isascii()}
    frequencies = {word: max(jieba.dt.FREQ.get(word, 0), LEAST_FREQUENCY) for word in found}
    own = (word for word in own_words if 1 < len(word) <= MOST_SYLLABLES and not word.isascii())
    frequencies |= {word: max(frequencies.get(word, 0), jieba.dt.FREQ.get(word, 0), LEAST_FREQUENCY) for word in own}
    return dict(sorted(frequencies.items()))
