#!/usr/bin/env python3
"""Makes tests/golden/explain.json: y and the maps of explanation.md 1 and 2 in plain PyTorch, of a tiny MPCFN (words, with
crops) and a tiny UMT (X mode), for tests/unit/explain/explain_golden_test.cpp.

    python3 tests/reference/explain_golden.py        (needs torch, pytorch-crf, transformers)

y is brute force: all paths of the CRF, those that hold just the span over all. Weights and pictures are those of nn_formula.py.
"""
import dataclasses
import itertools
import json
import pathlib

import torch

import torch_systems
import umt_golden
from nn_formula import fill_bert, formula, rounded
from torch_systems import Mpcfn, Sizes
from umt_golden import CLASSES, Umt

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "explain.json"
STEPS = 32


def parts(tag):
    """Prefix and type; special tags are read as O, as in answers."""
    return (tag[0], tag[2:]) if "-" in tag else ("O", "")


def chunks(tags):
    """The lenient rule of models.md 2.2 (a), position by position."""
    out, begin, before = [], 0, ("O", "")
    for i, tag in enumerate(list(tags) + ["O"]):
        p, t = parts(tag)
        q, s = before
        if q in "ES" or (q in "BI" and p in "BSO") or (q != "O" and s != t):
            out.append((s, begin, i - 1))
        if p in "BS" or (p in "EI" and q in "ESO") or (p != "O" and s != t):
            begin = i
        before = (p, t)
    return out


def log_probability(E, crf, classes, words, target):
    """E [n, C]; words: place of each word among the n positions; target (type, first, last)."""
    n, C = E.shape
    paths = torch.tensor(list(itertools.product(range(C), repeat=n)))
    score = crf.start_transitions[paths[:, 0]] + crf.end_transitions[paths[:, -1]]
    for t in range(n):
        score = score + E[t, paths[:, t]]
        if t > 0:
            score = score + crf.transitions[paths[:, t - 1], paths[:, t]]
    known = {}
    holds = []
    for path in paths[:, words].tolist():
        key = tuple(path)
        if key not in known:
            known[key] = target in chunks(classes[k] for k in path)
        holds.append(known[key])
    return score[torch.tensor(holds)].logsumexp(0) - score.logsumexp(0)


def to_one(x):
    return x / x.sum(-1, keepdim=True).clamp_min(1e-12)


def normalised(R):
    I = torch.eye(len(R), dtype=R.dtype)
    return to_one(R - I) + I


class Flow:
    """steps: (kind, weights [A, q, k], gradient, beside): pieces, text, image, ti (text reads image), it."""

    def __init__(self, steps, pooling, text, columns):
        self.steps, self.pooling, self.T, self.S = steps, pooling, text, columns

    def onto(self, A):
        return A if A.shape[0] == self.T else torch.cat([torch.zeros_like(A[:1]), A, torch.zeros_like(A[:1])])

    def pooled(self, R):
        if self.pooling is None:
            return R
        member = (self.pooling > 0).double()
        return to_one(member) @ R @ member.t()

    def relevancy(self):
        eye = lambda n: torch.eye(n, dtype=torch.float64)
        R_pp = eye(self.pooling.shape[1] if self.pooling is not None else self.T)
        tt, ii, ti, it = None, eye(self.S), torch.zeros(self.T, self.S).double(), torch.zeros(self.S, self.T).double()
        last = None
        for kind, A, g, beside in self.steps:
            A = (A * g).clamp_min(0).mean(0)
            if kind == "pieces":
                R_pp = R_pp + A @ R_pp
                continue
            tt = self.pooled(R_pp) if tt is None else tt
            read = last if beside else (tt, ii, ti, it)
            last = (tt, ii, ti, it)
            if kind == "text":
                ti, tt = ti + A @ read[2], tt + A @ read[0]
            elif kind == "ti":
                A = self.onto(A)
                ti, tt = ti + normalised(read[0]).t() @ A @ normalised(read[1]), tt + A @ read[3]
            elif kind == "it":
                it, ii = it + normalised(read[1]).t() @ A @ normalised(read[0]), ii + A @ read[2]
        return ti

    def rollout(self):
        eye = lambda n: torch.eye(n, dtype=torch.float64)
        R_pp = eye(self.pooling.shape[1] if self.pooling is not None else self.T)
        T, S = self.T, self.S
        whole = last = None
        for kind, A, _, beside in self.steps:
            A = A.mean(0)
            if kind == "pieces":
                R_pp = to_one(A + eye(len(A))) @ R_pp
                continue
            if whole is None:
                whole = torch.block_diag(self.pooled(R_pp), eye(S))
            read = last if beside else whole
            last = whole
            J = eye(T + S)
            if kind == "text":
                J[:T, :T] += A
            elif kind == "ti":
                J[:T, T:] += self.onto(A)
            elif kind == "it":
                J[T:, :T] += A
            product = to_one(J) @ read
            whole = torch.cat([product[:T], whole[T:]]) if kind in ("text", "ti") else torch.cat([whole[:T], product[T:]])
        return whole[:T, T:]


