"""Rings what has become due: by each step of a jump, or a few times a second while time runs."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import boto3
from botocore.exceptions import ClientError

from infra.local.agenda import Agenda, Bell
from infra.local.clock import CityClock
from infra.local.rules import Schedules

log = logging.getLogger("suban.city")

PULSE = 0.1  # real seconds
RINGS = 3  # of one deadline: a case that does not move then never will


class Timekeeper:
    def __init__(self, clock: CityClock, agenda: Agenda, schedules: Schedules, drain: Callable[[], None]) -> None:
        self._clock, self._agenda, self._schedules, self._drain = clock, agenda, schedules, drain
        self._flow = boto3.client("stepfunctions")
        self._lock = threading.RLock()
        self._answered: set[str] = set()
        self._rings: dict[str, tuple[int, datetime, int]] = {}
        self._stopping = threading.Event()

    def advance(self, duration: timedelta) -> datetime:
        """From one due moment to the next, so that nothing happens later than its time. Answers the time it is then."""
        with self._lock, self._clock.standing_still():
            self._drain()
            target = self._clock.now() + duration
            self._settle()
            while (moment := self._agenda.next_moment(self._clock.now())) and moment <= target:
                self._clock.jump_to(moment)
                self._settle()
            self._clock.jump_to(target)
            self._schedules.tick(target)
            self._drain()
            return self._clock.now()

    def forget(self) -> None:
        with self._lock:
            self._agenda.forget()
            self._schedules.begin_again(self._clock.now())
            self._answered.clear()
            self._rings.clear()

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._run, name="timekeeper", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()

    def _settle(self) -> None:
        """Everything that is due at this moment, and what that makes due in its turn."""
        if self._agenda.has_notices_due(self._clock.now()):
            self._schedules.tick_minutely(self._clock.now())
            self._drain()
        while self._ring():
            self._drain()

    def _ring(self) -> bool:
        due = [bell for bell in self._agenda.due(self._clock.now()) if self._is_worth_ringing(bell)]
        for bell in due:
            self._answer(bell)
        return bool(due)

    def _is_worth_ringing(self, bell: Bell) -> bool:
        if bell.token in self._answered:
            return False
        wait, deadline, rings = self._rings.get(bell.case_id, (0, bell.deadline, 0))
        rings = rings + 1 if (wait, deadline) == (bell.wait, bell.deadline) else 1
        self._rings[bell.case_id] = (bell.wait, bell.deadline, rings)
        if rings == RINGS + 1:
            log.error("%s does not move although its deadline %s has passed", bell.case_id, bell.deadline.isoformat())
        return rings <= RINGS

    def _answer(self, bell: Bell) -> None:
        """What the end of the wait by itself would lead to: a look at the case."""
        self._answered.add(bell.token)
        output = {"case_id": bell.case_id, "next": "clock", "wait": bell.wait, "seconds": 1}
        try:
            self._flow.send_task_success(taskToken=bell.token, output=json.dumps(output))
        except ClientError as error:
            log.debug("%s was answered already: %s", bell.case_id, error)

    def _run(self) -> None:
        while not self._stopping.wait(PULSE):
            try:
                with self._lock:
                    self._ring()
                    self._schedules.tick(self._clock.now())
            except Exception:
                log.exception("The timekeeper stumbled")
