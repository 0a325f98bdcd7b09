"""Copies the BPF objects in a folder: files, and objects that programs embed (as skeletons of bpftool do).

extract.py FOLDER OUTPUT
"""

import hashlib
import pathlib
import re
import struct
import sys

BPF_MACHINE = 247
HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SECTION = struct.Struct("<IIQQQQIIQQ")


def length_of(data):
    """The size of the ELF file at the start of some data, or 0 if it is no BPF object."""
    if len(data) < HEADER.size:
        return 0
    _, _, machine, _, _, _, sections, _, _, _, _, section_size, count, _ = HEADER.unpack_from(data)
    if machine != BPF_MACHINE or section_size != SECTION.size or sections + count * section_size > len(data):
        return 0
    end = sections + count * section_size
    for i in range(count):
        _, kind, _, _, offset, size, *_ = SECTION.unpack_from(data, sections + i * section_size)
        if kind != 8:  # SHT_NOBITS has no bytes in the file.
            end = max(end, offset + size)
    return end if end <= len(data) else 0


def main(folder, output):
    seen = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        data = path.read_bytes()
        if not data.startswith(b"\x7fELF"):
            continue
        for number, found in enumerate(re.finditer(rb"\x7fELF\x02\x01\x01", data)):
            start = found.start()
            length = length_of(data[start:])
            content = data[start:start + length]
            digest = hashlib.sha256(content).digest()
            if length == 0 or digest in seen:
                continue
            seen.add(digest)
            output.mkdir(parents=True, exist_ok=True)
            name = path.name.removesuffix(".o") + (f"-{number}" if start else "") + ".o"
            (output / name).write_bytes(content)


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
