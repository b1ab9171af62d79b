"""API Gateway on the laptop: requests become the events of a REST API, the answers of Lambdas become responses."""

import base64
import logging
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from infra.local.gateway_answers import Answer, GatewayAnswers
from infra.local.gateway_authorizer import Authorizers, RefusedError
from infra.local.gateway_routes import Route, Routes
from infra.local.kinds import Json
from infra.local.moto_fixes import ACCOUNT, REGION
from infra.local.rules import Invoke

log = logging.getLogger("suban.city")

LARGEST = 10 * 1024 * 1024  # bytes, API Gateway's own
API, STAGE = "laptop", "local"


@dataclass(frozen=True)
class Request:
    """`target` is the path with its query, `headers` the pairs in their order."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    client: str = "127.0.0.1"

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


type Beside = Callable[[Request], Answer | None]
"""Routes that are not in template.yaml: the city's own."""


class Gateway:
    def __init__(self, body: Json, invoke: Invoke, beside: Beside = lambda _: None) -> None:
        """`body`: the RestApi's, its names resolved. `invoke` takes a function's ARN."""
        self.routes = Routes(body)
        self.authorizers = Authorizers(invoke)
        self._answers = GatewayAnswers(body.get("x-amazon-apigateway-gateway-responses", {}))
        self._binary = set(body.get("x-amazon-apigateway-binary-media-types", []))
        self._invoke, self._beside = invoke, beside

    def handle(self, request: Request) -> Answer:
        if (answer := self._beside(request)) is not None:
            return answer
        request_id = str(uuid.uuid4())
        try:
            return self._route(request, request_id)
        except RefusedError as refused:
            return self._answers.answer(refused.kind, request_id)

    def refuse(self, kind: str) -> Answer:
        return self._answers.answer(kind, str(uuid.uuid4()))

    def _route(self, request: Request, request_id: str) -> Answer:
        if len(request.body) > LARGEST:
            raise RefusedError("REQUEST_TOO_LARGE")
        found = self.routes.find(request.method, request.target)
        if found is None:
            raise RefusedError("MISSING_AUTHENTICATION_TOKEN")
        route, parameters = found
        if route.preflight or route.function is None:
            return route.preflight or Answer(200)
        event = self._event(request, route, parameters, request_id)
        if route.authorizer:
            arn = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API}/{STAGE}/{request.method}/{request.path.lstrip('/')}"
            event["requestContext"]["authorizer"] = self.authorizers.context(route.authorizer, event, arn)
        return self._ask(route.function, event, request_id)

    def _ask(self, function: str, event: Json, request_id: str) -> Answer:
        try:
            return _answer(self._invoke(function, event), request_id)
        except Exception as error:
            log.exception("%s failed on %s %s", function.rpartition(":")[2], event["httpMethod"], event["resource"])
            raise RefusedError("INTEGRATION_FAILURE") from error

    def _event(self, request: Request, route: Route, parameters: dict[str, str], request_id: str) -> Json:
        query = parse_qs(urlsplit(request.target).query, keep_blank_values=True)
        is_binary = _first(request.headers, "content-type").partition(";")[0].strip().lower() in self._binary
        text = base64.b64encode(request.body).decode() if is_binary else request.body.decode("utf-8", "replace")
        return {
            "resource": route.resource,
            "path": request.path,
            "httpMethod": request.method,
            "headers": dict(request.headers),
            "multiValueHeaders": _grouped(request.headers),
            "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
            "multiValueQueryStringParameters": query or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": _context(request, route, request_id),
            "body": text or None,
            "isBase64Encoded": is_binary,
        }


def _context(request: Request, route: Route, request_id: str) -> Json:
    return {
        "accountId": ACCOUNT,
        "apiId": API,
        "stage": STAGE,
        "resourcePath": route.resource,
        "httpMethod": request.method,
        "path": f"/{STAGE}{request.path}",
        "protocol": "HTTP/1.1",
        "requestId": request_id,
        "requestTimeEpoch": int(time.time() * 1000),
        "identity": {"sourceIp": request.client, "userAgent": _first(request.headers, "user-agent")},
    }


def _answer(response: Json, request_id: str) -> Answer:
    """A proxy response; anything else raises, which the gateway tells as 502."""
    body = response.get("body") or ""
    headers: dict[str, str | list[str]] = {"Content-Type": "application/json", "x-amzn-RequestId": request_id}
    headers |= {name.title(): str(value) for name, value in (response.get("headers") or {}).items()}
    headers |= {name.title(): values for name, values in (response.get("multiValueHeaders") or {}).items()}
    content = base64.b64decode(body) if response.get("isBase64Encoded") else body.encode()
    return Answer(int(response["statusCode"]), headers, content)


def _grouped(headers: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in headers:
        grouped.setdefault(name, []).append(value)
    return grouped


def _first(headers: Iterable[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
