#!/usr/bin/env python3
"""Writes core/workflow/advice/known_ids_internal.h: digests by which the published data sets are known.

usage: known_data.py DATA > core/workflow/advice/known_ids_internal.h

DATA holds twitter2015, twitter2017, wukong and twitter10000 as the tests look for them. Of each training file the
smallest content ids are kept; core/workflow/advice/data_sheet.h says what an id is. No word can be read from one.
"""

import io
import pathlib
import sys
import tarfile

KEPT = 24
PREVIEW, SHORTEST, LONGEST = 100, 12, 32


def content_id(text):
    kept = [c for c in text if (c.isascii() and c.isalnum()) or ord(c) >= 0x2E80][:LONGEST]
    if len(kept) < SHORTEST:
        return 0
    value = 0xCBF29CE484222325
    for byte in "".join(c.lower() if c.isascii() else c for c in kept).encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def posts(lines):
    words = []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("IMGID:") or not line.strip():
            if words:
                yield words
            words = []
            continue
        words.append(line.split("\t")[0].strip())
    if words:
        yield words


def ids(lines, join):
    found = {content_id(join.join(words)[:PREVIEW]) for words in posts(lines)}
    return sorted(found - {0})[:KEPT]


def main():
    data = pathlib.Path(sys.argv[1])
    archive = tarfile.open(data / "twitter10000/twitter10000-v2.tar.gz")
    tweets = archive.extractfile("Twitter10000_v2.0/txt/train.txt").read().decode("utf-8", "replace")
    sets = {
        "Twitter2015": ids(open(data / "twitter2015/train.txt", encoding="utf-8"), " "),
        "Twitter2017": ids(open(data / "twitter2017/train.txt", encoding="utf-8"), " "),
        "Wukong": ids(open(data / "wukong/train-half.txt", encoding="utf-8"), ""),
        "Twitter10000": ids(io.StringIO(tweets), " "),
    }
    print("#pragma once\n\n#include <array>\n#include <cstdint>\n\nnamespace mnerva::workflow {\n")
    print("// Made by tests/reference/known_data.py.")
    for name, values in sets.items():
        print(f"inline constexpr std::array<std::uint64_t, {len(values)}> k{name}Ids{{")
        for value in values:
            print(f"    0x{value:016X}U,")
        print("};")
    print("\n}  // namespace mnerva::workflow")


main()
