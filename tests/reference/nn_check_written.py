#!/usr/bin/env python3
"""Opens in Python what the C++ side wrote: an encoder folder and a safetensors file. Run by hand:
    mkdir out && MNERVA_NN_OUT=out build/bin/unit_nn "[.python]" && python3 tests/reference/nn_check_written.py out
"""
import pathlib
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from transformers import BertModel

folder = pathlib.Path(sys.argv[1])
wanted = load_file(folder / "hidden.safetensors")["hidden"]
model, info = BertModel.from_pretrained(folder / "encoder", add_pooling_layer=False, output_loading_info=True)
assert not info["missing_keys"] and not info["unexpected_keys"], info
with torch.no_grad():
    found = model.eval()(input_ids=torch.tensor([[2, 5, 9, 3]]), attention_mask=torch.ones(1, 4)).last_hidden_state
with safe_open(folder / "encoder" / "model.safetensors", "pt") as file:
    print("metadata", file.metadata(), "tensors", len(file.keys()))
print("largest difference", (found - wanted).abs().max().item())
assert (found - wanted).abs().max() < 1e-5
