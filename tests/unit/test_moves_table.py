"""Every cell of the table of moves: what it names can be done, what it does not name is refused."""

from collections.abc import Callable, Mapping

import pytest

from suban.domain.case import Case
from suban.domain.errors import DomainError, IllegalMove, NotRatable
from suban.domain.moves import MOVES
from suban.domain.words import Action, Result, Status
from tests.factories import (
    CITIZEN,
    DISPATCHER,
    GOOD,
    IN_STATUS,
    STAFF,
    SUPERVISOR,
    after,
    answered,
    assignment,
    closed_by_supervisor,
    make_case,
    rules,
    stored,
)

NOW = after(days=7)
MAKE: Mapping[Action, Callable[[Case], Case]] = {
    Action.DISPATCH: lambda case: case.dispatch(assignment(), DISPATCHER, NOW, rules()),
    Action.ACKNOWLEDGE: lambda case: case.acknowledge(STAFF, NOW, rules()),
    Action.CONTACT: lambda case: case.record_contact(STAFF, NOW, rules()),
    Action.COMPLETE: lambda case: case.complete(Result.RESOLVED, STAFF, NOW, rules()),
    Action.RATE: lambda case: case.rate(GOOD, CITIZEN, NOW, rules()),
    Action.SUPPLEMENT: lambda case: case.supplement(CITIZEN, NOW, rules()),
    Action.WITHDRAW: lambda case: case.withdraw(CITIZEN, NOW, rules()),
    Action.URGE: lambda case: case.urge(CITIZEN, NOW, rules()),
    Action.SUPERVISE: lambda case: case.order(SUPERVISOR, NOW, rules()),
    Action.CLOSE: lambda case: case.close(SUPERVISOR, NOW, rules()),
    Action.REOPEN: lambda case: case.reopen(CITIZEN, NOW, rules()),
}
ABLE: Mapping[tuple[Status, Action], Callable[[], Case]] = {
    (Status.SUPERVISED, Action.CLOSE): answered,  # closes only what was answered
    (Status.CLOSED, Action.RATE): closed_by_supervisor,  # otherwise rated already
}
CELLS = [(status, action) for status in MOVES for action in Action]


def in_status(status: Status, action: Action) -> Case:
    if made := ABLE.get((status, action)):
        return stored(made())
    if status in IN_STATUS:
        return stored(make_case(status))
    return stored(make_case(Status.DISPATCHED), status=status)  # merged, split: no move leads there yet


@pytest.mark.parametrize(("status", "action"), [cell for cell in CELLS if cell[1] in MOVES[cell[0]]])
def test_a_legal_move_leads_where_the_table_says(status: Status, action: Action) -> None:
    before = in_status(status, action)
    case = MAKE[action](before)
    assert case.status in MOVES[status][action]
    assert (case.version, len(case.events), case.events[0].version) == (before.version + 1, 1, before.version + 1)
    assert (case.events[0].action, case.events[0].status, case.changed_at) == (action, case.status, NOW)


@pytest.mark.parametrize(("status", "action"), [cell for cell in CELLS if cell[1] not in MOVES[cell[0]]])
def test_whatever_the_table_does_not_name_is_refused_and_says_why(status: Status, action: Action) -> None:
    with pytest.raises(IllegalMove) as refused:
        MAKE[action](in_status(status, action))
    assert type(refused.value) is (NotRatable if action is Action.RATE else IllegalMove)
    assert refused.value.fields == {"action": action, "status": status}


def test_a_refusal_is_a_domain_error_with_a_code() -> None:
    assert (issubclass(IllegalMove, DomainError), IllegalMove.code) == (True, "illegal_move")
