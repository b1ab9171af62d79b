"""Every key of the tables is built here and nowhere else (docs/table.md: question → key → page cost)."""

from datetime import datetime
from zlib import crc32

from suban.domain.case import Case
from suban.domain.notices import Notice
from suban.domain.tasks import Task
from suban.domain.words import Status

Key = dict[str, str]

META = "META"
SHARDS = {"open": 16, "desk": 16, "notices": 16, "handling": 1, "supervision": 1}
NOTICES = "notices"

_URGENT, _ORDINARY = "0", "1"


def shard(kind: str, case_id: str) -> int:
    return crc32(case_id.encode()) % SHARDS[kind]


def case_pk(case_id: str) -> str:
    return f"CASE#{case_id}"


def case_id_of(pk: str) -> str:
    return pk.removeprefix("CASE#")


def meta(case_id: str) -> Key:
    return {"pk": case_pk(case_id), "sk": META}


def event(case_id: str, version: int) -> Key:
    return {"pk": case_pk(case_id), "sk": f"EVENT#{version:06d}"}


def words(case_id: str, version: int) -> Key:
    return {"pk": case_pk(case_id), "sk": f"WORDS#{version:06d}"}


def decision(case_id: str, version: int) -> Key:
    return {"pk": case_pk(case_id), "sk": f"DECISION#{version:06d}"}


def rating(case_id: str, round_: int, version: int) -> Key:
    return {"pk": case_pk(case_id), "sk": f"RATING#{round_}#{version:06d}"}


def task(case_id: str, task_: Task) -> Key:
    return {"pk": case_pk(case_id), "sk": f"TASK#{task_.kind}#{task_.owner}"}


def notice(case_id: str, notice_id: str) -> Key:
    return {"pk": case_pk(case_id), "sk": f"NOTICE#{notice_id}"}


def guard(key: str) -> Key:
    return {"pk": f"IDEM#{key}", "sk": "IDEM"}


def person(person_id: str) -> Key:
    return {"pk": f"PERSON#{person_id}", "sk": "PERSON"}


def identity(kind: str, key_version: str, digest: str) -> Key:
    return {"pk": f"{kind.upper()}#{key_version}#{digest}", "sk": "IDENTITY"}


def queue_pk(owner: str, kind: str, number: int) -> str:
    return f"Q#{owner}#{kind}#{number}"


def queue_sk(urgent: bool, due_at: datetime | None, case_id: str) -> str:  # noqa: FBT001 - a priority
    due = due_at.isoformat() if due_at else ""
    return f"{_URGENT if urgent else _ORDINARY}#{due}#{case_id}"


def open_pk(number: int) -> str:
    return f"OPEN#{number}"


def citizen_pk(person_id: str) -> str:
    return f"CIT#{person_id}"


def indexes_of(case: Case) -> Key:
    """The sparse index keys of a case as it stands; what is missing here is removed from the item.

    A case that has ended stays where the sweeper sees it until its last messages are known to be there.
    """
    keys = watch_index(case)
    if case.person:
        keys |= {"citizen_pk": citizen_pk(case.person), "citizen_sk": _since(case)}
    if holder := _holder(case):
        owner, kind = holder
        keys |= {
            "work_pk": queue_pk(owner, kind, shard(kind, case.case_id)),
            "work_sk": queue_sk(case.urgent, case.due_at, case.case_id),
        }
    return keys


def watch_index(case: Case) -> Key:
    return {"open_pk": open_pk(shard("open", case.case_id)), "open_sk": _since(case)}


def _since(case: Case) -> str:
    return f"{case.submitted_at.isoformat()}#{case.case_id}"


def _holder(case: Case) -> tuple[str, str] | None:
    """Whose queue a case is in: no status in the key, so that signing it re-keys nothing."""
    match case.status:
        case Status.AT_DESK if case.desk:
            return case.desk, "desk"
        case Status.DISPATCHED | Status.ACKNOWLEDGED | Status.SUPERVISED if case.unit:
            return case.unit, "handling"
        case _:
            return None


def task_index(case: Case, task_: Task) -> Key:
    number = shard(task_.kind, case.case_id)
    return {
        "work_pk": queue_pk(task_.owner, task_.kind, number),
        "work_sk": queue_sk(case.urgent, task_.due_at, case.case_id),
    }


def notice_index(notice_: Notice) -> Key:
    """Notices wait in one queue of the platform's, by the moment at which they may go out."""
    number = shard(NOTICES, notice_.case_id)
    return {
        "work_pk": queue_pk("notice", NOTICES, number),
        "work_sk": f"{_URGENT}#{notice_.send_at.isoformat()}#{notice_.case_id}#{notice_.id}",
    }


def notices_until(now: datetime) -> str:
    """Sorts behind every notice whose time has come."""
    return f"{_URGENT}#{now.isoformat()}~"
