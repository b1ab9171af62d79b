"""What each refusal means, as the OpenAPI document tells it."""

DESCRIPTIONS = {
    "400": "The JSON, the case number or the cursor cannot be read",
    "401": "No token or tracking code, or one that is no longer valid",
    "403": "This role may not do this",
    "404": "There is no such case, or not for this caller",
    "409": "The case has moved on, or its status does not allow this; `case` is the case as it is now",
    "413": "The body is larger than 256 KB",
    "415": "The body is not application/json",
    "422": "The fields named in `fields` need correcting",
    "429": "Too many requests; wait as long as Retry-After says",
    "500": "A fault of ours. The same Idempotency-Key makes a second try safe",
    "503": "Busy for a moment; the same request may be sent again after Retry-After seconds",
}
_ANY = {"429", "500", "503"}
_WITH_A_BODY = {"400", "413", "415"}


def always(*, has_body: bool) -> set[str]:
    """What every route may answer, whatever it does."""
    return _ANY | _WITH_A_BODY if has_body else _ANY
