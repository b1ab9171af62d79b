"""The caller's language: zh-Hans, zh-Hant or en."""

import re

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
DEFAULT = LANGUAGES[0]

_TRADITIONAL = re.compile(r"zh-(hant|tw|hk|mo)|yue", re.IGNORECASE)


def language(accept_language: str | None) -> str:
    """The first language of the header that we speak; weights are written in order by every client."""
    for wish in (accept_language or "").split(","):
        tag = wish.split(";")[0].strip()
        if _TRADITIONAL.match(tag):
            return "zh-Hant"
        if tag.lower().startswith("zh"):
            return "zh-Hans"
        if tag.lower().startswith("en"):
            return "en"
    return DEFAULT
