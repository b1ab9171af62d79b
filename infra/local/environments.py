"""One process, many functions: each thread sees the environment of the function that it runs."""

import os
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager
from unittest.mock import patch


class Environments(MutableMapping[str, str]):
    """In the place of os.environ, and over it. Powertools reads it at every call, not at the first alone."""

    def __init__(self, shared: MutableMapping[str, str]) -> None:
        self._shared = shared
        self._own = threading.local()

    @contextmanager
    def of(self, variables: Mapping[str, str]) -> Iterator[None]:
        before = self._variables
        self._own.variables = variables
        try:
            yield
        finally:
            self._own.variables = before

    def enter(self, stack: ExitStack) -> None:
        stack.enter_context(patch.object(os, "environ", self))

    def copy(self) -> dict[str, str]:
        return dict(self)

    def __or__(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**self, **more}

    def __getitem__(self, name: str) -> str:
        own = self._variables
        return own[name] if name in own else self._shared[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._shared[name] = value

    def __delitem__(self, name: str) -> None:
        del self._shared[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._shared, **self._variables})

    def __len__(self) -> int:
        return len({**self._shared, **self._variables})

    @property
    def _variables(self) -> Mapping[str, str]:
        return getattr(self._own, "variables", {})
