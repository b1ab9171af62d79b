"""The table of moves: in which status which action is legal, and the statuses it can lead to."""

from collections.abc import Mapping

from suban.domain.words import Action, Status

S, A = Status, Action

MOVES: Mapping[Status, Mapping[Action, tuple[Status, ...]]] = {
    S.SUBMITTED: {
        A.DISPATCH: (S.DISPATCHED, S.AT_DESK),
        A.SUPPLEMENT: (S.SUBMITTED,),
        A.WITHDRAW: (S.WITHDRAWN,),
    },
    S.AT_DESK: {
        A.DISPATCH: (S.DISPATCHED,),
        A.SUPPLEMENT: (S.AT_DESK,),
        A.URGE: (S.AT_DESK,),
        A.WITHDRAW: (S.WITHDRAWN,),
    },
    S.DISPATCHED: {
        A.ACKNOWLEDGE: (S.ACKNOWLEDGED,),
        A.CONTACT: (S.DISPATCHED,),
        A.COMPLETE: (S.COMPLETED,),
        A.SUPPLEMENT: (S.DISPATCHED,),
        A.URGE: (S.DISPATCHED,),
        A.WITHDRAW: (S.WITHDRAWN,),
    },
    S.ACKNOWLEDGED: {
        A.CONTACT: (S.ACKNOWLEDGED,),
        A.COMPLETE: (S.COMPLETED,),
        A.SUPPLEMENT: (S.ACKNOWLEDGED,),
        A.URGE: (S.ACKNOWLEDGED,),
        A.WITHDRAW: (S.WITHDRAWN,),
    },
    S.COMPLETED: {
        A.RATE: (S.CLOSED, S.DISPATCHED, S.SUPERVISED),
        A.SUPPLEMENT: (S.COMPLETED,),
    },
    S.SUPERVISED: {
        A.SUPERVISE: (S.SUPERVISED,),
        A.CONTACT: (S.SUPERVISED,),
        A.COMPLETE: (S.SUPERVISED,),
        A.CLOSE: (S.CLOSED,),
        A.SUPPLEMENT: (S.SUPERVISED,),
        A.URGE: (S.SUPERVISED,),
    },
    S.CLOSED: {
        A.RATE: (S.CLOSED,),
        A.REOPEN: (S.DISPATCHED,),
    },
    S.WITHDRAWN: {},
    S.MERGED: {},
    S.SPLIT: {},
}

ENDED = frozenset({S.CLOSED, S.WITHDRAWN})


def is_legal(status: Status, action: Action) -> bool:
    return action in MOVES[status]


def leads_to(status: Status, action: Action, target: Status) -> bool:
    return target in MOVES[status].get(action, ())
