"""Everything that a run writes to its log and its metrics, and what of the citizens must never be in it."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any

from suban.edge.logs import logger

PERSONAL = frozenset({"text", "phone", "name", "address", "comment", "reason", "answer", "note", "instruction"})
SECRET_HEADERS = frozenset({"authorization", "x-tracking-code", "idempotency-key"})
SHORTEST = 3  # characters: a name has three, and one or two are found in anything


class Ears(StringIO):
    """Takes the place of stdout and of the stream of the functions' logger; knows what it must not hear."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def keep_secret(self, headers: Mapping[str, str], body: object) -> None:
        told = [value for name, value in headers.items() if name.lower() in SECRET_HEADERS]
        self.secrets |= {piece for piece in [*told, *_personal(body)] if len(piece.strip()) >= SHORTEST}

    def overheard(self) -> list[str]:
        """Secrets that were written, as they are or as JSON escapes them."""
        said = self.getvalue().replace("\\\\", "\\")  # JSON within JSON
        return [secret for secret in self.secrets if secret in said or ascii(secret)[1:-1] in said]


def _personal(body: object, name: str = "") -> Iterator[str]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield from _personal(value, str(key))
    elif isinstance(body, str) and name in PERSONAL:
        yield body.removeprefix("+86")


@contextmanager
def listening() -> Iterator[Ears]:
    ears = Ears()
    handler: Any = logger().registered_handler
    root, echo = logging.getLogger(), logging.StreamHandler(ears)
    stream = handler.setStream(ears)
    root.addHandler(echo)
    try:
        with redirect_stdout(ears):
            yield ears
    finally:
        root.removeHandler(echo)
        handler.setStream(stream or sys.stdout)
