"""Lambda authorizers as API Gateway keeps them: asked once per token, their policy cached, their context passed on."""

import fnmatch
import threading
import time

from infra.local.gateway_routes import Authorizer
from infra.local.kinds import Json
from infra.local.rules import Invoke


class RefusedError(Exception):
    """`kind`: the GatewayResponse that says so."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Authorizers:
    def __init__(self, invoke: Invoke) -> None:
        self._invoke = invoke
        self._lock = threading.Lock()
        self._cache: dict[tuple[str, str], tuple[float, Json]] = {}

    def context(self, authorizer: Authorizer, event: Json, arn: str) -> dict[str, str]:
        """For `requestContext.authorizer`. Without the header the Lambda is not even asked."""
        given = {name.lower(): value for name, value in event["headers"].items()}.get(authorizer.header.lower())
        if not given:
            raise RefusedError("UNAUTHORIZED")
        answer = self._answer(authorizer, given, {**event, "type": "REQUEST", "methodArn": arn})
        if not is_allowed(answer["policyDocument"], arn):
            raise RefusedError("ACCESS_DENIED")
        context = answer.get("context") or {}
        return {"principalId": str(answer["principalId"])} | {name: _plain(value) for name, value in context.items()}

    def forget(self) -> None:
        with self._lock:
            self._cache.clear()

    def _answer(self, authorizer: Authorizer, given: str, event: Json) -> Json:
        key = (authorizer.function, given)
        with self._lock:
            until, known = self._cache.get(key, (0.0, None))
        if known is not None and time.monotonic() < until:
            return known
        answer = self._ask(authorizer, event)
        with self._lock:
            self._cache[key] = (time.monotonic() + authorizer.seconds, answer)
        return answer

    def _ask(self, authorizer: Authorizer, event: Json) -> Json:
        try:
            answer = self._invoke(authorizer.function, event)
        except Exception as error:
            raise RefusedError("UNAUTHORIZED" if str(error) == "Unauthorized" else "AUTHORIZER_FAILURE") from error
        if not isinstance(answer, dict) or not {"principalId", "policyDocument"} <= set(answer):
            raise RefusedError("AUTHORIZER_FAILURE")
        return answer


def is_allowed(policy: Json, arn: str) -> bool:
    effects = {s["Effect"] for s in policy.get("Statement", []) if any(_covers(r, arn) for r in _listed(s["Resource"]))}
    return "Allow" in effects and "Deny" not in effects


def _covers(resource: str, arn: str) -> bool:
    return fnmatch.fnmatchcase(arn, resource.replace("[", "[[]"))


def _listed(value: Json) -> list[str]:
    return value if isinstance(value, list) else [value]


def _plain(value: Json) -> str:
    """API Gateway passes strings on, numbers and booleans as strings, and takes nothing else."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise RefusedError("AUTHORIZER_FAILURE")
    return str(value)
