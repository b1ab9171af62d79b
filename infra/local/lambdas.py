"""Lambda in this process: functions/<name>/app.py, with the environment that template.yaml gives it."""

import importlib
import json
import logging
import os
import sys
import threading
import traceback
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol
from unittest.mock import patch

from infra.local.environments import Environments
from infra.local.kinds import Inside, Json
from infra.local.moto_fixes import ACCOUNT, REGION

log = logging.getLogger("suban.city")

type Handler = Callable[[Json, "Context"], Json]


class Sandboxes(Protocol):
    """What lambdas need to know of the stack."""

    def folder(self, function: str) -> str: ...
    def environment(self, folder: str) -> dict[str, str]: ...


@dataclass(frozen=True)
class Context:
    function_name: str
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Nothing is cut short on the laptop."""
        return 30_000


class Lambdas:
    """One lock per function, as one sandbox serves one request. The functions that answer HTTP share theirs:
    Powertools keeps `current_event` on a class that they have in common (398 of 400 parallel requests mixed up).
    """

    def __init__(self, stack: Sandboxes, http: frozenset[str] = frozenset()) -> None:
        self._stack = stack
        self._http = http
        self._environments = Environments(os.environ)
        self._locks: dict[str, threading.Lock] = {}

    def invoke(self, function: str, event: Json) -> Json:
        """`function`: a folder under functions/. The event goes in and the answer comes out as JSON, as on AWS."""
        event = json.loads(json.dumps(event))
        lock = self._locks.setdefault("http" if function in self._http else function, threading.Lock())
        with lock, self._environments.of(self._stack.environment(function)):
            answer = _handler(function)(event, Context(function))
        return json.loads(json.dumps(answer))

    def open(self, stack: ExitStack) -> None:
        """Step Functions calls Lambda through moto, which would echo the input."""
        from moto.awslambda_simple.models import LambdaSimpleBackend

        def invoke(_: Inside, name: str, __: Inside, body: Inside, ___: Inside, headers: dict[str, str]) -> bytes:
            return json.dumps(self._answer(self._stack.folder(name), json.loads(body or "null"), headers)).encode()

        self._environments.enter(stack)
        stack.enter_context(patch.object(LambdaSimpleBackend, "invoke", invoke))

    def _answer(self, function: str, event: Json, headers: dict[str, str]) -> Json:
        try:
            return self.invoke(function, event)
        except Exception as error:
            log.exception("%s failed for the machine", function)
            headers["x-amz-function-error"] = "Unhandled"
            trace = traceback.format_exception(error)
            return {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": trace}


def _handler(function: str) -> Handler:
    handler: Handler = importlib.import_module(f"functions.{function}.app").handler
    return handler


def forget_functions() -> None:
    """Before another city in this process: functions keep what they built from their first environment."""
    for name in [name for name in sys.modules if name.startswith("functions.")]:
        del sys.modules[name]
