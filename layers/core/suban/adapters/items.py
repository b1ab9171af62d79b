"""The items of one case: META as it stands, and one for each event, piece of words, decision, rating and notice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suban.adapters import keys
from suban.adapters.codec import Plain, plain, revive
from suban.app.ports import Doorbell
from suban.domain.case import Case
from suban.domain.events import Event
from suban.domain.notices import Notice
from suban.domain.rating import Rating
from suban.domain.records import DecisionRecord, RatingRecord, Record, Words

_NOT_STORED = frozenset({"events"})


def meta_attributes(case: Case) -> Plain:
    """All of META but its key and the machine's token. `deadline` is derived, for whoever waits on the table itself."""
    derived = {"deadline": case.deadline.isoformat() if case.deadline else None}
    return plain(case, _NOT_STORED) | derived | dict.fromkeys(_INDEX) | keys.indexes_of(case)


_INDEX = ("open_pk", "open_sk", "citizen_pk", "citizen_sk", "work_pk", "work_sk")


def doorbell(item: Mapping[str, Any]) -> Doorbell:
    return Doorbell(revive(Case, item), item.get("task_token"), item.get("token_wait"))


def event_item(case_id: str, event: Event) -> Plain:
    return keys.event(case_id, event.version) | plain(event)


def event(item: Mapping[str, Any]) -> Event:
    return revive(Event, item)


def record_item(case_id: str, record: Record) -> Plain:
    match record:
        case Words(version, said):
            return keys.words(case_id, version) | {
                "version": version,
                "said": {name: text for name, text in said.items() if text},
            }
        case DecisionRecord(version, facts):
            return keys.decision(case_id, version) | {"version": version, "facts": dict(facts)}
        case RatingRecord(round_, version, at, rating):
            where = keys.rating(case_id, round_, version)
            return where | {"round": round_, "version": version, "at": at, "rating": plain(rating)}


def words(item: Mapping[str, Any]) -> Words:
    return Words(item["version"], item["said"])


def decision(item: Mapping[str, Any]) -> DecisionRecord:
    return DecisionRecord(item["version"], item["facts"])


def rating(item: Mapping[str, Any]) -> RatingRecord:
    at = datetime.fromisoformat(item["at"])
    return RatingRecord(item["round"], item["version"], at, Rating(**item["rating"]))


def notice_item(notice: Notice) -> Plain:
    """In the work index until it is settled."""
    index = {} if notice.is_settled else keys.notice_index(notice)
    return keys.notice(notice.case_id, notice.id) | plain(notice) | index


def notice(item: Mapping[str, Any]) -> Notice:
    return revive(Notice, item)
