"""Task tokens in moto 5.2.5: an index of those that are open, each answered once.

The same index tells a test whether the machines are at rest.
"""

import threading
from contextlib import ExitStack
from unittest.mock import patch

from infra.local.kinds import Inside


class Tokens:
    """`open`: token → its endpoint, from before the task hands it out until it is answered or given up.
    `waiting`: those whose execution has come to rest.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.open: dict[str, Inside] = {}
        self.waiting: set[str] = set()

    def add(self, token: str, endpoint: Inside) -> None:
        with self._lock:
            self.open[token] = endpoint

    def rest(self, token: str) -> None:
        with self._lock:
            if token in self.open:
                self.waiting.add(token)

    def close(self, token: str) -> Inside:
        with self._lock:
            self.waiting.discard(token)
            return self.open.pop(token, None)

    def clear(self) -> None:
        with self._lock:
            self.open.clear()
            self.waiting.clear()


TOKENS = Tokens()


def wake(pool: Inside) -> None:
    """Ends every wait of one execution, as its timeout would."""
    for endpoint in list(pool._pool.values()):
        endpoint.interrupt_all()


def a_token_is_known_while_it_is_open(stack: ExitStack) -> None:
    from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackEndpoint, CallbackPoolManager

    add, wait, interrupt = CallbackPoolManager.add, CallbackEndpoint.wait, CallbackEndpoint.interrupt_all

    def opened(self: Inside, callback_id: str) -> Inside:
        endpoint = add(self, callback_id)
        TOKENS.add(callback_id, endpoint)
        return endpoint

    def at_rest(self: Inside, timeout: float | None = None) -> Inside:
        TOKENS.rest(self.callback_id)
        return wait(self, timeout)

    def closed(self: Inside) -> None:
        TOKENS.close(self.callback_id)
        interrupt(self)

    stack.enter_context(patch.object(CallbackPoolManager, "add", opened))
    stack.enter_context(patch.object(CallbackEndpoint, "wait", at_rest))
    stack.enter_context(patch.object(CallbackEndpoint, "interrupt_all", closed))
    stack.callback(TOKENS.clear)


def a_token_is_answered_once(stack: ExitStack) -> None:
    """Every running execution is asked for a token (one that has only just started breaks the search), and a second
    answer, or one that comes too late, is taken in silence: AWS refuses both.
    """
    from moto.stepfunctions.parser.api import InvalidToken
    from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeSuccess
    from moto.stepfunctions.parser.models import StepFunctionsParserBackend

    def answer(_: Inside, task_token: str, outcome: str) -> None:
        endpoint = TOKENS.close(task_token)
        if endpoint is None:
            raise InvalidToken
        endpoint.notify(CallbackOutcomeSuccess(callback_id=task_token, output=outcome))

    stack.enter_context(patch.object(StepFunctionsParserBackend, "send_task_success", answer))
