"""The catalogue's CSV files, every row checked where it stands: a mistake is one line naming file and row."""

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

type Check = Callable[[str], bool]


class CatalogueError(Exception):
    """`catalog/items/03-x.csv:12: what is wrong`."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


_found: ContextVar[list[CatalogueError] | None] = ContextVar("found", default=None)


@contextmanager
def every_fault() -> Iterator[list[CatalogueError]]:
    """Collects mistakes instead of stopping at the first; a row with a mistake is left out of what is read."""
    faults: list[CatalogueError] = []
    token = _found.set(faults)
    try:
        yield faults
    finally:
        _found.reset(token)


def fault(mistake: CatalogueError) -> None:
    """Raises it, or notes it where every mistake is asked for."""
    if (faults := _found.get()) is None:
        raise mistake
    faults.append(mistake)


class Row(dict[str, str]):
    """One row that knows where it stands."""

    def __init__(self, values: Mapping[str, str], path: Path, line: int) -> None:
        super().__init__(values)
        self.path, self.line = path, line

    def wrong(self, why: str) -> CatalogueError:
        return CatalogueError(self.path, self.line, why)

    def parts(self, column: str) -> list[str]:
        return [part.strip() for part in self.get(column, "").split("|") if part.strip()]


def read(path: Path, columns: Mapping[str, Check]) -> list[Row]:
    """Rows in file order; every column of `columns` must be there and pass its check."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        fault(CatalogueError(path, 0, "no such file"))
    except UnicodeDecodeError as broken:
        fault(CatalogueError(path, 0, f"not UTF-8: {broken.reason} at byte {broken.start}"))
    else:
        return list(_rows(text, path, columns))
    return []


def _rows(text: str, path: Path, columns: Mapping[str, Check]) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    if missing := [column for column in columns if column not in header]:
        return fault(CatalogueError(path, 1, f"no column {', '.join(missing)}"))
    for values in reader:
        if not any(values):
            continue
        if len(values) != len(header):
            fault(CatalogueError(path, reader.line_num, f"{len(values)} values, {len(header)} columns"))
            continue
        row = Row(dict(zip(header, map(str.strip, values), strict=True)), path, reader.line_num)
        if _is_right(row, columns):
            yield row
    return None


def _is_right(row: Row, columns: Mapping[str, Check]) -> bool:
    wrong = [column for column, is_allowed in columns.items() if not is_allowed(row[column])]
    for column in wrong:
        fault(row.wrong(f"{column} “{row[column]}” is not allowed"))
    return not wrong


def unique(rows: list[Row], *key: str) -> list[Row]:
    """The same rows, or an error naming the second of two with the same key."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(tuple(row[column] for column in key), row)
        if first is not row:
            fault(row.wrong(f"{' '.join(row[c] for c in key)} is already at {first.path.name}:{first.line}"))
    return list(seen.values())