def maps(y_of, tape, kinds, grid, crops, pooling, text, columns, rows):
    """y_of(grid, crops) -> y; kinds(entries) -> [(kind, weights, beside)]."""
    tape.clear()
    x, c = grid.clone().requires_grad_(), crops.clone().requires_grad_() if crops is not None else None
    y = y_of(x, c)
    entries = kinds(list(tape))
    weights = [w for _, w, _ in entries]
    inputs = weights + [x] + ([c] if c is not None else [])
    slopes = torch.autograd.grad(y, inputs, allow_unused=True)
    steps = [(kind, w[0].detach(), s[0] if s is not None else torch.zeros_like(w[0]), beside)
             for (kind, w, beside), s in zip(entries, slopes)]
    flow = Flow(steps, pooling, text, columns)
    out = {"y": y.item(), "rollout": rounded(flow.rollout()[rows].mean(0)), "relevancy": rounded(flow.relevancy()[rows].mean(0))}
    slope = slopes[len(weights)]
    out["gradient_input"] = rounded((x * slope).sum(-1)[0])
    if c is not None:
        out["gradient_input_crops"] = rounded((c * slopes[-1]).sum((-1, -2))[0])
    C4 = 5
    out["grad_cam"] = rounded((x[0, :, -C4:] * slope[0, :, -C4:].mean(0)).sum(-1).clamp_min(0))
    for name, cell in (("zeros", torch.zeros_like(grid[0, 0])), ("own_mean", grid[0].mean(0))):
        x0 = cell.expand_as(grid)
        total = torch.zeros_like(grid)
        for i in range(STEPS):
            at = (x0 + (i + 0.5) / STEPS * (grid - x0)).detach().requires_grad_()
            total += torch.autograd.grad(y_of(at, crops), at)[0]
        attribution = ((grid - x0) * total / STEPS).sum(-1)[0]
        change = (y_of(grid, crops) - y_of(x0, crops)).item()
        def without(*cells):
            covered = grid.clone()
            covered[0, list(cells)] = cell
            return y_of(covered, crops).item()

        # Each cell alone, and once more where the hottest is gone; the hottest beside the one that then does most.
        alone = [without(c) for c in range(49)]
        hottest = min(range(49), key=lambda c: alone[c])
        both = {c: without(hottest, c) for c in range(49) if c != hottest}
        second = min(both, key=lambda c: both[c])
        covered = [(y.item() - alone[c] + (alone[second] - both[second] if c == hottest else alone[hottest] - both[c])) / 2
                   for c in range(49)]
        out[name] = {"integrated": rounded(attribution), "change": change, "gap": abs(attribution.sum().item() - change),
                     "occlusion": covered}
    return out


