"""What people read, by key and language. Every key speaks all three languages, or the compiler says which it lacks."""

from collections.abc import Sequence
from typing import Any

from layers.lexicon.columns import LANGUAGES
from layers.lexicon.tables import Row, fault, unique

_NAME_COLUMNS = {"zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant", "en": "name_en"}


def names(row: Row) -> dict[str, str]:
    return {language: row[column] for language, column in _NAME_COLUMNS.items()}


def by_key_and_language(rows: Sequence[Row], key: str) -> dict[str, dict[str, Any]]:
    """A lone text column becomes the text itself; several become an object."""
    texts: dict[str, dict[str, Any]] = {}
    last: dict[str, Row] = {}
    for row in unique(list(rows), key, "lang"):
        said = {column: value for column, value in row.items() if column not in (key, "lang")}
        texts.setdefault(row[key], {})[row["lang"]] = said.get("text", said)
        last[row[key]] = row
    for name, languages in texts.items():
        if missing := [language for language in LANGUAGES if language not in languages]:
            fault(last[name].wrong(f"{name} has no text in {', '.join(missing)}"))
    return texts
