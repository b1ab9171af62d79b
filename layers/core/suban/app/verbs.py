"""How each action of a person moves a case; the refusals are the aggregate's."""

from collections.abc import Callable, Mapping
from datetime import datetime

from suban.app.act import Act, Move
from suban.app.dispatch_case import handling_limit
from suban.domain.case import Assignment, Case
from suban.domain.city import City
from suban.domain.errors import Invalid, UnitUnresolved, UnknownItem, UnknownUnit
from suban.domain.places import Place
from suban.domain.routing import route
from suban.domain.rules import Rules
from suban.domain.words import Action, Result

BY_HAND = "manual"  # the rule of a decision that a dispatcher took
SURE = 1.0

type _Plain = Callable[[Case, Act, datetime, Rules], Case]


def _rate(case: Case, act: Act, at: datetime, rules: Rules) -> Case:
    if act.rating is None:
        raise Invalid(field="overall", type="missing")
    return case.rate(act.rating, act.by, at, rules)


_VERBS: Mapping[Action, _Plain] = {
    Action.ACKNOWLEDGE: lambda case, act, at, rules: case.acknowledge(act.by, at, rules),
    Action.CONTACT: lambda case, act, at, rules: case.record_contact(act.by, at, rules),
    Action.RATE: _rate,
    Action.SUPPLEMENT: lambda case, act, at, rules: case.supplement(act.by, at, rules),
    Action.WITHDRAW: lambda case, act, at, rules: case.withdraw(act.by, at, rules),
    Action.URGE: lambda case, act, at, rules: case.urge(act.by, at, rules),
    Action.SUPERVISE: lambda case, act, at, rules: case.order(act.by, at, rules),
    Action.CLOSE: lambda case, act, at, rules: case.close(act.by, at, rules),
    Action.REOPEN: lambda case, act, at, rules: case.reopen(act.by, at, rules),
}


def moves(city: City, rules: Rules) -> Mapping[Action, Move]:
    """Every action with the city's rules behind it."""

    def bound(verb: _Plain) -> Move:
        return lambda case, act, at: verb(case, act, at, rules)

    def dispatch(case: Case, act: Act, at: datetime) -> Case:
        to = _assignment(case, act, city, rules)
        return case.dispatch(to, act.by, at, rules, urgent=city.items[to.item].urgent)

    def complete(case: Case, act: Act, at: datetime) -> Case:
        result = _result(act, city)
        return case.complete(result, act.by, at, rules, act.reason or "")

    return {action: bound(verb) for action, verb in _VERBS.items()} | {
        Action.DISPATCH: dispatch,
        Action.COMPLETE: complete,
    }


def _result(act: Act, city: City) -> Result:
    """不予受理 names a reason of the list; 不在职权内 names who is competent: a citizen is never just sent away."""
    if act.result is None:
        raise Invalid(field="result", type="missing")
    if act.result is Result.NOT_ACCEPTED and act.reason not in city.reasons:
        raise Invalid(field="reason_code", type="enum", expected=", ".join(city.reasons))
    if act.result is Result.OUTSIDE_POWER and not act.words.get("competent"):
        raise Invalid(field="competent", type="missing")
    return act.result


def _assignment(case: Case, act: Act, city: City, rules: Rules) -> Assignment:
    """A dispatcher names the item, and the unit only where item and place do not already give it."""
    if act.item is not None and act.item not in city.items:
        raise UnknownItem(item_code=act.item)
    if act.unit is not None and act.unit not in city.units:
        raise UnknownUnit(unit=act.unit)
    item = act.item or case.item
    if item is None:
        raise Invalid(field="item_code", type="missing")
    unit = act.unit or route(item, Place(case.district, case.street), city.duty).unit
    if unit is None:
        raise UnitUnresolved(item_code=item)
    limit, holder = handling_limit(case, item, city, rules), city.units[unit]
    district, street = case.district or holder.district, case.street or holder.street
    return Assignment(unit, item, city.release, BY_HAND, SURE, limit, district, street)
