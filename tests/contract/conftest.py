from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest

from tests.contract import dynamodb_local
from tests.contract.worlds import DynamoWorld, MemoryWorld, World, dynamo, moto_db

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LOCAL = pytest.param("dynamodb-local", marks=pytest.mark.proof)


@pytest.fixture(scope="module")
def moto() -> "Iterator[DynamoDBClient]":
    with moto_db() as db:
        yield db


@pytest.fixture(scope="session")
def local() -> "Iterator[DynamoDBClient]":
    """Skipped with the reason where it cannot run."""
    try:
        dynamodb_local.fetch()
    except dynamodb_local.Unavailable as why:
        pytest.skip(str(why))
    with dynamodb_local.server() as url:
        yield boto3.client("dynamodb", endpoint_url=url)


def _dynamo(store: str, request: pytest.FixtureRequest) -> "DynamoDBClient":
    db: DynamoDBClient = request.getfixturevalue("moto" if store == "moto" else "local")
    return db


@pytest.fixture(params=["memory", "moto", LOCAL])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "memory":
        yield MemoryWorld()
        return
    with dynamo(_dynamo(request.param, request)) as tables:
        yield tables


@pytest.fixture(params=["moto", LOCAL])
def tables(request: pytest.FixtureRequest) -> Iterator[DynamoWorld]:
    """What only tables can show: items as they lie there."""
    with dynamo(_dynamo(request.param, request)) as found:
        yield found
