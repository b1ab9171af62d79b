"""Domain objects ↔ attribute values. The dataclasses' own field types say how each value is read back."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from suban.domain.limits import Limit

Plain = dict[str, Any]
NOTHING: tuple[object, ...] = (None, {}, (), "")
_serializer, _deserializer = TypeSerializer(), TypeDeserializer()


def to_item(plain: Mapping[str, Any]) -> Plain:
    """For the low-level client: what says nothing is left out (DynamoDB Local knows no empty strings)."""
    return {name: _serializer.serialize(_out(value)) for name, value in plain.items() if value not in NOTHING}


def from_item(item: Mapping[str, Any]) -> Plain:
    return {name: _in(_deserializer.deserialize(value)) for name, value in item.items()}


def plain(record: Any, leave_out: frozenset[str] = frozenset()) -> Plain:  # noqa: ANN401 - any dataclass
    """A dataclass as named values; those equal to None are kept, so that a change to None is seen."""
    return {f.name: _out(getattr(record, f.name)) for f in fields(record) if f.name not in leave_out}


def revive[T](kind: type[T], values: Mapping[str, Any]) -> T:
    """The dataclass again; attributes that it does not know (keys, tokens) are ignored."""
    readers = _readers(cast("Hashable", kind))
    return kind(**{name: readers[name](value) for name, value in values.items() if name in readers})


def _out(value: Any) -> Any:  # noqa: ANN401, PLR0911 - any attribute; one line a type
    match value:
        case datetime():
            return value.isoformat()
        case Limit():
            return value.text
        case StrEnum():
            return str(value)
        case float():
            return Decimal(str(value))
        case Mapping():
            return {name: _out(part) for name, part in value.items()}
        case list() | tuple():
            return [_out(part) for part in value]
        case _:
            return value


def _in(value: Any) -> Any:  # noqa: ANN401 - any attribute
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dict():
            return {name: _in(part) for name, part in value.items()}
        case list():
            return [_in(part) for part in value]
        case _:
            return value


@cache
def _readers(kind: Hashable) -> Mapping[str, Callable[[Any], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(cast("type", kind)).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type hint
    if get_origin(hint) in (Union, UnionType):
        kinds = [arg for arg in get_args(hint) if arg is not NoneType]
        return _reader(kinds[0]) if len(kinds) == 1 else _same
    if hint is datetime:
        return datetime.fromisoformat
    if hint is Limit:
        return Limit.parse
    if hint is float or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint
    if get_origin(hint) is not None and get_args(hint)[-1:] == (datetime,):
        return _moments
    return _same


def _same(value: Any) -> Any:  # noqa: ANN401 - any attribute
    return value


def _moments(values: Mapping[str, str]) -> Mapping[str, datetime]:
    return {name: datetime.fromisoformat(moment) for name, moment in values.items()}
