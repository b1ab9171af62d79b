"""Everything the platform refuses, each with a code that one table (edge/problems.py) turns into HTTP."""

from typing import ClassVar


class DomainError(Exception):
    """A refusal. `code` keys the caller's text in catalog/messages/errors.csv; `fields` fill its placeholders."""

    code: ClassVar[str] = "invalid_request"

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code, fields)
        self.fields = fields


class Invalid(DomainError):
    """A value that no case could hold; `field` names it."""

    code = "invalid_request"


class TextRequired(DomainError):
    code = "text_required"


class BadCaseNumber(DomainError):
    """The check character does not fit: a typing or hearing error, told apart from an unknown case."""

    code = "bad_case_number"


class NotFound(DomainError):
    """No such case, or one whose very existence is private to the caller."""

    code = "not_found"


class Forbidden(DomainError):
    code = "forbidden"


class Unauthenticated(DomainError):
    code = "unauthenticated"


class TokenExpired(Unauthenticated):
    code = "token_expired"


class IllegalMove(DomainError):
    """The table of moves has no such action in the case's present status."""

    code = "illegal_move"


class StaleVersion(DomainError):
    """Somebody moved the case since the caller read it."""

    code = "stale_version"


class AlreadyRated(IllegalMove):
    code = "already_rated"


class NotRatable(IllegalMove):
    code = "not_ratable"


class UrgedToday(IllegalMove):
    code = "urged_today"


class ReopeningExpired(IllegalMove):
    code = "reopening_expired"


class ReopeningUsed(IllegalMove):
    code = "reopening_used"


class NotAnswered(IllegalMove):
    """A supervised case closes only after its unit has answered."""

    code = "not_answered"


class IdempotencyMismatch(DomainError):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_mismatch"


class BadCursor(DomainError):
    code = "bad_cursor"


class UnknownItem(DomainError):
    code = "unknown_item"


class UnknownUnit(DomainError):
    code = "unknown_unit"


class UnitUnresolved(DomainError):
    """Item and place together name no single unit; the dispatcher must name one."""

    code = "unit_unresolved"


class Unavailable(DomainError):
    """Something we depend on does not answer, e.g. the issuer of tokens; the caller has done nothing wrong."""

    code = "unavailable"


class Busy(DomainError):
    """The case is being written by somebody else; the same request may be sent again at once."""

    code = "busy"
