"""Spearman's rank correlation by scipy, of maps with and without equal values: tests/golden/spearman.json.

Run by hand: python3 tests/reference/spearman_golden.py (numpy, scipy).
"""

import json
import pathlib

import numpy
from scipy.stats import spearmanr

random = numpy.random.default_rng(7)
cases = []
for case in range(24):
    size = 49 if case % 3 else 5
    a = random.normal(size=size).astype(numpy.float32)
    b = (a * random.uniform(-1, 1) + random.normal(size=size)).astype(numpy.float32)
    if case % 2:  # many equal values, as where a map is 0 nearly everywhere
        a, b = numpy.round(a), numpy.maximum(numpy.round(b), 0)
        a[0], b[1] = 9, 9
    cases.append({"a": [round(float(v), 6) for v in a], "b": [round(float(v), 6) for v in b]})
    as_written = [numpy.array(cases[-1][side], dtype=numpy.float32) for side in "ab"]
    cases[-1]["rho"] = float(spearmanr(*as_written).statistic)

target = pathlib.Path(__file__).parent.parent / "golden" / "spearman.json"
target.write_text(json.dumps({"cases": cases}, indent=None, separators=(",", ":")) + "\n")
