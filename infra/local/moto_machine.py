"""Step Functions in moto 5.2.5: cheap enough for thousands of waits, and strict where AWS is strict."""

import functools
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from infra.local import moto_tokens
from infra.local.kinds import Inside

LONGEST_WAIT = 99_999_999  # seconds, AWS's own


def _parser_modules() -> list[Any]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("moto.stepfunctions")]


def one_client_per_service(stack: ExitStack) -> None:
    """Every task of every execution builds a boto client of its own: 60 ms and 10 MB each."""
    import boto3
    from moto.stepfunctions.parser.asl.utils import boto_client

    made: dict[tuple[str, str], Any] = {}
    lock = threading.Lock()
    create: Inside = boto3.client

    def client(*, service_name: str, region_name: str, **options: Inside) -> Inside:
        with lock:
            key = (service_name, region_name)
            if key not in made:
                made[key] = create(service_name=service_name, region_name=region_name, **options)
            return made[key]

    stack.enter_context(patch.object(boto_client, "boto3", SimpleNamespace(client=client)))


def definitions_parsed_once(stack: ExitStack) -> None:
    """Each start parses the whole definition again (0.2 s). A parsed program keeps no state of an execution."""
    from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

    once = functools.lru_cache(maxsize=32)(AmazonStateLanguageParser.parse)
    stack.enter_context(patch.object(AmazonStateLanguageParser, "parse", staticmethod(once)))


def paths_parsed_once(stack: ExitStack) -> None:
    """Every `$.next` is parsed anew each time that it is read."""
    from moto.stepfunctions.parser.asl.component.common.path import result_path
    from moto.stepfunctions.parser.asl.utils import json_path

    for module in (json_path, result_path):
        stack.enter_context(patch.object(module, "parse", functools.lru_cache(maxsize=1024)(module.parse)))


def ended_threads_not_kept(stack: ExitStack) -> None:
    """Every thread that ever ran is kept, three for each state."""
    from moto.stepfunctions.parser import models, utils  # noqa: F401 - loads the modules that hold the list

    for module in _parser_modules():
        if getattr(module, "TMP_THREADS", None) is utils.TMP_THREADS and module is not utils:
            stack.enter_context(patch.object(module, "TMP_THREADS", deque(maxlen=0)))


def a_wait_of_no_seconds_is_refused(stack: ExitStack) -> None:
    """AWS ends an execution whose TimeoutSecondsPath gives anything but 1…99,999,999; moto takes 0 for a moment."""
    from moto.stepfunctions.parser.asl.component.common.timeouts.timeout import TimeoutSecondsPath

    seconds_of: Callable[[Inside, Inside], Inside] = TimeoutSecondsPath._eval_seconds

    @functools.wraps(seconds_of)
    def strict(self: Inside, env: Inside) -> int:
        seconds = seconds_of(self, env)
        if type(seconds) is not int or not 1 <= seconds <= LONGEST_WAIT:
            raise ValueError(f"TimeoutSecondsPath gives {seconds!r}: an integer of 1 to {LONGEST_WAIT} is needed")
        return seconds

    stack.enter_context(patch.object(TimeoutSecondsPath, "_eval_seconds", strict))


def a_stopped_execution_stops(stack: ExitStack) -> None:
    """StopExecution leaves a waiting execution RUNNING until its wait is over, and then calls it FAILED."""
    from moto.stepfunctions.parser.asl.eval.environment import Environment
    from moto.stepfunctions.parser.asl.eval.program_state import ProgramStopped
    from moto.stepfunctions.parser.backend.execution import Execution

    stop, set_error = Execution.stop, Environment.set_error

    @functools.wraps(stop)
    def stop_and_wake(self: Inside, *args: Inside, **kwargs: Inside) -> None:
        stop(self, *args, **kwargs)
        moto_tokens.wake(self.exec_worker.env.callback_pool_manager)

    @functools.wraps(set_error)
    def unless_stopped(self: Inside, error: Inside) -> None:
        if not isinstance(self._program_state, ProgramStopped):
            set_error(self, error)

    stack.enter_context(patch.object(Execution, "stop", stop_and_wake))
    stack.enter_context(patch.object(Environment, "set_error", unless_stopped))


FIXES: tuple[Callable[[ExitStack], None], ...] = (
    one_client_per_service,
    definitions_parsed_once,
    paths_parsed_once,
    ended_threads_not_kept,
    a_wait_of_no_seconds_is_refused,
    a_stopped_execution_stops,
    moto_tokens.a_token_is_known_while_it_is_open,
    moto_tokens.a_token_is_answered_once,
)
