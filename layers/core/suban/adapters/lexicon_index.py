"""The inverted index: feature → (item, weight). Little-endian arrays over one read of the file, nothing unpacked.

Layout: magic (8 bytes), five uint32 (items, features, postings, bytes of item codes, bytes of features), then
float32 idf[features], uint32 start[features + 1], uint16 item[postings], uint16 weight[postings] (65535 = 1.0), item
codes and features as UTF-8 joined by newlines.
"""

import struct
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log, sqrt
from pathlib import Path

from suban.adapters.release import ReleaseBroken

MAGIC = b"SUBANIX1"
HEADER = struct.Struct("<8s5I")
UNIT = 65535


@dataclass(frozen=True)
class Index:
    codes: list[str]
    rows: dict[str, int]
    idf: "memoryview[float]"
    starts: "memoryview[int]"
    items: "memoryview[int]"
    weights: "memoryview[int]"

    @staticmethod
    def load(path: Path) -> "Index":
        view = memoryview(path.read_bytes())
        if len(view) < HEADER.size:
            raise ReleaseBroken(f"{path} is cut short")
        magic, items, features, postings, code_bytes, feature_bytes = HEADER.unpack_from(view)
        sizes = (features * 4, (features + 1) * 4, postings * 2, postings * 2, code_bytes, feature_bytes)
        if magic != MAGIC or HEADER.size + sum(sizes) != len(view):
            raise ReleaseBroken(f"{path} is not an index of this version")
        parts, at = [], HEADER.size
        for size in sizes:
            parts.append(view[at : at + size])
            at += size
        codes, names = (str(part, "utf-8").split("\n") for part in parts[4:])
        if len(codes) != items or len(names) != features:
            raise ReleaseBroken(f"{path} is damaged")
        rows = {name: row for row, name in enumerate(names)}
        return Index(codes, rows, parts[0].cast("f"), parts[1].cast("I"), parts[2].cast("H"), parts[3].cast("H"))

    def query(self, counts: Mapping[str, int]) -> dict[int, float]:
        """Feature row → weight, of length one over everything said, known or not: unknown words lower every score."""
        unknown = log(1 + len(self.codes))
        raw, square = {}, 0.0
        for feature, count in counts.items():
            row = self.rows.get(feature)
            weight = (1 + log(count)) * (unknown if row is None else self.idf[row])
            square += weight * weight
            if row is not None:
                raw[row] = weight
        length = sqrt(square) or 1.0
        return {row: weight / length for row, weight in raw.items()}

    def scores(self, query: Mapping[int, float]) -> list[float]:
        totals = [0.0] * len(self.codes)
        starts, items, weights = self.starts, self.items, self.weights
        for row, share in query.items():
            begin, end = starts[row], starts[row + 1]
            for item, weight in zip(items[begin:end], weights[begin:end], strict=True):
                totals[item] += share * weight
        return [total / UNIT for total in totals]

    def contribution(self, row: int, item: int) -> float:
        """What one feature brings to one item, per unit of the query."""
        begin, end = self.starts[row], self.starts[row + 1]
        at = bisect_left(self.items, item, begin, end)
        return self.weights[at] / UNIT if at < end and self.items[at] == item else 0.0


def best(scores: Iterable[float], count: int) -> list[tuple[float, int]]:
    """Highest first; equal scores in order of item."""
    ranked = nsmallest(count, ((-score, item) for item, score in enumerate(scores) if score > 0))
    return [(-score, item) for score, item in ranked]
