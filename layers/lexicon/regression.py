"""Two small fits in plain Python: a build needs no numpy for a few thousand rows of six numbers."""

from collections.abc import Sequence
from math import exp

ROUNDS = 25
RIDGE = 1e-3
MOST_POINTS = 40


def logistic(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> list[float]:
    """Weights by Newton's method, with a little ridge so that separable data stay finite."""
    width = len(rows[0]) if rows else 0
    weights = [0.0] * width
    for _ in range(ROUNDS):
        step = solve(*_gradient(rows, right, weights))
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step), default=0.0) < 1e-9:  # noqa: PLR2004 - converged
            break
    return [round(weight, 6) for weight in weights]


def _gradient(
    rows: Sequence[Sequence[float]], right: Sequence[bool], weights: Sequence[float]
) -> tuple[list[list[float]], list[float]]:
    width = len(weights)
    hessian = [[RIDGE if a == b else 0.0 for b in range(width)] for a in range(width)]
    slope = [-RIDGE * weight for weight in weights]
    for row, is_right in zip(rows, right, strict=True):
        raw = sum(weight * value for weight, value in zip(weights, row, strict=True))
        chance = 1 / (1 + exp(-max(-35.0, min(35.0, raw))))
        for a in range(width):
            slope[a] += (is_right - chance) * row[a]
            for b in range(width):
                hessian[a][b] += chance * (1 - chance) * row[a] * row[b]
    return hessian, slope


def solve(matrix: Sequence[Sequence[float]], target: Sequence[float]) -> list[float]:
    """Gauss with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, target, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda r: abs(rows[r][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [low - factor * high for low, high in zip(rows[below], rows[at], strict=True)]
    answer = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][b] * answer[b] for b in range(at + 1, size))
        answer[at] = (rows[at][size] - known) / rows[at][at]
    return answer


def isotonic(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Pool adjacent violators over bins of equal size: (raw, chance), both rising strictly and weakly."""
    size = max(1, len(pairs) // MOST_POINTS)
    pools: list[list[float]] = []  # [sum of raw, right, count]
    for start in range(0, len(pairs), size):
        bin_ = pairs[start : start + size]
        pools.append([sum(raw for raw, _ in bin_), float(sum(right for _, right in bin_)), float(len(bin_))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [(raw / count, right / count) for raw, right, count in pools]
