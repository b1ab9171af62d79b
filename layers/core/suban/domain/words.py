"""SPEC §1's words as types: what a case can be, who can act on it, and what they can do."""

from enum import StrEnum


class Kind(StrEnum):
    """诉求类型: 咨询 inquiry, 投诉 complaint, 建议 suggestion, 求助 help."""

    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    HELP = "help"


class Status(StrEnum):
    """状态: at_desk waits for a dispatcher, completed for a rating, supervised for a supervisor."""

    SUBMITTED = "submitted"
    AT_DESK = "at_desk"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    COMPLETED = "completed"
    SUPERVISED = "supervised"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SPLIT = "split"


class Next(StrEnum):
    """What the machine does next; every value but DISPATCH and END is a wait."""

    DISPATCH = "dispatch"
    DESK = "desk"
    HANDLING = "handling"
    RATING = "rating"
    SUPERVISION = "supervision"
    END = "end"


class Action(StrEnum):
    """What a person does. Moves that time or automatic dispatch cause have no action here."""

    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    COMPLETE = "complete"
    RATE = "rate"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    URGE = "urge"
    SUPERVISE = "supervise"
    CLOSE = "close"
    REOPEN = "reopen"


class Role(StrEnum):
    """SPEC §6."""

    CITIZEN = "citizen"
    UNIT_STAFF = "unit_staff"
    UNIT_LEAD = "unit_lead"
    DISPATCHER = "dispatcher"
    ARBITER = "arbiter"
    SUPERVISOR = "supervisor"
    CATALOGUE_EDITOR = "catalogue_editor"
    CATALOGUE_PUBLISHER = "catalogue_publisher"
    MEMBER = "member"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Result(StrEnum):
    """What came of a case; codes and names in catalog/results.csv."""

    RESOLVED = "resolved"
    ANSWERED = "answered"
    NOT_ACCEPTED = "not_accepted"
    NO_FURTHER_ACTION = "no_further_action"
    OUTSIDE_POWER = "outside_power"
    DUPLICATE = "duplicate"
    UNREACHABLE = "unreachable"
