"""The stream of a table in moto, read where moto keeps it: its own GetRecords takes 88 ms."""

from infra.local.kinds import Inside, Json
from infra.local.moto_fixes import ACCOUNT, AWS, REGION


def table(name: str) -> Inside:
    from moto.dynamodb.models import dynamodb_backends

    return dynamodb_backends[ACCOUNT][REGION].tables[name]


class Stream:
    def __init__(self, table_name: str, arn: str) -> None:
        self.arn = arn
        self._table = table(table_name)

    def __len__(self) -> int:
        return len(self._table.stream_shard.items)

    def records(self, start: int, limit: int) -> list[Json]:
        """As Lambda gets them. Under the lock: a transaction that fails takes its records back."""
        with AWS:
            items = self._table.stream_shard.items[start : start + limit]
        return [self._as_lambda_gets_it(item.record) for item in items]

    def _as_lambda_gets_it(self, record: Json) -> Json:
        inner = dict(record["dynamodb"])
        inner["ApproximateCreationDateTime"] = inner["ApproximateCreationDateTime"].timestamp()
        return {**record, "dynamodb": inner, "eventSourceARN": self.arn}
