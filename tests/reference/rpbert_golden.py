#!/usr/bin/env python3
"""Makes tests/golden/rpbert.json: RpBERT (models.md 4.4) in plain PyTorch, for tests/unit/models/rpbert_test.cpp.

Needs torch, transformers, pytorch-crf. Run by hand: python3 tests/reference/rpbert_golden.py
Every post is run alone. Weights and inputs are those of nn_formula.py, by the names of the parameters.
"""
import json
import pathlib

import torch
from torch import nn
from torchcrf import CRF
from transformers import BertConfig, BertModel

from nn_formula import formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "rpbert.json"

H, HEADS, C4, LEVELS, LSTM, TAGS, VECTOR = 16, 2, 5, 14, 6, 5, 3
PIECES = [[[5], [9, 14], [7]], [[4], [6, 8], [10], [12, 19]], [[17], [18, 11]]]  # words of each post; 2 [CLS], 3 [SEP]
LABELS = [[1, 2, 0], [0, 3, 4, 1], [3, 0]]
PICTURE = [True, True, False]
RELATION = [1, 0]  # of the posts with a picture
LONGEST = 8  # positions of the batch


class Rpbert(nn.Module):
    def __init__(self, case):
        super().__init__()
        self.case = case
        config = BertConfig(vocab_size=20, hidden_size=H, num_hidden_layers=2, num_attention_heads=HEADS, intermediate_size=32,
                            max_position_embeddings=80, type_vocab_size=case["types"], hidden_act="gelu", layer_norm_eps=1e-12)
        self.bert = BertModel(config, add_pooling_layer=False)
        if case["picture"]:
            self.grid_projection = nn.Linear(C4, H)
            if case["types"] == 1:
                self.picture_type = nn.Parameter(torch.zeros(H))
            if case["gate"] != "none":
                self.relevance = nn.Linear(H, 2)
        self.lstm = nn.LSTM(H + (VECTOR if case["vectors"] else 0), LSTM, case["lstm_layers"], bidirectional=True,
                            batch_first=True)
        self.emission = nn.Linear(2 * LSTM, TAGS)
        self.crf = CRF(TAGS, batch_first=True)

    def joint(self, ids, cells, g):
        """J(x, G, g) of one post: hidden states and the last layer's attention."""
        words = self.bert.embeddings.word_embeddings(ids)
        n = len(ids)
        inputs, types, mask = words, torch.zeros(n, dtype=torch.long), (ids > 0).long()
        if cells is not None:
            visual = g * cells
            if self.case["types"] == 1:
                visual = visual + self.picture_type
            inputs = torch.cat([words, visual])
            types = torch.cat([types, torch.full((49,), self.case["types"] - 1)])
            mask = torch.cat([mask, torch.ones(49, dtype=torch.long)])
        out = self.bert(inputs_embeds=inputs[None], token_type_ids=types[None], attention_mask=mask[None],
                        output_attentions=True)
        return out.last_hidden_state[0], out.attentions[-1][0]

    def post(self, b, grid):
        pieces = PIECES[b]
        ids = [2] + [p for word in pieces for p in word] + [3]
        if self.case["cell_positions"] == "batch":
            ids = ids + [0] * (LONGEST - len(ids))
        ids = torch.tensor(ids)
        seen = self.case["picture"] and PICTURE[b]
        cells = self.grid_projection(grid[b, :, -C4:]) if seen else None
        g, logits = torch.ones((), dtype=torch.double), None
        if seen and self.case["gate"] != "none":
            logits = self.relevance(self.joint(ids, cells, g)[0][0])
            r = logits.softmax(-1)[1]
            g = r if self.case["gate"] == "soft" else (r > 0.5).double() + r - r.detach()
        hidden, attention = self.joint(ids, cells, g)
        words, maps, at = [], [], 1
        for word in pieces:
            rows = slice(at, at + len(word))
            words.append(hidden[rows].mean(0))
            if seen:
                to_cells = attention.mean(0)[rows, -49:].mean(0)
                maps.append(to_cells / to_cells.sum())
            at += len(word)
        words = torch.stack(words)
        if self.case["vectors"]:
            words = torch.cat([words, formula("word vectors", (3, 4, VECTOR)).double()[b, :len(pieces)]], 1)
        E = self.emission(self.lstm(words[None])[0][0])
        return E, g, logits, maps, seen


def case(**choices):
    model = Rpbert(choices).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(formula(name, tuple(p.shape), 0.3, 1.0 if name.endswith("LayerNorm.weight") else 0.0))
    model = model.double()
    grid = formula(choices["grid"], (3, 49, LEVELS), 3.0).double()
    losses, relations, emissions, gates, maps = [], [], [], [], []
    for b in range(3):
        E, g, logits, map_, seen = model.post(b, grid)
        losses.append(-model.crf(E[None], torch.tensor(LABELS[b])[None], reduction="sum"))
        emissions.append(rounded(E))
        gates.append(float(g) if seen else 0.0)
        maps.append([rounded(row) for row in map_])
        if logits is not None:
            relations.append(nn.functional.cross_entropy(logits[None], torch.tensor([RELATION[b]])))
    loss = torch.stack(losses).mean()
    out = dict(choices, loss=loss.item(), emissions=emissions, maps=maps)
    if relations:
        relation = torch.stack(relations).mean()
        out.update(gates=gates, relation_loss=relation.item())
        loss = loss + 0.05 * relation
    loss.backward()
    out["gradients"] = {}
    for name, p in model.named_parameters():
        if p.grad is not None:
            out["gradients"][name] = summary(name, p.grad)
    return out


def cases():
    usual = {"gate": "soft", "cell_positions": "post", "picture": True, "types": 2, "lstm_layers": 2, "vectors": False,
             "grid": "grid"}
    for change in ({}, {"cell_positions": "batch"}, {"gate": "hard", "types": 1, "grid": "grid 8"}, {"gate": "none", "vectors": True},
                   {"picture": False, "lstm_layers": 1}):
        yield case(**{**usual, **change})


OUT.write_text(json.dumps(list(cases()), separators=(",", ":")) + "\n")
