#!/usr/bin/env python3
"""Makes tests/golden/umt.json: UMT (models.md 4.3) in plain PyTorch, for tests/unit/models/umt_test.cpp.

Needs torch, transformers, pytorch-crf. Run by hand: python3 tests/reference/umt_golden.py
Weights and the picture are those of nn_formula.py, by the names of the parameters.
"""
import json
import pathlib

import torch
from torch import nn
from torchcrf import CRF
from transformers import BertConfig, BertModel
from transformers.models.bert.modeling_bert import BertLayer

from nn_formula import fill_bert, formula, gradients, rounded

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "umt.json"

H, HEADS, C4, LEVELS = 16, 2, 5, 14
CLASSES = ["PAD", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "X", "[CLS]", "[SEP]"]
SPANS = ["PAD", "O", "B", "I", "X", "[CLS]", "[SEP]"]
Z = [0, 1, 2, 3, 2, 3, 4, 5, 6]  # span tag of each class
CONFIG = BertConfig(vocab_size=20, hidden_size=H, num_hidden_layers=2, num_attention_heads=HEADS, intermediate_size=32,
                    max_position_embeddings=80, type_vocab_size=2, hidden_act="gelu", layer_norm_eps=1e-12)
# Three posts in X mode, the last without a picture.
IDS = torch.tensor([[2, 5, 9, 14, 7, 3, 0, 0], [2, 4, 6, 8, 10, 12, 19, 3], [2, 17, 18, 11, 3, 0, 0, 0]])
TAGS = torch.tensor([[7, 2, 3, 6, 1, 8, 0, 0], [7, 1, 4, 6, 5, 1, 2, 8], [7, 1, 2, 6, 8, 0, 0, 0]])
MASK, HAS_PICTURE = IDS > 0, torch.tensor([True, True, False])


TAPE = []  # (block, weights) of every CMT, for explain_golden.py; who fills it empties it


def cmt(layer, q, s, mask):
    """CMT(Q; S) with the weights of a BertLayer; a query without any key takes nothing in."""
    a = layer.attention
    heads = lambda x: x.unflatten(-1, (HEADS, H // HEADS)).transpose(1, 2)
    Q, K, V = heads(a.self.query(q)), heads(a.self.key(s)), heads(a.self.value(s))
    scores = Q @ K.transpose(-1, -2) / (H // HEADS) ** 0.5
    scores = scores.masked_fill(~mask[:, None, None, :], float("-inf"))
    w = torch.nan_to_num(scores.softmax(-1), nan=0.0) if not bool(mask.any(1).all()) else scores.softmax(-1)
    TAPE.append((layer, w))
    context = (w @ V).transpose(1, 2).flatten(2)
    y = a.output.LayerNorm(q + a.output.dense(context))
    out = layer.output.LayerNorm(y + layer.output.dense(nn.functional.gelu(layer.intermediate.dense(y))))
    return out, w


class Stacked(nn.Module):
    """Stacks of CMT by name, each of `layers` blocks."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers

    def add_stacks(self, *names):
        for name in names:
            for i in range(self.layers):
                self.add_module(f"{name}_{i + 1}", BertLayer(CONFIG))

    def stack(self, name, q, s, mask):
        for i in range(self.layers):
            q, w = cmt(getattr(self, f"{name}_{i + 1}"), q, s, mask)
        return q, w


class Umt(Stacked):
    def __init__(self, layers, weight, share):
        super().__init__(layers)
        self.weight, self.share = weight, share
        self.bert = BertModel(CONFIG, add_pooling_layer=False)
        self.aux_block, self.main_block = BertLayer(CONFIG), BertLayer(CONFIG)
        self.grid_projection_1, self.grid_projection_2 = nn.Linear(C4, H), nn.Linear(C4, H)
        self.add_stacks("t2i", "i2t", "t2t")
        self.visual_gate = nn.Linear(2 * H, H)
        self.emission, self.aux_emission = nn.Linear(2 * H, len(CLASSES)), nn.Linear(H, len(SPANS))
        self.crf, self.aux_crf = CRF(len(CLASSES), batch_first=True), CRF(len(SPANS), batch_first=True)

    def forward(self, ids, mask, y, grid, has_picture):
        S = self.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        aux = self.aux_emission(cmt(self.aux_block, S, S, mask)[0])
        S_m = cmt(self.main_block, S, S, mask)[0]
        G = grid[..., -C4:]
        cells = has_picture[:, None].expand(-1, 49)
        V, heat = self.stack("t2i", S_m, self.grid_projection_1(G), cells)
        V = torch.where(has_picture[:, None, None], V, torch.zeros_like(V))
        P, _ = self.stack("i2t", self.grid_projection_2(G), S_m, mask)
        U, _ = self.stack("t2t", S_m, P, cells)
        g = torch.sigmoid(self.visual_gate(torch.cat([U, V], -1)))
        main = self.emission(torch.cat([U, g * V], -1))
        M = torch.zeros(len(SPANS), len(CLASSES), dtype=aux.dtype)
        for c, span in enumerate(Z):
            M[span, c] = 1 / Z.count(span)
        E = (1 - self.share) * main + self.share * (aux @ M)
        loss = -self.crf(E, y, mask=mask, reduction="mean")
        loss = loss - self.weight * self.aux_crf(aux, torch.tensor(Z)[y], mask=mask, reduction="mean")
        return E, aux, heat, g.mean(-1) * has_picture[:, None], loss


def case(layers, weight, share):
    model = Umt(layers, weight, share).eval()
    fill_bert(model)
    model = model.double()
    grid = formula("grid", (3, 49, LEVELS)).double() * HAS_PICTURE[:, None, None]
    E, aux, heat, gate, loss = model(IDS, MASK, TAGS, grid, HAS_PICTURE)
    loss.backward()
    used = MASK[:, :, None]  # what stands at padding is nobody's business
    return {"layers": layers, "aux_weight": weight, "aux_share": share, "ids": IDS.tolist(), "mask": MASK.long().tolist(),
            "tags": TAGS.tolist(), "has_picture": HAS_PICTURE.long().tolist(), "loss": loss.item(),
            "emissions": rounded(E * used), "auxiliary": rounded(aux * used), "heat": rounded(heat.mean(1)[0] * used[0]),
            "heat_sums": rounded(heat.sum(-1)), "gate": rounded(gate * MASK), "gradients": gradients(model)}


if __name__ == "__main__":
    OUT.write_text(json.dumps([case(1, 0.5, 0.5), case(2, 0.3, 0.25)], separators=(",", ":")) + "\n")
