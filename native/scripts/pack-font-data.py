"""Packs the font data that the core embeds into crates/extract_core/data.

Run by hand when the sources change, never by the build:
    pip install fonttools==4.68.0 reportlab==5.1.0 pdfminer.six==20260107
    python native/scripts/pack-font-data.py
The sources and their licences are named in crates/extract_core/data/README.md.
"""

import glob
import gzip
import importlib
import json
import os
import struct
import zlib

import pdfminer
from fontTools import agl

OUT = os.path.join(os.path.dirname(__file__), "..", "crates", "extract_core", "data")
CMAPS = os.path.join(os.path.dirname(pdfminer.__file__), "cmap")


def varint(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def zigzag(n):
    return varint(n << 1 if n >= 0 else (-n << 1) - 1)


def flatten(tree, length, code, rows):
    for byte, value in tree.items():
        here = code << 8 | int(byte)
        if isinstance(value, dict):
            flatten(value, length + 1, here, rows)
        else:
            rows.append((length + 1, here, value))


def pack_cmap(path):
    with gzip.open(path) as file:
        tree = json.load(file)["CODE2CID"]
    rows = []
    flatten(tree, 0, 0, rows)
    rows.sort()
    ranges = []
    for length, code, cid in rows:
        if ranges:
            last = ranges[-1]
            # A range never crosses a low byte: the bytes above it need not be contiguous code points.
            same_row = last[0] == length and last[1] >> 8 == code >> 8
            if same_row and code == last[1] + last[2] and cid == last[3] + last[2]:
                last[2] += 1
                continue
        ranges.append([length, code, 1, cid])
    out, length_before, code_before, cid_before = bytearray(), 0, 0, 0
    for length, code, count, cid in ranges:
        if length != length_before:
            code_before = 0
        out.append(length)
        out += varint(code - code_before) + varint(count - 1) + zigzag(cid - cid_before)
        length_before, code_before, cid_before = length, code, cid
    return bytes(out)


def pack_to_unicode(path):
    with gzip.open(path) as file:
        table = json.load(file)["CID2UNICHR_H"]
    size = max(map(int, table)) + 1
    chars = [0] * size
    for cid, text in table.items():
        chars[int(cid)] = ord(text[0])
    return struct.pack(f"<{size}I", *chars)


def write_cjk():
    entries = []
    for path in sorted(glob.glob(CMAPS + "/*.json.gz")):
        name = os.path.basename(path)[: -len(".json.gz")]
        if name.startswith("to-unicode-"):
            entries.append((name[len("to-unicode-") :], pack_to_unicode(path)))
        elif name.endswith("-H") or name == "H":
            entries.append((name, pack_cmap(path)))
    head, body = bytearray(struct.pack("<H", len(entries))), bytearray()
    for name, raw in sorted(entries):
        packed = zlib.compress(raw, 9)
        head.append(len(name))
        head += name.encode() + struct.pack("<III", len(body), len(packed), len(raw))
        body += packed
    with open(f"{OUT}/cjk.bin", "wb") as file:
        file.write(head + body)


def write_glyph_names():
    lines = [l for l in agl._aglText.splitlines() if l and not l.startswith("#")]
    with open(f"{OUT}/glyph_names.txt", "w") as file:
        file.write("\n".join(sorted(lines)) + "\n")


def write_encodings():
    with open(f"{OUT}/encodings.txt", "w") as file:
        for name in ("standard", "winansi", "macroman", "macexpert", "symbol", "zapfdingbats"):
            module = importlib.import_module(f"reportlab.pdfbase._fontdata_enc_{name}")
            table = next(v for v in vars(module).values() if isinstance(v, (tuple, list)))
            for code, glyph in enumerate(table):
                if glyph:
                    file.write(f"{name} {code} {glyph}\n")


def write_widths():
    with open(f"{OUT}/base14_widths.txt", "w") as file:
        for name in (
            "helvetica helveticabold timesroman timesbold timesitalic timesbolditalic symbol zapfdingbats"
        ).split():
            module = importlib.import_module(f"reportlab.pdfbase._fontdata_widths_{name}")
            table = next(v for v in vars(module).values() if isinstance(v, dict) and "space" in v)
            for glyph, width in sorted(table.items()):
                file.write(f"{name} {glyph} {width}\n")


write_cjk()
write_glyph_names()
write_encodings()
write_widths()
