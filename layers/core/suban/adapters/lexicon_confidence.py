"""How sure a ranking is: the chance, measured when the lexicon was compiled, that the first item's role is right.

Of the role, not of the item: a case goes astray by a wrong unit, never by the choice between two items of one unit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

NEVER = 1.01  # a confidence nobody has
SIGNALS = 8
MOST_TOLD = 3

type Tells = Sequence[Sequence[str]]
"""Per item, its tell-apart words, normalised."""


def signals(plain: str, ranked: Sequence[tuple[float, int]], roles: Sequence[str], tells: Tells) -> tuple[float, ...]:
    """Of (score, item), best first: its level, its lead over the second item, over the first of another role (whole
    and as a share), the length of the text, and how many tell-apart words of the first item and of that rival it says.
    """
    if not ranked:
        return (1.0, *[0.0] * (SIGNALS - 1))
    first, item = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    rival, other = next(((score, at) for score, at in ranked if roles[at] != roles[item]), (0.0, None))
    lead = first - rival
    told = _told(plain, tells[item]), _told(plain, tells[other] if other is not None else ())
    return 1.0, first, first - second, lead, lead / first, log1p(len(plain)) / 5, *told


def _told(plain: str, words: Sequence[str]) -> float:
    return min(sum(word in plain for word in words), MOST_TOLD) / MOST_TOLD


@dataclass(frozen=True)
class Calibration:
    """`weights` make one number of the signals; `curve` turns it into a chance (both columns rise);
    `reached`: precision of all decisions at or above a confidence, (precision, confidence), rising.
    """

    weights: Sequence[float]
    curve: Sequence[Sequence[float]]
    reached: Sequence[Sequence[float]]

    def raw(self, given: Sequence[float]) -> float:
        return sum(weight * signal for weight, signal in zip(self.weights, given, strict=True))

    def confidence(self, given: Sequence[float]) -> float:
        """Between two points of the curve, a straight line."""
        if not self.curve or not given[1]:
            return 0.0
        raw = self.raw(given)
        at = bisect_right(self.curve, raw, key=lambda point: point[0])
        if at in (0, len(self.curve)):
            return self.curve[min(at, len(self.curve) - 1)][1]
        (left, low), (right, high) = self.curve[at - 1], self.curve[at]
        return low + (high - low) * (raw - left) / (right - left)

    def threshold(self, precision: float) -> float:
        at = bisect_left(self.reached, precision, key=lambda point: point[0])
        return self.reached[at][1] if at < len(self.reached) else NEVER
