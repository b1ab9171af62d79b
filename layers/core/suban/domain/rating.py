"""好差评: four axes and an overall level, each 1–5; the two lowest overall levels are negative."""

from dataclasses import dataclass, fields

from suban.domain.errors import Invalid

LOWEST, HIGHEST = 1, 5
NEGATIVE_LEVELS = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Rating:
    speed: int
    effect: int
    experience: int
    feedback: int
    overall: int

    def __post_init__(self) -> None:
        for axis in fields(self):
            level = getattr(self, axis.name)
            if type(level) is not int or not LOWEST <= level <= HIGHEST:
                raise Invalid(field=axis.name, lowest=LOWEST, highest=HIGHEST)

    @property
    def is_negative(self) -> bool:
        return self.overall in NEGATIVE_LEVELS
