import struct
from pathlib import Path

import pytest

from infra.local.expand import ROOT, read
from layers.deps.machine import strangers

LOCKS = ["layers/deps/requirements.txt", *(path.name for path in sorted(ROOT.glob("requirements-*.txt")))]
NUMBERS = {"arm64": 183, "x86_64": 62}


def library(folder: Path, architecture: str) -> None:
    folder.joinpath("some.so").write_bytes(b"\x7fELF" + bytes(14) + struct.pack("<H", NUMBERS[architecture]))


@pytest.mark.parametrize("architecture", NUMBERS)
def test_compiled_code_for_another_machine_is_refused(tmp_path: Path, architecture: str) -> None:
    library(tmp_path, "arm64")
    assert bool(strangers(tmp_path, architecture)) is (architecture != "arm64")


def test_layers_can_be_built_for_every_architecture_that_the_template_allows() -> None:
    makefile = (ROOT / "layers" / "deps" / "Makefile").read_text("utf-8")
    for architecture in read()["Parameters"]["Architecture"]["AllowedValues"]:
        assert f"MACHINE_{architecture} :=" in makefile


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_line_has_a_hash_and_names_no_place(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    assert all("==" in line or line.lstrip().startswith("--hash=sha256:") for line in lines if line.strip())
    assert not any("://" in line or "--index" in line for line in lines)


def test_the_layer_and_the_laptop_run_the_same_versions() -> None:
    layer, laptop = (
        {line.split(" ")[0] for line in (ROOT / lock).read_text("utf-8").splitlines() if "==" in line}
        for lock in ("layers/deps/requirements.txt", "requirements-dev.txt")
    )
    assert layer <= laptop
