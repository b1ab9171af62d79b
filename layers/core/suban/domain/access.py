"""Who may do what: action × role × relation to the case, as data.

Scope comes from the verified token, never from a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from suban.domain.case import Case
from suban.domain.errors import Forbidden, NotFound
from suban.domain.events import Actor
from suban.domain.limits import Limits
from suban.domain.preconditions import refusal
from suban.domain.words import Action, Role


class Relation(StrEnum):
    """What ties a caller to a case."""

    OWN = "own"
    LEAD = "lead"
    DESK = "desk"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Caller:
    """A verified caller. `person` is set for a citizen; `case_id` where a tracking code opened that one case."""

    role: Role
    subject: str = ""
    unit: str | None = None
    district: str | None = None
    person: str | None = None
    case_id: str | None = None

    @property
    def actor(self) -> Actor:
        return Actor(self.role, self.unit or self.person or self.subject)


_UNIT = {Role.UNIT_STAFF: Relation.LEAD, Role.UNIT_LEAD: Relation.LEAD}

MAY: Mapping[Action, Mapping[Role, Relation]] = {
    Action.RATE: {Role.CITIZEN: Relation.OWN},
    Action.SUPPLEMENT: {Role.CITIZEN: Relation.OWN},
    Action.WITHDRAW: {Role.CITIZEN: Relation.OWN},
    Action.REOPEN: {Role.CITIZEN: Relation.OWN},
    Action.URGE: {Role.CITIZEN: Relation.OWN, Role.SUPERVISOR: Relation.SCOPE},
    Action.DISPATCH: {Role.DISPATCHER: Relation.DESK},
    Action.ACKNOWLEDGE: _UNIT,
    Action.CONTACT: _UNIT,
    Action.COMPLETE: _UNIT,
    Action.SUPERVISE: {Role.SUPERVISOR: Relation.SCOPE},
    Action.CLOSE: {Role.SUPERVISOR: Relation.SCOPE},
}

MAY_SEE: Mapping[Role, Relation] = {
    Role.CITIZEN: Relation.OWN,
    Role.UNIT_STAFF: Relation.LEAD,
    Role.UNIT_LEAD: Relation.LEAD,
    Role.DISPATCHER: Relation.DESK,
    Role.SUPERVISOR: Relation.SCOPE,
}


def is_related(caller: Caller, relation: Relation, case: Case) -> bool:
    match relation:
        case Relation.OWN:
            return caller.case_id == case.case_id or (caller.person is not None and caller.person == case.person)
        case Relation.LEAD:
            return caller.unit is not None and caller.unit == case.unit
        case Relation.DESK | Relation.SCOPE:
            return caller.district is None or caller.district == case.district


def may_see(caller: Caller, case: Case) -> bool:
    relation = MAY_SEE.get(caller.role)
    return relation is not None and is_related(caller, relation, case)


def may(caller: Caller, action: Action, case: Case) -> bool:
    relation = MAY[action].get(caller.role)
    return relation is not None and is_related(caller, relation, case)


def demand_sight(caller: Caller, case: Case) -> None:
    """A case outside the caller's scope does not exist for them: NotFound, never Forbidden."""
    if not may_see(caller, case):
        raise NotFound(case_id=case.case_id)


def demand(caller: Caller, action: Action, case: Case) -> None:
    demand_sight(caller, case)
    if not may(caller, action, case):
        raise Forbidden(action=action, role=caller.role)


def allowed_actions(caller: Caller, case: Case, at: datetime, limits: Limits) -> list[Action]:
    """What this caller can do with the case at this moment, in the order of SPEC's story."""
    return [a for a in Action if may(caller, a, case) and refusal(case, a, at, limits, caller.role) is None]
