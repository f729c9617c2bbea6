#!/usr/bin/env python3
"""Makes tests/golden/mpcfn.json: MPCFN, variant `paper` (models.md 5.3), whole, forward and gradients, in plain PyTorch.

    python3 tests/reference/mpcfn_golden.py        (needs torch and pytorch-crf)
"""
import json
import pathlib

import torch

from nn_formula import fill_bert, formula, rounded, summary
from torch_systems import Mpcfn, Sizes

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "mpcfn.json"
PIECES = [[1, 2, 1], [1, 1, 3, 1, 2]]  # of each word of two posts


def case(cell_positions):
    s = Sizes(hidden=16, layers=2, heads=2, intermediate=32, vocabulary=20, positions=80, dropout=0.0, widths=(2, 3, 4, 5),
              objects=2, tags=5, fusion=2)
    model = Mpcfn(s).eval()
    model.cell_positions = cell_positions
    fill_bert(model)
    N, n = max(sum(p) for p in PIECES) + 2, max(map(len, PIECES))
    ids, mask = torch.zeros(2, N, dtype=torch.long), torch.zeros(2, N, dtype=torch.bool)
    pooling, unit_mask = torch.zeros(2, n + 2, N), torch.zeros(2, n, dtype=torch.bool)
    tags = torch.zeros(2, n, dtype=torch.long)
    for b, pieces in enumerate(PIECES):
        used = sum(pieces)
        ids[b, : used + 2] = torch.tensor([2] + [4 + (3 * i + 5 * b) % 16 for i in range(used)] + [3])
        mask[b, : used + 2] = True
        pooling[b, 0, 0] = pooling[b, n + 1, used + 1] = 1
        at = 1
        for w, count in enumerate(pieces):
            pooling[b, w + 1, at : at + count] = 1
            unit_mask[b, w], tags[b, w] = True, (w + 2 * b) % 5
            at += count
    grid, crops = formula("grid", (2, 49, 14), 2.0), formula("crops", (2, 2, 4, 14), 2.0)
    E, relevance, gates, maps = model(ids, mask, pooling, unit_mask, grid, crops)
    loss = model.loss(E, tags, unit_mask)
    loss.backward()
    gradients = {}
    for name, p in model.named_parameters():
        gradients[name] = summary(name, p.grad if p.grad is not None else torch.zeros_like(p))
    return {"cell_positions": cell_positions, "pieces": PIECES, "ids": ids.tolist(), "tags": tags.tolist(), "emissions": rounded(E), "loss": rounded(loss),
               "relevance": rounded(relevance), "gates": [rounded(g) for g in gates],
               "attention": rounded(maps[-1][:1]), "gradients": gradients}


if __name__ == "__main__":
    OUT.write_text(json.dumps([case("post"), case("batch")], separators=(",", ":")) + "\n")
    print(OUT.name, OUT.stat().st_size)
