"""Text as citizens write it → what the lexicon is indexed by. The compiler uses these very functions."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Protocol, cast

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{HAN}]+|[a-z0-9]+")
_HAN = re.compile(rf"[{HAN}]")
WORD_MARK = "\x02"  # tells a word from the characters it is made of
SHORTEST_WORD = 3  # two characters are a bigram already


class Converter(Protocol):
    def convert(self, text: str) -> str: ...


class Words(Protocol):
    def __call__(self, text: str) -> Iterable[str]: ...


@cache
def _simplifier() -> Converter:
    from opencc import OpenCC

    return cast("Converter", OpenCC("t2s"))


def normalise(text: str) -> str:
    """Half width, Simplified, lower case. Length may change."""
    return _simplifier().convert(unicodedata.normalize("NFKC", text)).lower()


def segmenter(frequencies: Mapping[str, int]) -> Words:
    """Jieba over our own words. Its tokenizer is filled by hand: its default dictionary costs 0.7 s and 60 MB."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = _with_prefixes(frequencies)
    tokenizer.total = sum(frequencies.values()) or 1
    tokenizer.initialized = True
    return cast("Words", lambda text: tokenizer.cut(text, HMM=False))


def _with_prefixes(frequencies: Mapping[str, int]) -> dict[str, int]:
    """Jieba walks a word character by character and needs every beginning of it, at frequency 0."""
    table = dict(frequencies)
    for word in frequencies:
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return table


def han_characters(text: str) -> int:
    return len(_HAN.findall(text))


def without(names: Collection[str], text: str, words: Words) -> str:
    """Place names say where, not what: they would only thin out the words of the matter."""
    return "".join("，" if word in names else word for word in words(text))


def features(text: str, words: Words) -> Counter[str]:
    """Characters, pairs of them and longer words of a normalised text; pairs never cross punctuation."""
    counts: Counter[str] = Counter()
    for run in _RUN.findall(text):
        if run.isascii():
            counts[WORD_MARK + run] += 1
            continue
        counts.update(run)
        counts.update(map(str.__add__, run, run[1:]))
        counts.update(WORD_MARK + word for word in words(run) if len(word) >= SHORTEST_WORD)
    return counts


def features_of_word(word: str) -> list[str]:
    """Those of `features` that lie wholly inside one word."""
    whole = [WORD_MARK + word] if len(word) >= SHORTEST_WORD else []
    return [*word, *map(str.__add__, word, word[1:]), *whole]
