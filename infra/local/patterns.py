"""The event patterns of FilterCriteria and EventBridge rules, as far as template.yaml uses them."""

from infra.local.kinds import Json


class UnknownPatternError(Exception):
    """A kind of pattern that the laptop city cannot match: better no city than one that filters otherwise than AWS."""


def matches(pattern: Json, event: Json) -> bool:
    """A field matches if any of its alternatives does; all fields of the pattern must."""
    return all(_field(wanted, event, name) for name, wanted in pattern.items())


def _field(wanted: Json, event: Json, name: str) -> bool:
    found = event.get(name) if isinstance(event, dict) else None
    if isinstance(wanted, dict):
        return matches(wanted, found)
    return any(_alternative(alternative, found) for alternative in wanted)


def _alternative(alternative: Json, found: Json) -> bool:
    if not isinstance(alternative, dict):
        return bool(alternative == found)
    match alternative:
        case {"prefix": str(start)}:
            return isinstance(found, str) and found.startswith(start)
        case {"exists": bool(expected)}:
            return (found is not None) is expected
        case {"anything-but": unwanted}:
            return found is not None and found not in (unwanted if isinstance(unwanted, list) else [unwanted])
        case _:
            raise UnknownPatternError(f"infra/local/patterns.py does not know {alternative}")
