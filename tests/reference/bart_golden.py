#!/usr/bin/env python3
"""Makes tests/golden/nn_bart.json: BART of transformers at a tiny size, for tests/unit/nn/bart_test.cpp.

Needs torch, transformers (4.30 was used). Run by hand: python3 tests/reference/bart_golden.py
"""
import json
import pathlib

import torch
from transformers import BartConfig, BartModel

from nn_formula import formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "nn_bart.json"
KEPT = ("model_type", "vocab_size", "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads",
        "decoder_attention_heads", "encoder_ffn_dim", "decoder_ffn_dim", "max_position_embeddings", "dropout",
        "attention_dropout", "activation_dropout", "activation_function", "scale_embedding", "pad_token_id",
        "bos_token_id", "eos_token_id")


def case(scale):
    config = BartConfig(vocab_size=24, d_model=16, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
                        decoder_attention_heads=4, encoder_ffn_dim=24, decoder_ffn_dim=32, max_position_embeddings=20,
                        scale_embedding=scale, dropout=0.1)
    model = BartModel(config).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            norm = "norm" in name and name.endswith("weight")
            p.copy_(formula(name, tuple(p.shape), 0.15, 1.0 if norm else 0.0))
    model = model.double()
    ids = torch.tensor([[0, 7, 19, 3, 2, 1, 1], [0, 5, 8, 11, 20, 9, 2]])
    mask = torch.tensor([[1] * 5 + [0] * 2, [1] * 7])
    target = torch.tensor([[0, 4, 6, 18, 2], [0, 10, 12, 2, 1]])
    out = model(input_ids=ids, attention_mask=mask, decoder_input_ids=target, output_attentions=True)
    hidden = out.last_hidden_state
    # Hugging Face gives the vector of padding no gradient, so padding must have no say.
    used = (target != config.pad_token_id)[:, :, None]
    (hidden * used * formula("loss", tuple(hidden.shape)).double()).sum().backward()
    gradients = {}
    for name, p in model.named_parameters():
        gradients[name] = summary(name, p.grad)
    return {"config": {k: v for k, v in config.to_dict().items() if k in KEPT}, "ids": ids.tolist(),
            "mask": mask.tolist(), "target": target.tolist(), "encoded": rounded(out.encoder_last_hidden_state * mask[:, :, None]),
            "hidden": rounded(hidden), "cross": rounded(out.cross_attentions[-1]), "gradients": gradients}


OUT.write_text(json.dumps([case(False), case(True)], separators=(",", ":")) + "\n")
