"""What the gateway says by itself, without a Lambda: template.yaml's GatewayResponses, or AWS's own words."""

import json
import re
from dataclasses import dataclass, field

from infra.local.kinds import Json

STANDARD = {
    "UNAUTHORIZED": (401, "Unauthorized"),
    "ACCESS_DENIED": (403, "User is not authorized to access this resource"),
    "MISSING_AUTHENTICATION_TOKEN": (403, "Missing Authentication Token"),
    "REQUEST_TOO_LARGE": (413, "HTTP content length exceeded 10485760 bytes."),
    "BAD_REQUEST_BODY": (400, "Invalid request body"),
    "AUTHORIZER_FAILURE": (500, "Internal server error"),
    "INTEGRATION_FAILURE": (502, "Internal server error"),
}
_HEADER = "gatewayresponse.header."
_VARIABLE = re.compile(r"\$context\.([A-Za-z.]+)")


@dataclass
class Answer:
    """An HTTP response. Header names as they go over the wire; several values of one header are a list."""

    status: int
    headers: dict[str, str | list[str]] = field(default_factory=dict)
    body: bytes = b""


def unquoted(parameters: Json, prefix: str) -> dict[str, str | list[str]]:
    """OpenAPI's `prefix.Name: "'value'"` as headers."""
    return {name.removeprefix(prefix): str(value).strip("'") for name, value in parameters.items()}


class GatewayAnswers:
    def __init__(self, responses: Json) -> None:
        self._responses = responses

    def answer(self, kind: str, request_id: str) -> Answer:
        status, message = STANDARD[kind]
        told = self._responses.get(kind) or self._responses.get(f"DEFAULT_{status // 100}XX") or {}
        headers: dict[str, str | list[str]] = {
            "Content-Type": "application/json",
            "x-amzn-RequestId": request_id,
            "x-amzn-ErrorType": kind,
        }
        headers |= unquoted(told.get("responseParameters", {}), _HEADER)
        template = told.get("responseTemplates", {}).get("application/json", '{"message":$context.error.messageString}')
        context = {
            "error.message": message,
            "error.messageString": json.dumps(message),
            "error.responseType": kind,
            "requestId": request_id,
        }
        body = _VARIABLE.sub(lambda match: context.get(match[1], "-"), template)
        return Answer(int(told.get("statusCode", status)), headers, body.encode())
