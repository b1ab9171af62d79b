"""SPEC §6: each action × each role, on a case of one's own scope and on another's."""

from collections.abc import Mapping

import pytest

from suban.domain.access import Caller, Relation, allowed_actions, demand, demand_sight, may, may_see
from suban.domain.errors import Forbidden, NotFound
from suban.domain.words import Action, Role
from tests.factories import (
    DISTRICT,
    UNIT,
    after,
    answered,
    at_desk,
    closed_by_rating,
    completed,
    dispatched,
    make_case,
    rules,
    submitted,
    supervised,
)

CASE = dispatched()
A = Action
CITIZENS = {A.RATE, A.SUPPLEMENT, A.WITHDRAW, A.REOPEN, A.URGE}
UNITS = {A.ACKNOWLEDGE, A.CONTACT, A.COMPLETE}
SUPERVISORS = {A.URGE, A.SUPERVISE, A.CLOSE}
# Role → what it may do within its scope. SPEC §6; every role that is not named may do nothing with a case.
WITHIN: Mapping[Role, set[Action]] = {
    Role.CITIZEN: CITIZENS, Role.UNIT_STAFF: UNITS, Role.UNIT_LEAD: UNITS,
    Role.DISPATCHER: {A.DISPATCH}, Role.SUPERVISOR: SUPERVISORS,
}  # fmt: skip
OTHER_DISTRICT = "440302"


def own(role: Role) -> Caller:
    """Somebody whose scope holds the case, as far as the role can have one."""
    return Caller(role, "s", unit=UNIT, district=DISTRICT, person="p1")


def foreign(role: Role) -> Caller:
    return Caller(role, "s", unit="ENV-2", district=OTHER_DISTRICT, person="p2")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_within_its_scope_a_role_may_do_exactly_what_the_spec_gives_it(role: Role, action: Action) -> None:
    caller, allowed = own(role), action in WITHIN.get(role, set())
    assert may(caller, action, CASE) is allowed
    if allowed:
        demand(caller, action, CASE)
    else:
        with pytest.raises(Forbidden if role in WITHIN else NotFound):
            demand(caller, action, CASE)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_outside_its_scope_nobody_may_do_or_see_anything(role: Role, action: Action) -> None:
    caller = foreign(role)
    assert (may(caller, action, CASE), may_see(caller, CASE)) == (False, False)
    with pytest.raises(NotFound) as refused:
        demand(caller, action, CASE)
    assert refused.value.fields == {"case_id": CASE.case_id}


@pytest.mark.parametrize("role", Role)
def test_who_may_do_nothing_with_a_case_does_not_see_it_either(role: Role) -> None:
    assert may_see(own(role), CASE) is (role in WITHIN)


def test_a_foreign_case_is_not_found_rather_than_forbidden() -> None:
    with pytest.raises(NotFound):
        demand_sight(foreign(Role.UNIT_STAFF), CASE)


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.SUPERVISOR])
def test_the_citys_desk_and_supervisors_have_every_district(role: Role) -> None:
    city_wide = Caller(role, "s")
    assert may_see(city_wide, CASE)
    assert may_see(city_wide, submitted(district=None))
    assert not may_see(Caller(role, "s", district=DISTRICT), submitted(district=None, street=None))


@pytest.mark.parametrize(
    "caller",
    [
        Caller(Role.CITIZEN),
        Caller(Role.CITIZEN, case_id="another"),
        Caller(Role.UNIT_STAFF),
        Caller(Role.UNIT_LEAD, district=DISTRICT),
    ],
)
def test_who_has_no_scope_has_no_case_not_even_one_without_owner_or_unit(caller: Caller) -> None:
    assert not may_see(caller, submitted(person=None, anonymous=True))
    assert not may_see(caller, CASE)


def test_a_tracking_code_opens_its_one_case() -> None:
    holder = Caller(Role.CITIZEN, case_id=CASE.case_id)
    assert may(holder, A.WITHDRAW, submitted(person=None, anonymous=True))
    assert not may_see(holder, submitted(case_id="20261123-00000002-5"))


def test_a_unit_sees_no_case_before_it_is_its_own() -> None:
    assert not may_see(own(Role.UNIT_STAFF), at_desk())


def test_an_actor_is_a_role_and_an_id_and_never_a_name() -> None:
    assert str(own(Role.UNIT_STAFF).actor) == f"unit_staff:{UNIT}"
    assert str(Caller(Role.CITIZEN, "issuer|sub", person="p1").actor) == "citizen:p1"
    assert str(Caller(Role.SUPERVISOR, "s1", district=DISTRICT).actor) == "supervisor:s1"


@pytest.mark.parametrize(
    ("role", "case", "allowed"),
    [
        (Role.CITIZEN, submitted(), [A.SUPPLEMENT, A.WITHDRAW]),
        (Role.CITIZEN, dispatched(), [A.SUPPLEMENT, A.WITHDRAW, A.URGE]),
        (Role.CITIZEN, completed(), [A.RATE, A.SUPPLEMENT]),
        (Role.CITIZEN, closed_by_rating(), [A.REOPEN]),
        (Role.UNIT_STAFF, dispatched(), [A.ACKNOWLEDGE, A.CONTACT, A.COMPLETE]),
        (Role.UNIT_STAFF, supervised(), [A.CONTACT, A.COMPLETE]),
        (Role.DISPATCHER, at_desk(), [A.DISPATCH]),
        (Role.DISPATCHER, dispatched(), []),
        (Role.SUPERVISOR, supervised(), [A.URGE, A.SUPERVISE]),
        (Role.SUPERVISOR, answered(), [A.URGE, A.SUPERVISE, A.CLOSE]),
        (Role.AUDITOR, dispatched(), []),
    ],
)
def test_a_caller_is_told_what_it_can_do_now(role: Role, case: object, allowed: list[Action]) -> None:
    assert isinstance(case, type(CASE))
    assert allowed_actions(own(role), case, after(days=7), rules().limits) == allowed


def test_what_is_told_and_what_is_refused_agree_on_time_and_count() -> None:
    closed = closed_by_rating()
    assert allowed_actions(own(Role.CITIZEN), closed, after(days=11), rules().limits) == []
    urged = dispatched().urge(own(Role.CITIZEN).actor, after(hours=1), rules())
    assert A.URGE not in allowed_actions(own(Role.CITIZEN), urged, after(hours=2), rules().limits)


def test_every_role_with_a_right_can_see_by_the_same_relation() -> None:
    assert {Relation.OWN, Relation.LEAD, Relation.DESK, Relation.SCOPE} == set(Relation)
    for role in WITHIN:
        assert may_see(own(role), make_case(CASE.status))
