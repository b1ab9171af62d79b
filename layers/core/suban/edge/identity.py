"""Who is calling: a verified token, or a case's tracking code. Never the body of a request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from suban.app.ports import People
from suban.app.read import TrackingCodes
from suban.domain.access import Caller
from suban.domain.errors import Unauthenticated
from suban.domain.words import Role

BEARER = "bearer "


class Verifier(Protocol):
    def caller(self, token: str) -> Caller: ...


def bearer(authorization: str | None) -> str | None:
    """The token of an Authorization header; None where there is no such header."""
    if not authorization:
        return None
    if not authorization.lower().startswith(BEARER):
        raise Unauthenticated
    return authorization[len(BEARER) :].strip()


def of_authorizer(context: Mapping[str, Any]) -> Caller:
    """What the gateway's authorizer verified, as it put it into the request context."""
    if not context.get("role"):
        raise Unauthenticated
    return Caller(
        Role(context["role"]),
        str(context.get("subject", "")),
        context.get("unit") or None,
        context.get("district") or None,
    )


def to_authorizer(caller: Caller) -> dict[str, str]:
    """Strings only: a gateway passes nothing else on."""
    told = {"role": str(caller.role), "subject": caller.subject, "unit": caller.unit, "district": caller.district}
    return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Identifier:
    verifier: Verifier
    people: People
    tracking: TrackingCodes

    def verified(self, authorization: str | None) -> Caller | None:
        """The caller behind a token, if there is one; raises Unauthenticated for a bad one."""
        token = bearer(authorization)
        return self.verifier.caller(token) if token is not None else None

    def known(self, caller: Caller) -> Caller:
        """A citizen's account as the person that the cases name."""
        if caller.role is not Role.CITIZEN:
            return caller
        known = self.people.find(f"subject:{caller.subject}")
        return replace(caller, person=known.person if known else None)

    def of_case(self, case_id: str, authorization: str | None, tracking_code: str | None) -> Caller:
        """A tracking code goes first: it was given for this very case."""
        if tracking_code:
            return self.tracking.caller(case_id, tracking_code)
        caller = self.verified(authorization)
        if caller is None:
            raise Unauthenticated
        return self.known(caller)
