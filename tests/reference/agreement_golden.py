"""Golden numbers of core/eval/agreement.h: tests/golden/agreement.json.

    python3 tests/reference/agreement_golden.py DKPRO      (krippendorff 0.9, scikit-learn, numpy)

DKPRO is a folder of classes: dkpro-statistics-agreement (github.com/dkpro/dkpro-statistics, whose unitised alpha INCEpTION
shows) and UnitisedAlpha.java of this folder, compiled:

    javac -d DKPRO -sourcepath dkpro-statistics-agreement/src/main/java tests/reference/UnitisedAlpha.java
"""

import json
import pathlib
import subprocess
import sys

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "agreement.json"
TYPES = ["LOC", "ORG", "PER"]


def post(random, layers):
    """Entities of one post in each layer: a truth that each layer sees in its own way; None: the layer has none."""
    words = int(random.integers(3, 14))
    truth, at = [], 0
    while at < words:
        length = int(random.integers(1, 4))
        if random.random() < 0.35 and at + length <= words:
            truth.append((str(random.choice(TYPES)), at, at + length - 1))
            at += length
        at += 1
    of_layers = []
    for _ in range(layers):
        seen, free = [], 0
        for kind, first, last in truth:
            chance = random.random()
            if chance < 0.1:
                continue
            if chance < 0.25:
                kind = str(random.choice(TYPES))
            if chance > 0.85 and last + 1 < words:
                last += 1
            if first >= free:
                seen.append((kind, first, last))
                free = last + 1
        of_layers.append(None if random.random() < 0.15 else seen)
    return {"words": words, "layers": of_layers}


def tags(entities, words, label=None):
    out = ["O"] * words
    for kind, first, last in entities:
        if label and kind != label:
            continue
        for w in range(first, last + 1):
            out[w] = ("B-" if w == first else "I-") + kind
    return out


NUMBERS = {tag: i for i, tag in enumerate(["O"] + [p + t for t in TYPES for p in ("B-", "I-")])}


def alpha(rows):
    table = np.array(rows, dtype=float)
    paired = table[:, (~np.isnan(table)).sum(0) >= 2]
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        return None
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def coded(posts, layer, label):
    out = []
    for p in posts:
        entities = p["layers"][layer]
        out += [np.nan] * p["words"] if entities is None else [NUMBERS[t] for t in tags(entities, p["words"], label)]
    return out


def pair(posts, a, b, label):
    both = [p for p in posts if p["layers"][a] is not None and p["layers"][b] is not None]
    one = [{(i, *e) for i, p in enumerate(both) for e in p["layers"][l] if not label or e[0] == label} for l in (a, b)]
    codes = [[t for p in both for t in tags(p["layers"][l], p["words"], label)] for l in (a, b)]
    total = len(one[0]) + len(one[1])
    kappa = cohen_kappa_score(*codes) if len(set(codes[0]) | set(codes[1])) > 1 else None
    return {"posts": len(both), "f1": 2 * len(one[0] & one[1]) / total if total else 0,
            "kappa": None if kappa is None else float(kappa)}


def unitised_input(posts, layers):
    """Posts that all layers have, one after another."""
    units, begin = [], 0
    for p in posts:
        if any(entities is None for entities in p["layers"]):
            continue
        for l, entities in enumerate(p["layers"]):
            units += [f"{l} {begin + first} {last - first + 1} {kind}" for kind, first, last in entities]
        begin += p["words"]
    return f"{layers} {begin} {len(units)}\n" + "\n".join(units) + "\n"


def main():
    cases, questions = [], []
    for seed, count, layers in ((1, 12, 2), (2, 30, 3), (3, 40, 4), (4, 60, 2), (5, 25, 5)):
        random = np.random.default_rng(seed)
        posts = [post(random, layers) for _ in range(count)]
        labels = {}
        for label in [None] + TYPES:
            labels[label or ""] = {
                "pairs": [pair(posts, a, b, label) for a in range(layers) for b in range(a + 1, layers)],
                "alpha": alpha([coded(posts, l, label) for l in range(layers)]),
            }
        cases.append({"posts": posts, "labels": labels,
                      "alphaOfPosts": [alpha([coded([p], l, None) for l in range(layers)]) for p in posts]})
        questions.append(unitised_input(posts, layers))
    answers = subprocess.run(["java", "-cp", sys.argv[1], "UnitisedAlpha"], check=True, text=True, capture_output=True,
                             input=f"{len(questions)}\n" + "".join(questions)).stdout.splitlines()
    for one, answer in zip(cases, answers):
        values = answer.split()
        one["unitisedAlpha"] = {"": float(values[0]), **{k: float(v) for k, v in zip(values[1::2], values[2::2])}}
    golden = {"made_by": "tests/reference/agreement_golden.py", "cases": cases}
    GOLDEN.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
