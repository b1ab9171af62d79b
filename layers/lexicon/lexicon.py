"""The data of dispatch: lexicon.json (dictionary, signs, kinds, themes, calibration) and lexicon.idx (the index)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from layers.lexicon import columns
from layers.lexicon.calibrate import LeaveOneOut, Trial, calibration
from layers.lexicon.dictionary import dictionary
from layers.lexicon.index import document, inverse_frequencies, write
from layers.lexicon.tables import Row, read
from suban.adapters.lexicon import HEAD_FILE, INDEX_FILE
from suban.adapters.lexicon_text import normalise, segmenter

# What shows danger, abuse or several matters: one file, also under a test's own catalogue.
SIGNS = Path(__file__).parents[2] / "catalog" / "signs.csv"


def write_lexicon(out: Path, rows: Sequence[Row], city: Mapping[str, Any]) -> LeaveOneOut:
    signs = _signs(read(SIGNS, columns.SIGNS))
    frequencies = _dictionary(rows, signs, city)
    words = segmenter(frequencies)
    documents = [document(row, words) for row in rows]
    idf = inverse_frequencies(documents)
    tells = [[normalise(word) for word in row.parts("tell_apart")] for row in rows]
    index = write(out / INDEX_FILE, documents, idf)
    left_out = LeaveOneOut(documents, index, idf, words, signs.get("frame", ()), tells)
    trials = list(left_out.trials())
    fitted = calibration(trials)
    head = {
        "words": frequencies,
        "signs": signs,
        "roles": {one.code: one.role for one in documents},
        "tells": dict(zip(index.codes, tells, strict=True)),
        "places": sorted({*city["place_names"]["whole"], *city["place_names"]["free"]}),
        "kinds": {code: item["kinds"] for code, item in city["items"].items() if item["kinds"]},
        "themes": {code: theme["classes"].split("|") for code, theme in city["themes"].items() if theme["classes"]},
        "calibration": {"weights": fitted.weights, "curve": fitted.curve, "reached": fitted.reached},
        "measured": _measured(trials),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (out / HEAD_FILE).write_text(text, encoding="utf-8")
    return left_out


def _signs(rows: Sequence[Row]) -> dict[str, list[str]]:
    signs: dict[str, list[str]] = {}
    for row in rows:
        signs.setdefault(row["use"], []).append(normalise(row["word"]))
    return signs


def _dictionary(rows: Sequence[Row], signs: Mapping[str, Sequence[str]], city: Mapping[str, Any]) -> dict[str, int]:
    texts = [normalise("。".join((row["name"], row["wordings"], row["tell_apart"], row["group"]))) for row in rows]
    own = [normalise(word) for row in rows for word in row.parts("tell_apart")]
    own += [word for use, words in signs.items() if use != "frame" for word in words]
    own += [*city["place_names"]["whole"], *city["place_names"]["free"]]
    return dictionary(texts, own)


def _measured(trials: Sequence[Trial]) -> dict[str, float]:
    """Over all disguises; strangers count as wrong."""
    total = len(trials) or 1
    return {
        "trials": len(trials),
        "top1": round(sum(trial.right for trial in trials) / total, 4),
        "top5": round(sum(trial.top5 for trial in trials) / total, 4),
        "unit": round(sum(trial.right_unit for trial in trials) / total, 4),
    }
