"""What moto 5.2.5 needs before a city of a few hundred waiting cases can live in it: one fix, one function, one test.

Written against the inside of one version: another one is refused, never guessed at.
"""

import functools
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from unittest.mock import patch

from infra.local import moto_dynamodb, moto_machine
from infra.local.kinds import Inside

MOTO = "5.2.5"
ACCOUNT = "123456789012"
REGION = "us-east-1"
CONFIG: Inside = {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}

AWS = threading.RLock()
"""Held during every AWS call but Lambda's: whoever reads moto's own tables and streams holds it too."""


class WrongMotoError(RuntimeError):
    """The fixes know the inside of one version of moto only."""


def refuse_other_versions() -> None:
    found = version("moto")
    if found != MOTO:
        raise WrongMotoError(f"moto {found} is installed, the laptop city is written for moto {MOTO}: run `make venv`")


def one_call_at_a_time(stack: ExitStack) -> None:
    """Conditions are not atomic under threads (148 increments answered, value 71), and half a transaction is seen.
    Lambda's calls stay outside: an invocation makes calls of its own.
    """
    from moto.core.botocore_stubber import BotocoreStubber

    process = BotocoreStubber.process_request

    @functools.wraps(process)
    def locked(self: BotocoreStubber, request: Inside) -> Inside:
        if "//lambda." in request.url:
            return process(self, request)
        with AWS:
            return process(self, request)

    stack.enter_context(patch.object(BotocoreStubber, "process_request", locked))


def services_known_beforehand(_: ExitStack) -> None:
    """A service's model is loaded under `@cache`: 500 threads that ask at once do so 500 times."""
    from moto.core.routing import get_service_router
    from moto.core.utils import get_service_model

    for service in ("dynamodb", "dynamodbstreams", "lambda", "sns", "sqs", "stepfunctions"):
        get_service_model(service)
        get_service_router(service)


FIXES: tuple[Callable[[ExitStack], None], ...] = (
    one_call_at_a_time,
    services_known_beforehand,
    *moto_dynamodb.FIXES,
    *moto_machine.FIXES,
)


@contextmanager
def aws(fixes: Sequence[Callable[[ExitStack], None]] = FIXES) -> Iterator[None]:
    """One moto world for this process, fixed, executing state machines and needing no Docker."""
    refuse_other_versions()
    from moto import mock_aws

    # AWS_ACCOUNT_ID_ENDPOINT_MODE: with account endpoints dynamodbstreams would pass moto by
    environment = {"AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION, "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled"}
    logging.getLogger("moto").setLevel(logging.CRITICAL)  # it logs every failed execution with its whole inside
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, environment))
        stack.enter_context(mock_aws(config=CONFIG))
        for fix in fixes:
            fix(stack)
        yield
