#!/usr/bin/env python3
"""Makes tests/golden/bert_tagger.json: BERT and BERT-CRF (models.md 4.1, 4.2) in plain PyTorch, for
tests/unit/models/bert_tagger_test.cpp: X mode, where each position has a tag, and First mode, where each word has one.

Needs torch, transformers, pytorch-crf. Run by hand: python3 tests/reference/bert_tagger_golden.py
Weights are those of nn_formula.py, by the names of the parameters.
"""
import json
import pathlib

import torch
from torch import nn
from torchcrf import CRF
from transformers import BertModel

from nn_formula import fill_bert, gradients, rounded
from umt_golden import CONFIG, H

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "bert_tagger.json"
WORD_TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
X_TAGS = ["PAD", *WORD_TAGS, "X", "[CLS]", "[SEP]"]
# Pieces of each word (a word of none vanished), and the tag of each.
POSTS = [([[5], [9, 14], [7]], [1, 2, 0]), ([[4], [6], [8, 10, 12], [], [19], [11, 15]], [0, 3, 4, 1, 0, 1]), ([[17]], [3])]


class Tagger(nn.Module):
    def __init__(self, classes, crf):
        super().__init__()
        self.bert = BertModel(CONFIG, add_pooling_layer=False)
        self.emission = nn.Linear(H, classes)
        if crf:
            self.crf = CRF(classes, batch_first=True)


def case(mode, crf):
    model = Tagger(len(X_TAGS) if mode == "x" else len(WORD_TAGS), crf).eval()
    fill_bert(model)
    model = model.double()
    N = max(2 + sum(map(len, words)) for words, _ in POSTS)
    ids, mask = torch.zeros(len(POSTS), N, dtype=torch.long), torch.zeros(len(POSTS), N, dtype=torch.bool)
    for b, (words, _) in enumerate(POSTS):
        row = [2, *(piece for word in words for piece in word), 3]
        ids[b, :len(row)] = torch.tensor(row)
        mask[b, :len(row)] = True
    all_emissions = model.emission(model.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state)
    emissions, total, units, best = [], 0.0, 0, []
    for b, (words, tags) in enumerate(POSTS):
        places, wanted, at = [], [], 1
        if mode == "x":
            places, wanted = [0], [X_TAGS.index("[CLS]")]
        for word, tag in zip(words, tags):
            if not word:
                continue
            places.append(at)
            wanted.append(tag + 1 if mode == "x" else tag)
            if mode == "x":
                places += range(at + 1, at + len(word))
                wanted += [X_TAGS.index("X")] * (len(word) - 1)
            at += len(word)
        if mode == "x":
            places.append(at)
            wanted.append(X_TAGS.index("[SEP]"))
        E, y = all_emissions[b, places], torch.tensor(wanted)
        emissions += rounded(E)
        units += len(places)
        if crf:
            total = total - model.crf(E[None], y[None], reduction="sum")
            best.append(model.crf.decode(E[None])[0])
        else:
            total = total + nn.functional.cross_entropy(E, y, reduction="sum")
            best.append(E.argmax(-1).tolist())
    loss = total / (len(POSTS) if crf else units)
    loss.backward()
    return {"system": "bert-crf" if crf else "bert", "subtoken": mode, "words": [words for words, _ in POSTS],
            "tags": [tags for _, tags in POSTS], "emissions": emissions, "best": best, "loss": loss.item(),
            "gradients": gradients(model)}


if __name__ == "__main__":
    OUT.write_text(json.dumps([case(m, c) for m in ("x", "first") for c in (False, True)], separators=(",", ":")) + "\n")
