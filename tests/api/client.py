"""A caller of the API: requests go in and answers come out where API Gateway would take and give them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from infra.local.gateway import Gateway, Request
from infra.local.gateway_answers import Answer
from infra.local.kinds import Json
from tests.api.ears import Ears

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    answer: Answer

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def json(self) -> Json:
        found: Json = json.loads(self.answer.body)
        return found

    @property
    def code(self) -> str:
        return str(self.json.get("code", ""))

    @property
    def fields(self) -> dict[str, str]:
        """Of a refusal: which field, and what is wrong with it."""
        return {wrong["field"]: wrong["type"] for wrong in self.json.get("fields", [])}

    def header(self, name: str) -> str | None:
        """Several values of one header are joined, as HTTP has it."""
        found = {key.lower(): value for key, value in self.answer.headers.items()}.get(name.lower())
        return ", ".join(found) if isinstance(found, list) else found


@dataclass(frozen=True)
class Client:
    gateway: Gateway
    ears: Ears
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_(self, **headers: str) -> Self:
        """Accept_Language becomes Accept-Language."""
        return replace(self, headers={**self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}})

    def get(self, path: str) -> Reply:
        return self.send("GET", path)

    def post(self, path: str, body: object) -> Reply:
        self.ears.keep_secret(self.headers, body)
        return self.send("POST", path, json.dumps(body, ensure_ascii=False).encode(), JSON)

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        self.ears.keep_secret(self.headers, None)
        sent = tuple({**(headers or {}), **self.headers}.items())
        return Reply(self.gateway.handle(Request(method, path, sent, body)))
