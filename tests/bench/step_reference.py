#!/usr/bin/env python3
"""The training step of step_bench.cpp in PyTorch: same sizes, same batch, AdamW. usage: step_reference.py SYSTEM THREADS STEPS [bf16] [compile] [answer]
[device=cuda:0] [posts=8]     bf16: under torch.autocast, as PyTorch means it; compile: by torch.compile; weights and their moments stay float32;
answer: in place of a step, the tags by Viterbi, and the attention of all fusion layers."""
import json
import pathlib
import resource
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
from torch_systems import Bert, Hvpnet, Mpcfn, Sizes  # noqa: E402


def batch(count):
    """Post b has 16 + b words, the ninth as many as the first; word w has 1 + (w + b) % 3 pieces."""
    posts = [[1 + (w + b % 8) % 3 for w in range(16 + b % 8)] for b in range(count)]
    N, n = max(map(sum, posts)) + 2, max(map(len, posts))
    ids, mask = torch.zeros(count, N, dtype=torch.long), torch.zeros(count, N, dtype=torch.bool)
    pooling, unit_mask = torch.zeros(count, n + 2, N), torch.zeros(count, n, dtype=torch.bool)
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


def forward(device, count, threads, steps, is_bf16, is_compiled):
    """BERT-base forwards alone, posts of 48 sub-tokens."""
    model = Bert(Sizes()).to(device).eval()
    run = torch.compile(model) if is_compiled else model
    ids = torch.randint(0, 30000, (count, 48), device=device)
    mask = torch.ones(count, 48, dtype=torch.bool, device=device)
    seconds = []
    with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16, enabled=is_bf16):
        for step in range(steps + 1):
            began = time.perf_counter()
            run(ids, mask).float().sum().item()  # waits for the device
            if step > 0:
                seconds.append(time.perf_counter() - began)
    seconds.sort()
    print(json.dumps({"system": "bert", "threads": threads, "precision": "bf16" if is_bf16 else "fp32", "device": str(device),
                      "posts": count, "positions": 48, "compiled": is_compiled, "median": seconds[len(seconds) // 2],
                      "least": seconds[0], "torch": torch.__version__}))


def answer(model, outputs_of, unit_mask, told, steps):
    model.eval()
    seconds = []
    with torch.no_grad(), torch.autocast(unit_mask.device.type, dtype=torch.bfloat16, enabled=told["precision"] == "bf16"):
        for step in range(steps + 1):
            began = time.perf_counter()
            emissions, *rest = outputs_of()
            model.crf.decode(emissions.float(), mask=unit_mask)
            for map in rest[-1] if rest else []:
                map.cpu()
            if step > 0:
                seconds.append(time.perf_counter() - began)
    seconds.sort()
    print(json.dumps({**told, "what": "answer", "median": seconds[len(seconds) // 2], "least": seconds[0], "torch": torch.__version__}))


def main():
    system, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    words = sys.argv[4:]
    named = dict(word.split("=", 1) for word in words if "=" in word)
    is_bf16, is_compiled = "bf16" in words, "compile" in words
    device, count = torch.device(named.get("device", "cpu")), int(named.get("posts", 8))
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if system == "bert":
        return forward(device, count, threads, steps, is_bf16, is_compiled)
    ids, mask, pooling, unit_mask = (t.to(device) for t in batch(count))
    if system == "mpcfn":
        model = Mpcfn(Sizes(tags=9))
        width = sum(model.s.widths)
        grid, crops = torch.randn(count, 49, width, device=device), torch.randn(count, 3, 4, width, device=device)
        tags = torch.randint(0, 9, unit_mask.shape, device=device)
        outputs_of = lambda: model(ids, mask, pooling, unit_mask, grid, crops)
        loss_of = lambda: model.loss(outputs_of()[0], tags, unit_mask)
    else:
        model = Hvpnet(Sizes(tags=13))
        prompts, tags = torch.randn(count, 4, 4, sum(model.s.widths), device=device), torch.randint(0, 13, ids.shape, device=device)
        unit_mask, outputs_of = mask, lambda: (model(ids, mask, prompts),)
        loss_of = lambda: model.loss(outputs_of()[0], tags, mask)
    for layer in model.modules():
        if isinstance(layer, (torch.nn.Linear, torch.nn.Embedding)):
            torch.nn.init.normal_(layer.weight, 0, 0.02)
    model.to(device).train()
    if is_compiled:
        model.forward = torch.compile(model.forward)
    told = {"system": system, "threads": threads, "device": str(device), "posts": count, "compiled": is_compiled,
            "positions": ids.shape[1], "precision": "bf16" if is_bf16 else "fp32"}
    if "answer" in words:
        return answer(model, outputs_of, unit_mask, told, steps)
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-6, weight_decay=1e-2)
    seconds = []
    for step in range(steps + 1):
        began = time.perf_counter()
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=is_bf16):
            loss = loss_of()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        value = loss.item()
        if step > 0:
            seconds.append(time.perf_counter() - began)
    seconds.sort()
    peak = torch.cuda.max_memory_allocated(device) / 2**20 if device.type == "cuda" else 0
    print(json.dumps({**told, "device_mebibytes": peak, "median": seconds[len(seconds) // 2], "least": seconds[0],
                      "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "loss": value, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
