"""`/_city/…`: what only a laptop city has. None of it is in template.yaml."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from infra.local.clock import BadDurationError, CityClock, parse_duration
from infra.local.gateway import Request
from infra.local.gateway_answers import Answer
from infra.local.issuer import Issuer
from infra.local.kinds import Json
from infra.local.messages import Messages
from infra.local.passes import BadPassError, Passes

_LARGEST_LIMIT = 10_000


class BadRequestError(ValueError):
    """Tells in one sentence what would be right."""


class MissingError(LookupError):
    """Tells in one sentence what is not there."""


@dataclass(frozen=True)
class Backdoor:
    clock: CityClock
    messages: Messages
    issuer: Issuer
    passes: Passes
    advance: Callable[[timedelta], datetime]
    lives: Callable[[str], list[Json]]
    health: Callable[[], Json]

    def answer(self, request: Request) -> Answer | None:
        """None for paths that are not the city's own."""
        if not request.path.startswith("/_city/"):
            return None
        try:
            return _json(200, self._told(request))
        except (BadRequestError, BadDurationError, BadPassError) as error:
            return _problem(400, "Bad request", error)
        except MissingError as error:
            return _problem(404, "Not found", error)

    def _told(self, request: Request) -> Json:
        for (method, path), route in ROUTES.items():
            if request.method == method and (found := re.fullmatch(path, request.path)):
                return route(self, request, *found.groups())
        raise MissingError(f"The city has no {request.method} {request.path}.")

    def _clock(self, _: Request) -> Json:
        return {"now": _told(self.clock.now()), "speed": self.clock.speed}

    def _jump(self, request: Request) -> Json:
        try:
            wish = json.loads(request.body)
        except ValueError:
            wish = None
        if not isinstance(wish, dict) or set(wish) != {"advance"}:
            raise BadRequestError('Send {"advance": "P3D"}.')
        return {"now": _told(self.advance(parse_duration(wish["advance"])))}

    def _messages(self, request: Request) -> Json:
        query = _query(request, "case", "limit")
        limit = query.get("limit", "100")
        if not limit.isdecimal() or not 1 <= int(limit) <= _LARGEST_LIMIT:
            raise BadRequestError(f"limit is a number from 1 to {_LARGEST_LIMIT}.")
        return {"messages": self.messages.newest(query.get("case"), int(limit))}

    def _tokens(self, request: Request) -> Json:
        query = _query(request, "role", "unit", "district", "street", "sub", "name")
        role = query.pop("role", None)
        if role is None and query:
            raise BadRequestError("Say for which role, as in ?role=unit_lead.")
        return {"token": self.passes.token(role, query)} if role else {"tokens": self.passes.everybody()}

    def _execution(self, _: Request, case_id: str) -> Json:
        lives = self.lives(case_id)
        if not lives:
            raise MissingError(f"No execution was ever started for {case_id}.")
        return {"case_id": case_id, "lives": lives}

    def _health(self, _: Request) -> Json:
        return self.health()

    def _jwks(self, _: Request) -> Json:
        return self.issuer.jwks()


ROUTES: dict[tuple[str, str], Callable[..., Json]] = {
    ("GET", "/_city/clock"): Backdoor._clock,
    ("POST", "/_city/clock"): Backdoor._jump,
    ("GET", "/_city/messages"): Backdoor._messages,
    ("GET", "/_city/tokens"): Backdoor._tokens,
    ("GET", "/_city/cases/([^/]+)/execution"): Backdoor._execution,
    ("GET", "/_city/health"): Backdoor._health,
    ("GET", "/_city/jwks.json"): Backdoor._jwks,
}


def _query(request: Request, *known: str) -> dict[str, str]:
    query = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
    if unknown := sorted(set(query) - set(known)):
        raise BadRequestError(f"There is no {unknown[0]!r} here: take {', '.join(known)}.")
    return {name: value for name, value in query.items() if value}


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _json(status: int, told: Json, kind: str = "application/json") -> Answer:
    return Answer(
        status, {"Content-Type": kind, "Cache-Control": "no-store"}, json.dumps(told, ensure_ascii=False).encode()
    )


def _problem(status: int, title: str, error: Exception) -> Answer:
    told = {"type": "about:blank", "status": status, "title": title, "detail": str(error)}
    return _json(status, told, "application/problem+json")
