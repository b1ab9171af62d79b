"""A record of the Cases stream → the event that it carries."""

from collections.abc import Mapping
from typing import Any

from suban.adapters import keys
from suban.adapters.codec import from_item
from suban.adapters.items import event
from suban.domain.events import Event


class NotAnEvent(ValueError):
    """A record that this version does not understand: parked with what its keys say, never retried."""

    def __init__(self, case_id: str, version: str) -> None:
        super().__init__(f"{case_id} {version}")
        self.case_id = case_id
        self.version = version


def event_of(image: Mapping[str, Any], key: Mapping[str, Any]) -> tuple[str, Event]:
    """(case_id, event) of NewImage and Keys as DynamoDB writes them."""
    where = from_item(key)
    case_id = keys.case_id_of(str(where.get("pk", "")))
    try:
        return case_id, event(from_item(image))
    except (KeyError, TypeError, ValueError) as why:
        raise NotAnEvent(case_id, str(where.get("sk", ""))) from why
