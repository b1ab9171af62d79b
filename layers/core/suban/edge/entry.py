"""A function's entry: wired on its first event, from the environment as it is then."""

import os
from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[dict[str, Any], Any], Any]


class Entry[W]:
    """`here()` is what `wire` made of the environment; made once per process."""

    def __init__(self, wire: Callable[[Mapping[str, str]], W]) -> None:
        self._wire = wire
        self._wired: W | None = None

    def here(self) -> W:
        if self._wired is None:
            self._wired = self._wire(os.environ)
        return self._wired
