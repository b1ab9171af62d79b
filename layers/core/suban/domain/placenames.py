"""Place names in running text, longest first, and which of them may be believed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Mention(NamedTuple):
    word: str
    codes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class PlaceNames:
    """`whole`: 粤海街道, believed anywhere. `free`: short names of districts (南山), believed anywhere but outweighed
    by whole ones. `landmarks`: 翠竹公园, like `free`; those across districts (北环大道) have several codes. `bound`:
    short names of streets, everyday words (东门, 莲花), believed only at the head of an address or right behind the
    name of a district, street or community (南山区粤海); 翠竹公园东门 is a gate. All lower case, each → codes.
    """

    whole: Mapping[str, Sequence[str]]
    free: Mapping[str, Sequence[str]]
    bound: Mapping[str, Sequence[str]]
    landmarks: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def mentions(self, text: str, *, is_address: bool) -> list[Mention]:
        text = text.lower()
        found, end_of_last = [], 0 if is_address else -1
        for start, word in self._words(text):
            if codes := self._codes(word, is_beside=start == end_of_last):
                found.append(Mention(word, tuple(codes), word in self.whole))
                end_of_last = -1 if word in self.landmarks else start + len(word)
        return found

    def _codes(self, word: str, *, is_beside: bool) -> Sequence[str]:
        tables = (self.whole, self.free, self.bound if is_beside else {}, self.landmarks)
        return next((table[word] for table in tables if word in table), ())

    def _words(self, text: str) -> Iterator[tuple[int, str]]:
        start = 0
        while start < len(text):
            words = self._by_head.get(text[start], ())
            word = next((w for w in words if text.startswith(w, start) and _stands_alone(text, start, w)), "")
            if word:
                yield start, word
            start += len(word) or 1

    @cached_property
    def _by_head(self) -> Mapping[str, Collection[str]]:
        """First character → words, longest first."""
        heads: dict[str, list[str]] = {}
        for word in sorted({*self.whole, *self.free, *self.bound, *self.landmarks}, key=lambda w: (-len(w), w)):
            heads.setdefault(word[0], []).append(word)
        return heads


def _stands_alone(text: str, start: int, word: str) -> bool:
    """Latin names need a boundary; Chinese ones have none."""
    if not word.isascii():
        return True
    around = text[max(0, start - 1) : start] + text[start + len(word) : start + len(word) + 1]
    return not any(char.isascii() and char.isalnum() for char in around)
