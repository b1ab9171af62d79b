"""What a text shows besides its matter: nothing at all, another language, danger, abuse, several matters."""

import re
from collections.abc import Mapping, Sequence

from suban.adapters.lexicon_text import han_characters
from suban.domain.dispatching import Sign

LEAST_CONTENT = 2  # Chinese characters left once greetings are taken away
SHORTEST_MATTER = 6  # Chinese characters of one matter among several
_LATIN = re.compile(r"[a-z]")
_NUMBERED = r"[（(]?[1-9一二三四五六][）)、.:]|第[一二三四五六][，、,:]?"


class Signs:
    """`words`: use → words, from signs.csv, normalised."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._danger = words.get("urgent", ())
        self._abuse = words.get("abusive", ())
        self._hollow = re.compile("|".join(map(re.escape, words.get("hollow", ()))) or r"(?!)")
        markers = "|".join(map(re.escape, words.get("several", ())))
        self._break = re.compile(rf"(?:^|[\s，。；;,!?])(?:{_NUMBERED}{'|' + markers if markers else ''})")

    def of(self, text: str) -> dict[Sign, tuple[str, ...]]:
        """Of a normalised text."""
        found: dict[Sign, tuple[str, ...]] = {}
        if language := self._language(text):
            found[language] = ()
        for sign, words in ((Sign.URGENT, self._danger), (Sign.ABUSIVE, self._abuse)):
            if said := tuple(word for word in words if word in text):
                found[sign] = said
        return found

    def _language(self, text: str) -> Sign | None:
        han, latin = han_characters(self._hollow.sub("", text)), len(_LATIN.findall(text))
        if latin > max(2 * han, LEAST_CONTENT):
            return Sign.OTHER_LANGUAGE
        return Sign.EMPTY if han < LEAST_CONTENT else None

    def parts(self, text: str) -> list[str]:
        """The matters a numbered or 另外-ed text seems to hold; empty where it holds one."""
        parts = [part for part in self._break.split(text) if han_characters(part) >= SHORTEST_MATTER]
        return parts if len(parts) > 1 else []
