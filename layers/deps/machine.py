"""Refuses compiled code that is not for the layer's architecture: Lambda would say so only at the first request."""

import struct
import sys
from pathlib import Path

ELF = b"\x7fELF"
MACHINES = {183: "arm64", 62: "x86_64"}  # e_machine of the ELF header, bytes 18 and 19


def machine(library: Path) -> str:
    header = library.read_bytes()[:20]
    if header[:4] != ELF:
        return "no ELF file"
    (number,) = struct.unpack_from("<H", header, 18)
    return MACHINES.get(number, f"machine {number}")


def strangers(folder: Path, architecture: str) -> list[str]:
    found = {library: machine(library) for library in sorted(folder.rglob("*.so*"))}
    return [
        f"{library.relative_to(folder)} is for {of}, not {architecture}"
        for library, of in found.items()
        if of != architecture
    ]


if __name__ == "__main__":
    sys.exit("\n".join(strangers(Path(sys.argv[1]), sys.argv[2])) or 0)
