"""Carries what AWS would carry by itself: the stream to relay, the queue to notify, ended executions to their rules."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from infra.local.machines import Machines
from infra.local.mappings import Mapping

log = logging.getLogger("suban.city")

PAUSE = 0.005  # real seconds between two looks at nothing
LIMIT = 60.0  # real seconds that a city may take to come to rest


class RestlessError(Exception):
    """Something goes round, or fails and is tried again for ever: the log of the functions says what."""


class Pump:
    def __init__(self, mappings: Sequence[Mapping], machines: Machines) -> None:
        self._mappings, self._machines = mappings, machines
        self._lock = threading.RLock()
        self._stopping = threading.Event()

    def step(self) -> bool:
        with self._lock:
            worked = [mapping.step() for mapping in self._mappings]
            return any(worked)

    def drain(self, limit: float = LIMIT) -> None:
        """Until every machine waits or has ended, and nothing is on its way."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            at_rest = self._machines.are_at_rest()  # first: at rest they send nothing more
            if not self.step():
                if at_rest and all(mapping.is_idle() for mapping in self._mappings):
                    return
                time.sleep(0.001)
        restless = [type(mapping).__name__ for mapping in self._mappings if not mapping.is_idle()]
        raise RestlessError(f"Not at rest after {limit:.0f} s: {restless or 'executions'}")

    def forget(self) -> None:
        with self._lock:
            for mapping in self._mappings:
                mapping.forget()

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._run, name="pump", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if not self.step():
                    self._stopping.wait(PAUSE)
            except Exception:
                log.exception("The pump stumbled")
                self._stopping.wait(1)
