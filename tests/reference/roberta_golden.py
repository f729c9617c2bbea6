#!/usr/bin/env python3
"""Makes tests/golden/nn_roberta.json: what transformers' RobertaModel computes, for tests/unit/nn/bert_test.cpp.

    python tests/reference/roberta_golden.py      # torch 1.13 or later, transformers (4.30 was used)
"""
import json
import pathlib

import torch
from transformers import RobertaConfig, RobertaModel

from nn_formula import fill_bert, formula, gradients, rounded

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden"
KEYS = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings", "type_vocab_size",
        "hidden_act", "hidden_dropout_prob", "attention_probs_dropout_prob", "layer_norm_eps", "pad_token_id", "model_type")


def main():
    config = RobertaConfig(vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                           max_position_embeddings=11, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1)
    model = RobertaModel(config, add_pooling_layer=False).eval()
    fill_bert(model)
    # Padding at the end, none, and (as no reader of ours makes it, but positions must skip it) between the tokens.
    ids = torch.tensor([[0, 7, 19, 33, 2, 1, 1, 1, 1], [0, 11, 48, 49, 5, 20, 30, 40, 2], [0, 8, 1, 1, 9, 10, 1, 2, 1]])
    mask = (ids != config.pad_token_id).long()
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state * mask[:, :, None]
    (hidden * formula("loss", tuple(hidden.shape))).sum().backward()
    content = {"config": {k: v for k, v in config.to_dict().items() if k in KEYS}, "ids": ids.tolist(), "mask": mask.tolist(),
               "hidden": rounded(hidden), "gradients": gradients(model)}
    (OUT / "nn_roberta.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
