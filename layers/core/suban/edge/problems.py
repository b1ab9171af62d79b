"""Refusals as problem+json (RFC 9457): one table from codes to HTTP, texts in the caller's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import Response

from suban.app.act import Conflict
from suban.domain.case import Case
from suban.domain.city import City
from suban.domain.errors import DomainError
from suban.edge.language import DEFAULT

PROBLEM_JSON = "application/problem+json"

STATUS: Mapping[str, int] = {
    "invalid_json": 400,
    "bad_case_number": 400,
    "bad_cursor": 400,
    "unauthenticated": 401,
    "token_expired": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "illegal_move": 409,
    "stale_version": 409,
    "already_rated": 409,
    "not_ratable": 409,
    "urged_today": 409,
    "reopening_expired": 409,
    "reopening_used": 409,
    "not_answered": 409,
    "idempotency_mismatch": 409,
    "payload_too_large": 413,
    "unsupported_media_type": 415,
    "invalid_request": 422,
    "text_required": 422,
    "outside_city": 422,
    "unknown_item": 422,
    "unknown_unit": 422,
    "unit_unresolved": 422,
    "internal": 500,
    "busy": 503,
    "unavailable": 503,
}
RETRY_SOON = {"busy", "unavailable"}


@dataclass(frozen=True, slots=True)
class FieldError:
    """`type` is pydantic's name of the error, or one of our own in catalog/messages/fields.csv."""

    field: str
    type: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problems:
    city: City

    def refusal(self, error: DomainError | Conflict, lang: str) -> Response[str]:
        why = error.why if isinstance(error, Conflict) else error
        extra: dict[str, Any] = {}
        if isinstance(error, Conflict):
            extra["case"] = _present(error.case)
        if "field" in why.fields:
            wrong = FieldError(str(why.fields["field"]), str(why.fields.get("type", "generic")), why.fields)
            extra["fields"] = self._fields([wrong], lang)
        return self.problem(why.code, lang, why.fields, **extra)

    def invalid(self, errors: Sequence[FieldError], lang: str) -> Response[str]:
        return self.problem("invalid_request", lang, {}, fields=self._fields(errors, lang))

    def problem(
        self, code: str, lang: str, values: Mapping[str, object] | None = None, **extra: object
    ) -> Response[str]:
        text = self._text(code, lang)
        status = STATUS[code]
        body = {
            "type": "about:blank",
            "status": status,
            "code": code,
            "title": text["title"],
            "detail": _filled(text["detail"], values or {}),
            **extra,
        }
        headers = {"Cache-Control": "no-store"} | ({"Retry-After": "1"} if code in RETRY_SOON else {})
        return Response(status, PROBLEM_JSON, json.dumps(body, ensure_ascii=False), headers=headers)

    def _text(self, code: str, lang: str) -> Mapping[str, str]:
        texts = self.city.errors[code]
        return texts.get(lang, texts[DEFAULT])

    def _fields(self, errors: Sequence[FieldError], lang: str) -> list[dict[str, str]]:
        return [{"field": e.field, "type": e.type, "message": self._message(e, lang)} for e in errors]

    def _message(self, error: FieldError, lang: str) -> str:
        texts = self.city.fields.get(error.type) or self.city.fields["generic"]
        return _filled(texts.get(lang, texts[DEFAULT]), error.context)


def _present(case: Case) -> dict[str, object]:
    """The case as it is now: enough to decide what to do next."""
    return {"case_id": case.case_id, "status": case.status, "round": case.round, "version": case.version}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format_map(_Blank(values))
