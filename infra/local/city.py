"""The laptop city: template.yaml in moto, its functions in this process, and all that AWS would do between them."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local import moto_fixes, parts
from infra.local.agenda import Agenda
from infra.local.backdoor import Backdoor
from infra.local.clock import CityClock
from infra.local.executions import lives
from infra.local.gateway import Gateway
from infra.local.issuer import Issuer
from infra.local.kinds import Json
from infra.local.lambdas import Lambdas, forget_functions
from infra.local.machines import Machines
from infra.local.messages import Messages
from infra.local.moto_tokens import TOKENS
from infra.local.passes import Passes
from infra.local.pump import Pump
from infra.local.rules import Schedules
from infra.local.server import bound, serving
from infra.local.stack import RELEASE, Stack, deploy
from infra.local.timekeeper import Timekeeper
from suban.adapters import clock as business_clock
from suban.domain.calendar import CHINA

HOST = "127.0.0.1"
THREAD_STACK = 1024 * 1024  # bytes; a waiting case holds three threads
AUDIENCE = "suban"


@dataclass(frozen=True)
class Settings:
    """`live`: pump and timekeeper run by themselves; else nothing moves but by drain() and advance(), for tests."""

    port: int = 0
    speed: float = 1
    origin: datetime | None = None
    live: bool = True
    log_level: str = "WARNING"


class City:
    """`with running(settings) as city` makes one: one per process, for moto has one world."""

    def __init__(self, settings: Settings, url: str, stack: Stack) -> None:
        self.settings, self.url, self.stack = settings, url, stack
        self.issuer = Issuer(url, AUDIENCE)
        self.passes = Passes(self.issuer, json.loads((RELEASE / "city.json").read_text("utf-8")))
        self.clock = CityClock(settings.origin or datetime.now(CHINA), settings.speed)
        self.machines = Machines()
        self.messages = Messages(self.clock.now)
        body = parts.api(stack)
        self.lambdas = Lambdas(stack, parts.http_functions(stack))
        patience = 1.0 if settings.live else 0.0
        self.pump = Pump(parts.mappings(stack, self.machines, self.lambdas.invoke, patience), self.machines)
        self.stream = parts.stream(stack)
        schedules = Schedules(parts.rates(stack), self.clock.now(), self.lambdas.invoke)
        self.timekeeper = Timekeeper(self.clock, Agenda(self.stream), schedules, self.pump.drain)
        self.gateway = Gateway(body, self._invoke_by_arn, self._backdoor().answer)

    def drain(self) -> None:
        """Until everything that can happen by itself at this moment has happened."""
        self.pump.drain()

    def advance(self, duration: timedelta) -> datetime:
        return self.timekeeper.advance(duration)

    def lives(self, case_id: str) -> list[Json]:
        return lives(parts.flow_arn(self.stack), case_id, self.clock.at)

    def health(self) -> Json:
        told = {"status": "ok", "now": self.clock.now().isoformat(timespec="seconds")}
        executions = {"running": len(self.machines.running()), "waiting": len(TOKENS.waiting)}
        return {**told, "executions": executions, "queues": parts.queue_depths(self.stack)}

    def reset(self) -> None:
        """As new, at the origin if there is one. A hundred times quicker than to deploy again."""
        self.machines.forget()
        if self.settings.origin:
            self.clock.begin_again(self.settings.origin)
        parts.clear(self.stack)
        self.pump.forget()
        self.timekeeper.forget()
        self.messages.forget()
        self.gateway.authorizers.forget()

    def _backdoor(self) -> Backdoor:
        return Backdoor(self.clock, self.messages, self.issuer, self.passes, self.advance, self.lives, self.health)

    def _invoke_by_arn(self, arn: str, event: Json) -> Json:
        return self.lambdas.invoke(self.stack.folder(arn), event)


@contextmanager
def running(settings: Settings) -> Iterator[City]:
    """Raises OSError where the port is taken, and WrongMotoError."""
    moto_fixes.refuse_other_versions()
    with bound(HOST, settings.port) as server, ExitStack() as ending:
        url = f"http://{HOST}:{server.server_port}"
        ending.callback(threading.stack_size, threading.stack_size(THREAD_STACK))
        ending.enter_context(moto_fixes.aws())
        forget_functions()
        city = City(settings, url, deploy(parameters(url, settings)))
        business_clock.use(city.clock.now)
        ending.callback(business_clock.use, None)
        city.lambdas.open(ending)
        city.messages.listen(ending)
        city.machines.listen(ending)
        ending.enter_context(serving(server, city.gateway))
        if not settings.live:  # a running city ends with its process, and its executions with it
            ending.callback(city.machines.forget)
        else:
            ending.enter_context(city.pump.running())
            ending.enter_context(city.timekeeper.running())
        yield city


def parameters(url: str, settings: Settings) -> dict[str, str]:
    """Of template.yaml."""
    return {
        "Stage": "local",
        "JwksUrl": f"{url}/_city/jwks.json",
        "TokenIssuer": url,
        "TokenAudience": AUDIENCE,
        "CityUrl": url,
        "LogLevel": settings.log_level,
    }