def mpcfn():
    s = Sizes(hidden=16, layers=2, heads=2, intermediate=32, vocabulary=20, positions=80, dropout=0.0, widths=(2, 3, 4, 5),
              objects=2, tags=5, fusion=2)
    model = Mpcfn(s).eval()
    fill_bert(model)
    model = model.double()
    pieces, classes = [1, 2, 1, 1], ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    n, N = len(pieces), sum(pieces) + 2
    ids = torch.tensor([[2] + [4 + (3 * i) % 16 for i in range(sum(pieces))] + [3]])
    pooling, at = torch.zeros(1, n + 2, N).double(), 1
    pooling[0, 0, 0] = pooling[0, n + 1, N - 1] = 1
    for w, count in enumerate(pieces):
        pooling[0, w + 1, at : at + count] = 1
        at += count
    mask, units = torch.ones(1, N, dtype=torch.bool), torch.ones(1, n, dtype=torch.bool)
    grid, crops = formula("grid", (1, 49, 14), 2.0).double(), formula("crops", (1, 2, 4, 14), 2.0).double()
    target = ("PER", 1, 2)

    def y_of(x, c):
        return log_probability(model(ids, mask, pooling, units, x, c)[0][0], model.crf, classes, list(range(n)), target)

    def kinds(entries):
        out, seen = [], set()
        layers = list(model.bert.encoder["layer"])
        for block, w in entries:
            if block in layers and block not in seen:  # the text's own pass comes first, the gate's after it
                out.append(("pieces", w, False))
            for f in (1, 2):
                if block is getattr(model, f"vision_stream_{f}"):
                    out.append(("it", w, False))
                if block is getattr(model, f"text_stream_{f}"):
                    out.append(("ti", w, True))
            seen.add(block)
        return out

    found = maps(y_of, torch_systems.TAPE, kinds, grid, crops, pooling[0], n + 2, 57, [2, 3])
    # "When did it decide": y of the same model, ended after each of its fusion layers.
    found["by_layer"] = []
    for layers in range(1, s.fusion + 1):
        model.s = dataclasses.replace(s, fusion=layers)
        found["by_layer"].append(y_of(grid, crops).item())
    model.s = s
    return {"system": "mpcfn", "pieces": pieces, "ids": ids.tolist()[0], "target": target, **found}


def umt():
    model = Umt(2, 0.5, 0.5).eval()
    fill_bert(model)
    model = model.double()
    pieces = [1, 2]
    ids = torch.tensor([[2, 5, 9, 14, 3]])
    mask, tags = ids > 0, torch.zeros_like(ids)
    grid, has = formula("grid", (1, 49, 14)).double(), torch.tensor([True])
    target = ("LOC", 0, 1)

    def y_of(x, _):
        E = model(ids, mask, tags, x, has)[0][0]
        return log_probability(E, model.crf, CLASSES, [1, 2], target)

    def kinds(entries):
        names = {getattr(model, f"{name}_{i}"): kind for i in (1, 2) for name, kind in (("t2i", "ti"), ("i2t", "it"), ("t2t", "ti"))}
        names[model.main_block] = "text"
        return bert + [(names[block], w, False) for block, w in entries if block in names]

    # transformers' own blocks give their attention with the answer; the graph is that of this very pass.
    bert = []
    plain = model.bert.forward

    def traced(*args, **kwargs):
        answer = plain(*args, output_attentions=True, **kwargs)
        bert[:] = [("text", w, False) for w in answer.attentions]
        return answer

    model.bert.forward = traced
    found = maps(y_of, umt_golden.TAPE, kinds, grid, None, None, 5, 49, [1, 2])
    return {"system": "umt", "pieces": pieces, "ids": ids.tolist()[0], "target": target, **found}


if __name__ == "__main__":
    OUT.write_text(json.dumps([mpcfn(), umt()], separators=(",", ":")) + "\n")
    print(OUT.name, OUT.stat().st_size)
