"""Which AWS calls are made, seen where every client of botocore makes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from infra.local.kinds import Inside, Json


@dataclass(frozen=True)
class Call:
    service: str
    operation: str
    parameters: Json

    def __str__(self) -> str:
        """GetItem People; TransactWriteItems tells how many items it writes to which table."""
        if self.operation == "TransactWriteItems":
            tables = [_table(next(iter(item.values()))["TableName"]) for item in self.parameters["TransactItems"]]
            return f"{self.operation} " + "+".join(f"{tables.count(name)} {name}" for name in dict.fromkeys(tables))
        if self.operation == "Query":
            return f"Query {self.parameters.get('IndexName') or _table(self.parameters['TableName'])}"
        names = self.parameters.get("RequestItems") or [self.parameters.get("TableName", self.service)]
        return f"{self.operation} {_table(next(iter(names)))}"


def _table(name: str) -> str:
    return "People" if "people" in name.lower() else "Cases" if "cases" in name.lower() else name


type Before = Callable[[Call], None]


@contextmanager
def listening(before: Before) -> Iterator[None]:
    """`before` is told of each call before it is made."""
    make: Inside = BaseClient._make_api_call  # type: ignore[attr-defined]

    def told(self: BaseClient, operation: str, parameters: dict[str, Any]) -> Inside:
        before(Call(self.meta.service_model.service_name, operation, parameters))
        return make(self, operation, parameters)

    with patch.object(BaseClient, "_make_api_call", told):
        yield


@contextmanager
def recorded() -> Iterator[list[Call]]:
    calls: list[Call] = []
    with listening(calls.append):
        yield calls
