#!/usr/bin/env python3
"""Makes tests/golden/umgf.json: UMGF (models.md 4.5) in plain PyTorch, for tests/unit/models/umgf_test.cpp.

Needs torch, transformers, pytorch-crf. Run by hand: python3 tests/reference/umgf_golden.py
Weights and pictures are those of nn_formula.py, by the names of the parameters. The pairs are made in full here.
"""
import json
import pathlib

import torch
from torch import nn
from torchcrf import CRF
from transformers import BertModel

from nn_formula import formula, gradients, rounded
from umt_golden import C4, CLASSES, CONFIG, H, HAS_PICTURE, IDS, LEVELS, MASK, TAGS

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "umgf.json"
DIM, HEADS, BETWEEN, K = 12, 3, 10, 3


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("text_query", "text_key", "text_value", "text_output", "unit_query", "unit_key"):
            self.add_module(name, nn.Linear(DIM, DIM))
        for side in ("text", "unit"):
            for i in (1, 2, 3):
                self.add_module(f"{side}_norm_{i}", nn.LayerNorm(DIM))
            self.add_module(f"{side}_gate", nn.Linear(2 * DIM, DIM))
            self.add_module(f"{side}_up", nn.Linear(DIM, DIM // 2))
            self.add_module(f"{side}_down", nn.Linear(DIM // 2, DIM))

    def attend(self, q, k, v, mask):
        heads = lambda x: torch.stack(x.split(DIM // HEADS, -1), 1)
        Q, K_, V = heads(q), heads(k), heads(v)
        scores = torch.einsum("bhid,bhjd->bhij", Q, K_) / (DIM // HEADS) ** 0.5
        p = torch.nan_to_num(scores.masked_fill(~mask[:, None, None, :], float("-inf")).softmax(-1), nan=0.0)
        return torch.cat([(p @ V)[:, h] for h in range(HEADS)], -1)

    def forward(self, x, o, words, units):
        x = self.text_norm_1(x + self.text_output(self.attend(self.text_query(x), self.text_key(x), self.text_value(x), words)))
        o = self.unit_norm_1(o + self.attend(self.unit_query(o), self.unit_key(o), o, units))
        n, k = x.shape[1], o.shape[1]
        pairs = torch.cat([x[:, :, None].expand(-1, -1, k, -1), o[:, None].expand(-1, n, -1, -1)], -1)  # [x_i ; o_j]
        M = (words[:, :, None] & units[:, None, :])[..., None]
        g = torch.where(M, torch.sigmoid(self.text_gate(pairs)), torch.zeros(()).to(x))
        g_back = torch.where(M, torch.sigmoid(self.unit_gate(pairs)), torch.zeros(()).to(x))
        m = sum(g[:, :, j] * o[:, j:j + 1] for j in range(k))
        m_back = sum(g_back[:, i] * x[:, i:i + 1] for i in range(n))
        x, o = self.text_norm_2(x + m), self.unit_norm_2(o + m_back)
        x = self.text_norm_3(x + self.text_down(torch.relu(self.text_up(x))))
        o = self.unit_norm_3(o + self.unit_down(torch.relu(self.unit_up(o))))
        return x, o, g.mean(-1)


class Umgf(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.bert = BertModel(CONFIG, add_pooling_layer=False)
        self.text_in = nn.Linear(H, DIM)
        self.unit_last, self.unit_in, self.unit_out = nn.Linear(C4, BETWEEN), nn.Linear(BETWEEN, DIM), nn.Linear(DIM, DIM)
        self.layers = layers
        for i in range(layers):
            self.add_module(f"layer_{i + 1}", Layer())
        self.emission = nn.Linear(H + DIM, len(CLASSES))
        self.crf = CRF(len(CLASSES), batch_first=True)

    def forward(self, ids, mask, y, pictures, units):
        X0 = self.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        x = self.text_in(X0)
        o = torch.relu(self.unit_out(torch.relu(self.unit_in(self.unit_last(pictures)))))
        gates = []
        for i in range(self.layers):
            x, o, g = getattr(self, f"layer_{i + 1}")(x, o, mask, units)
            gates.append(g)
        E = self.emission(torch.cat([X0, x], -1))
        return E, gates, -self.crf(E, y, mask=mask, reduction="sum")


def case(layers):
    model = Umgf(layers).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            norm = name.endswith("LayerNorm.weight") or ("_norm_" in name and name.endswith("weight"))
            p.copy_(formula(name, tuple(p.shape), 0.15, 1.0 if norm else 0.0))
    model = model.double()
    grid = formula("grid", (3, 49, LEVELS)).double()
    crops = formula("crops", (3, LEVELS)).double()
    slots = [0, 2, 4]  # post 0 has crops 0 and 2, post 1 has crop 1; the whole picture stands for the others
    pictures = grid.mean(1)[:, None, -C4:].repeat(1, K, 1)
    for row, slot in zip(crops, slots):
        pictures[slot // K, slot % K] = row[-C4:]
    pictures = torch.where(HAS_PICTURE[:, None, None], pictures, torch.zeros(()).double())
    units = HAS_PICTURE[:, None].expand(-1, K)
    E, gates, loss = model(IDS, MASK, TAGS, pictures, units)
    loss.backward()
    own = ("layer_2", "unit_", "text_in", "emission")
    kept = {name: g for name, g in gradients(model).items() if layers == 1 or name.startswith(own)}
    used = MASK[:, :, None]
    return {"options": {"graph_layers": layers, "graph_dim": DIM, "graph_heads": HEADS, "unit_width": BETWEEN, "units": K},
            "ids": IDS.tolist(), "mask": MASK.long().tolist(), "tags": TAGS.tolist(),
            "has_picture": HAS_PICTURE.long().tolist(), "slots": slots, "loss": loss.item(), "emissions": rounded(E * used),
            "gates": [rounded(g) for g in gates], "gradients": kept}


if __name__ == "__main__":
    OUT.write_text(json.dumps([case(1), case(3)], separators=(",", ":")) + "\n")
