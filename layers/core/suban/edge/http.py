"""The HTTP resolver: what every API function shares before and after its routes."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError, ResponseValidationError
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
from pydantic import BaseModel

from suban.app.act import Conflict
from suban.domain.errors import DomainError
from suban.edge.language import language
from suban.edge.logs import LogRef, log, log_failure
from suban.edge.models.responses import Problem
from suban.edge.problems import PROBLEM_JSON, FieldError, Problems

LARGEST_BODY = 256 * 1024  # bytes; the longest case is 5,000 characters
HTTP_INTERNAL_ERROR = 500


class Api(APIGatewayRestResolver):
    """`problems` gives the texts of refusals; asked only when there is something to refuse."""

    def __init__(self, problems: Callable[[], Problems]) -> None:
        super().__init__(
            enable_validation=True,
            response_validation_error_http_code=HTTP_INTERNAL_ERROR,
            cors=CORSConfig(allow_origin="*"),
            serializer=_as_written,
        )
        self._problems = problems
        self.exception_handler([DomainError, Conflict])(self._refused)
        self.exception_handler(RequestValidationError)(self._invalid)
        self.exception_handler(ResponseValidationError)(self._failed)
        self.exception_handler(Exception)(self._failed)
        self.not_found(self._unknown)

    @property
    def lang(self) -> str:
        return language(self.current_event.headers.get("Accept-Language"))

    def handle(self, event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
        """One request; a body that is no JSON object is refused before anybody reads it."""
        event = _said(event)
        if code := _unreadable(event):
            problem = self._problems().problem(code, language(_header(event, "accept-language")))
            headers = {"Content-Type": problem.content_type, "Access-Control-Allow-Origin": "*", **problem.headers}
            return {
                "statusCode": problem.status_code,
                "headers": headers,
                "body": problem.body,
                "isBase64Encoded": False,
            }
        answer = self.resolve(event | {"headers": _plain_type(event)}, context)
        answer["multiValueHeaders"].setdefault("Cache-Control", ["no-store"])  # nearly all of it is about somebody
        return answer

    def _refused(self, error: DomainError | Conflict) -> Response[str]:
        problem = self._problems().refusal(error, self.lang)
        log(LogRef.REQUEST_REFUSED, code=json.loads(problem.body or "{}")["code"], route=self.current_event.resource)
        return problem

    def _invalid(self, error: RequestValidationError) -> Response[str]:
        wrong = [FieldError(_path(e["loc"]), str(e["type"]), e.get("ctx") or {}) for e in error.errors()]
        return self._problems().invalid(wrong, self.lang)

    def _failed(self, error: Exception) -> Response[str]:
        log_failure(LogRef.REQUEST_FAILED, error, route=self.current_event.resource)
        return self._problems().problem("internal", self.lang)

    def _unknown(self, _error: NotFoundError) -> Response[str]:
        return self._problems().problem("not_found", self.lang)


def refusals(success: int, model: type[BaseModel], *statuses: int) -> dict[int, OpenAPIResponse]:
    """The answers of a route: its success must be listed too, or the document would drop it."""
    told: dict[int, OpenAPIResponse] = {
        success: {"description": "OK", "content": {"application/json": {"model": model}}}
    }
    problem: OpenAPIResponse = {"description": "Refused", "content": {PROBLEM_JSON: {"model": Problem}}}
    return told | dict.fromkeys(statuses, problem)


def _as_written(body: object) -> str:
    """Chinese stays Chinese: half the bytes of escapes, and a human can read it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _path(location: tuple[int | str, ...]) -> str:
    """("body", "place", "lat") → place.lat."""
    return ".".join(str(part) for part in location if part not in ("body", "query", "path", "header"))


def _header(event: Mapping[str, Any], name: str) -> str | None:
    headers = event.get("headers") or {}
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _plain_type(event: Mapping[str, Any]) -> dict[str, str]:
    """Application/JSON is application/json: Powertools compares media types as they are written."""
    headers = event.get("headers") or {}
    return {name: value.lower() if name.lower() == "content-type" else value for name, value in headers.items()}


def _said(event: dict[str, Any]) -> dict[str, Any]:
    """A POST without a body says nothing, which is enough where every field may be left out."""
    if event.get("body") or event.get("httpMethod") != "POST":
        return event
    headers = {name: value for name, value in (event.get("headers") or {}).items() if name.lower() != "content-type"}
    empty = {"body": "{}", "isBase64Encoded": False, "headers": {**headers, "Content-Type": "application/json"}}
    return event | empty


def _unreadable(event: Mapping[str, Any]) -> str | None:
    body = event.get("body")
    if event.get("httpMethod") != "POST":
        return None
    if body and len(body) > LARGEST_BODY:
        return "payload_too_large"
    if body and not (_header(event, "content-type") or "").lower().startswith("application/json"):
        return "unsupported_media_type"
    return None if _is_object(body, bool(event.get("isBase64Encoded"))) else "invalid_json"


def _is_object(body: str | None, is_base64: bool) -> bool:  # noqa: FBT001 - as the event says
    try:
        text = base64.b64decode(body or "").decode() if is_base64 else (body or "")
        said = json.loads(text)
        json.dumps(said, ensure_ascii=False).encode()  # half a surrogate pair is JSON, but no UTF-8
        return isinstance(said, dict)
    except (ValueError, RecursionError):
        return False
