"""The baseline: characters 1–2, TF-IDF with sublinear counts, cosine; nothing of ours but the rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

from layers.lexicon.tables import Row


def grams(text: str) -> Counter[str]:
    kept = [char for char in text.lower() if char.isalnum()]
    return Counter([*kept, *map(str.__add__, kept, kept[1:])])


def weighted(counts: Mapping[str, int], idf: Mapping[str, float]) -> dict[str, float]:
    raw = {gram: (1 + log(count)) * idf[gram] for gram, count in counts.items() if count > 0 and gram in idf}
    length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {gram: weight / length for gram, weight in raw.items()}


def leave_one_out(rows: Sequence[Row]) -> dict[str, float]:
    counts = [_whole(row) for row in rows]
    spread = Counter(gram for one in counts for gram in one)
    idf = {gram: log((1 + len(rows)) / (1 + count)) + 1 for gram, count in spread.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, one in enumerate(counts):
        for gram, weight in weighted(one, idf).items():
            postings[gram].append((at, weight))
    ranks = [
        _ranked(grams(wording), at, weighted(counts[at] - grams(wording), idf), idf, postings, len(rows))
        for at, row in enumerate(rows)
        for wording in row.parts("wordings")
    ]
    firsts = [(ranked[0], at) for ranked, at in ranks]
    return {
        "top1": sum(first == at for first, at in firsts) / len(ranks),
        "top5": sum(at in ranked for ranked, at in ranks) / len(ranks),
        "unit_top1": sum(rows[first]["role"] == rows[at]["role"] for first, at in firsts) / len(ranks),
    }


def _whole(row: Row) -> Counter[str]:
    return sum(map(grams, (row["name"], *row.parts("wordings"), *row.parts("tell_apart"))), Counter())


def _ranked(
    said: Counter[str],
    item: int,
    own: Mapping[str, float],
    idf: Mapping[str, float],
    postings: Mapping[str, Sequence[tuple[int, float]]],
    total: int,
) -> tuple[list[int], int]:
    query = weighted(said, idf)
    scores = [0.0] * total
    for gram, share in query.items():
        for at, weight in postings.get(gram, ()):
            scores[at] += share * weight
    scores[item] = sum(share * own.get(gram, 0.0) for gram, share in query.items())
    return sorted(range(total), key=lambda at: -scores[at])[:5], item
