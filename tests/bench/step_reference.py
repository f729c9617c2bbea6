#!/usr/bin/env python3
"""The training step of step_bench.cpp in PyTorch: same sizes, same batch, AdamW. usage: step_reference.py SYSTEM THREADS STEPS [bf16]
bf16: under torch.autocast on the CPU, as PyTorch means it; weights and their moments stay float32."""
import json
import pathlib
import resource
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
from torch_systems import Hvpnet, Mpcfn, Sizes  # noqa: E402


def batch():
    """Post b has 16 + b words; word w has 1 + (w + b) % 3 pieces."""
    posts = [[1 + (w + b) % 3 for w in range(16 + b)] for b in range(8)]
    N, n = max(map(sum, posts)) + 2, max(map(len, posts))
    ids, mask = torch.zeros(8, N, dtype=torch.long), torch.zeros(8, N, dtype=torch.bool)
    pooling, unit_mask = torch.zeros(8, n + 2, N), torch.zeros(8, n, dtype=torch.bool)
    for b, pieces in enumerate(posts):
        used, at = sum(pieces), 1
        ids[b, 0], ids[b, used + 1] = 101, 102
        mask[b, : used + 2] = True
        pooling[b, 0, 0] = pooling[b, n + 1, used + 1] = 1
        for w, count in enumerate(pieces):
            for p in range(count):
                ids[b, at + p] = 2000 + 37 * w + 11 * b + p
            pooling[b, w + 1, at : at + count] = 1
            unit_mask[b, w] = True
            at += count
    return ids, mask, pooling, unit_mask


def main():
    system, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    is_bf16 = sys.argv[4:] == ["bf16"]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    ids, mask, pooling, unit_mask = batch()
    if system == "mpcfn":
        model = Mpcfn(Sizes(tags=9))
        width = sum(model.s.widths)
        grid, crops = torch.randn(8, 49, width), torch.randn(8, 3, 4, width)
        tags = torch.randint(0, 9, unit_mask.shape)
        loss_of = lambda: model.loss(model(ids, mask, pooling, unit_mask, grid, crops)[0], tags, unit_mask)
    else:
        model = Hvpnet(Sizes(tags=13))
        prompts, tags = torch.randn(8, 4, 4, sum(model.s.widths)), torch.randint(0, 13, ids.shape)
        loss_of = lambda: model.loss(model(ids, mask, prompts), tags, mask)
    for layer in model.modules():
        if isinstance(layer, (torch.nn.Linear, torch.nn.Embedding)):
            torch.nn.init.normal_(layer.weight, 0, 0.02)
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-6, weight_decay=1e-2)
    seconds = []
    for step in range(steps + 1):
        began = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_bf16):
            loss = loss_of()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        value = loss.item()
        if step > 0:
            seconds.append(time.perf_counter() - began)
    seconds.sort()
    print(json.dumps({"system": system, "threads": threads, "positions": ids.shape[1], "median": seconds[len(seconds) // 2],
                      "least": seconds[0], "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "loss": value, "precision": "bf16" if is_bf16 else "fp32",
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()
