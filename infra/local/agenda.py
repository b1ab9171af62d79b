"""What is due and when, kept up to date from the stream of Cases: deadlines of armed waits, and notices to be sent."""

from dataclasses import dataclass
from datetime import datetime

from infra.local.kinds import Json
from infra.local.streams import Stream

PAGE = 500


@dataclass(frozen=True)
class Bell:
    """A wait that the machine has armed: whoever answers `token` ends it."""

    case_id: str
    wait: int
    deadline: datetime
    token: str


class Agenda:
    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.forget()

    def forget(self) -> None:
        self._position = 0
        self._bells: dict[str, Bell] = {}
        self._notices: dict[tuple[str, str], datetime] = {}

    def due(self, now: datetime) -> list[Bell]:
        self._catch_up()
        return [bell for bell in self._bells.values() if bell.deadline <= now]

    def has_notices_due(self, now: datetime) -> bool:
        self._catch_up()
        return any(moment <= now for moment in self._notices.values())

    def next_moment(self, after: datetime) -> datetime | None:
        self._catch_up()
        moments = [bell.deadline for bell in self._bells.values()] + list(self._notices.values())
        return min((moment for moment in moments if moment > after), default=None)

    def _catch_up(self) -> None:
        while records := self._stream.records(self._position, PAGE):
            for record in records:
                self._see(record["dynamodb"])
            self._position += len(records)

    def _see(self, change: Json) -> None:
        pk, sk = change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"]
        image = {name: next(iter(value.values())) for name, value in change.get("NewImage", {}).items()}
        if sk == "META":
            _keep(self._bells, pk, _bell(pk, image))
        elif sk.startswith("NOTICE#"):
            _keep(self._notices, (pk, sk), _send_at(image))


def _keep[K, V](book: dict[K, V], key: K, value: V | None) -> None:
    if value is None:
        book.pop(key, None)
    else:
        book[key] = value


def _bell(pk: str, image: Json) -> Bell | None:
    if image.get("next") == "end" or "deadline" not in image or image.get("token_wait") != image.get("wait"):
        return None
    case_id = pk.removeprefix("CASE#")
    return Bell(case_id, int(image["wait"]), datetime.fromisoformat(image["deadline"]), image["task_token"])


def _send_at(image: Json) -> datetime | None:
    return datetime.fromisoformat(image["send_at"]) if image.get("state") in {"due", "sending"} else None
