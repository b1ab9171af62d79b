"""Breaks the n-th AWS call that one function makes: before it takes effect, or after, its answer lost."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from infra.local import lambdas
from infra.local.kinds import Inside, Json


class When(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class KilledError(Exception):
    """The sandbox is gone: whatever the function still meant to do is not done."""


@dataclass(frozen=True, order=True)
class Site:
    """One call in a story: the `nth` time that `function` calls `operation`."""

    function: str
    operation: str
    nth: int


@dataclass
class Breaker:
    site: Site | None = None
    when: When = When.BEFORE
    struck: bool = False
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    _in: threading.local = field(default_factory=threading.local)

    def call(self, original: Any, client: BaseClient, operation: str, given: Json) -> Any:  # noqa: ANN401 - botocore's
        function = getattr(self._in, "function", None)
        if function is None or getattr(self._in, "dead", False):
            return original(client, operation, given)
        self.seen[function, operation] += 1
        if self.struck or Site(function, operation, self.seen[function, operation]) != self.site:
            return original(client, operation, given)
        self.struck = self._in.dead = True
        if self.when is When.AFTER:
            original(client, operation, given)
        raise KilledError(f"{operation} in {function}")

    @contextmanager
    def inside(self, function: str) -> Iterator[None]:
        before = getattr(self._in, "function", None)
        self._in.function, self._in.dead = function, False
        try:
            yield
            if self._in.dead:
                raise KilledError(function)
        finally:
            self._in.function, self._in.dead = before, False

    @property
    def sites(self) -> list[Site]:
        return sorted(Site(f, op, n) for (f, op), times in self.seen.items() for n in range(1, times + 1))


@contextmanager
def breaking(site: Site | None = None, when: When = When.BEFORE) -> Iterator[Breaker]:
    """Without a site nothing breaks and every call is counted. A killed function answers nobody, whatever it caught."""
    breaker = Breaker(site, when)
    call, handler_of = BaseClient._make_api_call, lambdas._handler  # type: ignore[attr-defined]

    def api_call(client: BaseClient, operation: str, given: Json) -> Inside:
        return breaker.call(call, client, operation, given)

    def mortal(function: str) -> lambdas.Handler:
        def handler(event: Json, context: lambdas.Context) -> Json:
            with breaker.inside(function):
                return handler_of(function)(event, context)

        return handler

    with patch.object(BaseClient, "_make_api_call", api_call), patch.object(lambdas, "_handler", mortal):
        yield breaker
