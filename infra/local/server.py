"""The socket under the gateway: chalice's server and request handler, with room for a crowd."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread

from chalice.local import ChaliceRequestHandler, ThreadedHTTPServer

from infra.local.gateway import LARGEST, Gateway, Request
from infra.local.gateway_answers import Answer
from infra.local.kinds import Inside


class Server(ThreadedHTTPServer):
    """The standard queue of 5 refuses the sixth of a crowd that comes at once."""

    request_queue_size = 256


class Handler(ChaliceRequestHandler):
    # Headers and body go out as two packets: with Nagle's algorithm each answer waits 40 ms for the client's ACK
    disable_nagle_algorithm = True

    def __init__(self, *socket: Inside, app_object: Gateway, config: None) -> None:  # noqa: ARG002 - chalice gives it
        self._gateway = app_object
        super(ChaliceRequestHandler, self).__init__(*socket)

    def log_message(self, *_: object) -> None:
        """The functions log; a line for each request would drown them."""

    def _generic_handle(self) -> None:
        answer = self._answer()
        self._send_http_response(answer.status, dict(answer.headers), answer.body if self.command != "HEAD" else None)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = do_PATCH = do_OPTIONS = _generic_handle  # noqa: N815 - the library's names

    def _answer(self) -> Answer:
        given = self.headers.get("content-length", "0")
        if not given.isdecimal() or "transfer-encoding" in self.headers:
            return self._last(self._gateway.refuse("BAD_REQUEST_BODY"))
        if int(given) > LARGEST:
            return self._last(self._gateway.refuse("REQUEST_TOO_LARGE"))
        body = self.rfile.read(int(given))
        headers = tuple(self.headers.items())
        return self._gateway.handle(Request(self.command, self.path, headers, body, self.client_address[0]))

    def _last(self, answer: Answer) -> Answer:
        """The body was not read, so nothing after it can be."""
        self.close_connection = True
        answer.headers["Connection"] = "close"
        return answer


@contextmanager
def bound(host: str, port: int) -> Iterator[Server]:
    """Port 0 takes a free one. Raises OSError where the port is taken."""
    server = Server((host, port), Handler)
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def serving(server: Server, gateway: Gateway) -> Iterator[None]:
    server.RequestHandlerClass = partial(Handler, app_object=gateway, config=None)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="gateway", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
