#!/usr/bin/env python3
"""Makes tests/golden/nn_bilstm.json: a bidirectional LSTM over the used positions of each row, for tests/unit/nn/bilstm_test.cpp.

Needs torch. Run by hand: python3 tests/reference/bilstm_golden.py
Each row is run alone over its used positions, by the equations of an LSTM cell: neither packing nor torch.nn.LSTM.
"""
import json
import pathlib

import torch

from nn_formula import formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "nn_bilstm.json"
IN, HIDDEN = 6, 5
MASK = [[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0], [1, 0, 1, 1, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0]]  # the third has holes


def weights(layers):
    shapes = {}
    for layer in range(layers):
        width = IN if layer == 0 else 2 * HIDDEN
        for end in ("", "_reverse"):
            shapes[f"weight_ih_l{layer}{end}"] = (4 * HIDDEN, width)
            shapes[f"weight_hh_l{layer}{end}"] = (4 * HIDDEN, HIDDEN)
            shapes[f"bias_ih_l{layer}{end}"] = shapes[f"bias_hh_l{layer}{end}"] = (4 * HIDDEN,)
    return {name: formula(name, shape, 0.5).double().requires_grad_() for name, shape in shapes.items()}


def direction(w, end, rows):
    """rows [t, in] in reading order -> [t, HIDDEN]."""
    h = c = torch.zeros(HIDDEN, dtype=torch.double)
    out = []
    for x in rows:
        i, f, g, o = (w["weight_ih" + end] @ x + w["bias_ih" + end] + w["weight_hh" + end] @ h + w["bias_hh" + end]).split(HIDDEN)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        out.append(h)
    return torch.stack(out)


def case(layers):
    w = weights(layers)
    x = formula("words", (4, 7, IN)).double().requires_grad_()
    result = []
    for b, used in enumerate(MASK):
        places = [i for i, use in enumerate(used) if use]
        out = [torch.zeros(2 * HIDDEN, dtype=torch.double)] * 7
        if places:
            rows = x[b, places]
            for layer in range(layers):
                ahead = direction(w, f"_l{layer}", rows)
                back = direction(w, f"_l{layer}_reverse", rows.flip(0)).flip(0)
                rows = torch.cat([ahead, back], 1)
            for place, row in zip(places, rows):
                out[place] = row
        result.append(torch.stack(out))
    result = torch.stack(result)
    (result * formula("loss", tuple(result.shape)).double()).sum().backward()
    gradients = {name: summary(name, p.grad)
                 for name, p in w.items()}
    return {"layers": layers, "mask": MASK, "output": rounded(result), "input_gradient": rounded(x.grad), "gradients": gradients}


OUT.write_text(json.dumps([case(1), case(2)], separators=(",", ":")) + "\n")
