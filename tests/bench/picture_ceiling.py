#!/usr/bin/env python3
"""How well can the type of a picture-decided name be told from what a system is given of the picture, if it does nothing else?

Reads the frozen ResNet rows that `planted_signal.py` left in its project's cache and fits a small classifier on the training
posts whose name only the picture decides: on the whole picture's mean (UMGF, H-Index), on the four prompt rows (HVPNeT), on the
49 cells (all that look at cells). Accuracy on the test posts is what such a system can reach, roughly; chance is 1/3.

Needs torch. usage: picture_ceiling.py WORK [--seeds 1,2,3]   (WORK: that of planted_signal.py, after a run of each kind)
"""
import argparse
import hashlib
import json
import pathlib
import statistics
import struct

import torch

LAST_STAGE = 512  # channels of ResNet-18's last stage, the last of a row


def rows_of(file):
    data = file.read_bytes()
    magic, rows, channels, size = struct.unpack_from("<8sIII", data)
    if magic != b"MNFEAT01" or size != 4:
        raise SystemExit(f"{file}: no rows of float32")
    return torch.frombuffer(bytearray(data[32:]), dtype=torch.float32).view(rows, channels)


def view_of(rows, kind):
    if kind == "mean":
        return rows[:, -LAST_STAGE:].mean(0, keepdim=True)
    return rows[:, -LAST_STAGE:] if kind == "cells" else rows


class Probe(torch.nn.Module):
    """Rows at one scale, a hidden layer each; cells are chosen by attention, as the systems that look at cells do."""

    def __init__(self, width, rows, pooled):
        super().__init__()
        self.pooled, self.hidden = pooled, torch.nn.Linear(width, 128)
        self.query = torch.nn.Linear(128, 1)
        self.out = torch.nn.Linear(128 if pooled else 128 * rows, 3)

    def forward(self, x):
        h = torch.relu(self.hidden(torch.nn.functional.layer_norm(x, x.shape[-1:])))
        h = torch.nn.functional.dropout(h, 0.2, self.training)
        h = (self.query(h).softmax(1) * h).sum(1) if self.pooled else h.flatten(1)
        return self.out(h)


def accuracy(kind, data, seed):
    torch.manual_seed(seed)
    (x, y), (xt, yt) = data["train"], data["test"]
    probe = Probe(x.shape[2], x.shape[1], kind == "cells")
    epochs, batch = 60, 16
    optimiser = torch.optim.AdamW(probe.parameters(), 1e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-3, epochs * -(-len(x) // batch))
    for _ in range(epochs):
        for at in torch.randperm(len(x)).split(batch):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(probe(x[at]), y[at]).backward()
            optimiser.step()
            schedule.step()
    probe.eval()
    with torch.no_grad():
        return (probe(xt).argmax(1) == yt).float().mean().item()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work", type=pathlib.Path)
    ap.add_argument("--seeds", default="1,2,3")
    o = ap.parse_args()
    posts = [p for p in json.loads((o.work / "data" / "truth.json").read_text())["posts"] if p["decidedBy"] == "picture"]
    files = {p.name: p for p in (o.work / "project" / "cache" / "features").rglob("*.f32")}
    types = sorted({p["type"] for p in posts})
    for kind, mark in (("mean", "7"), ("prompt", "p"), ("cells", "7")):
        data = {}
        for split in ("train", "test"):
            x, y = [], []
            for post in (p for p in posts if p["split"] == split):
                picture = o.work / "data" / "images" / (post["id"] + ".jpg")
                file = files.get(f"{hashlib.sha256(picture.read_bytes()).hexdigest()}-{mark}.f32") if picture.exists() else None
                if file:
                    x.append(view_of(rows_of(file), kind))
                    y.append(types.index(post["type"]))
            data[split] = (torch.stack(x), torch.tensor(y)) if x else (torch.empty(0), torch.empty(0))
        if len(data["train"][0]) == 0:
            print(f"{kind}: no rows in the cache")
            continue
        found = [accuracy(kind, data, int(seed)) for seed in o.seeds.split(",")]
        spread = f" ± {statistics.stdev(found):.3f}" if len(found) > 1 else ""
        print(f"{kind}: {statistics.mean(found):.3f}{spread}, {len(data['train'][0])} training and {len(data['test'][0])} test posts",
              flush=True)


if __name__ == "__main__":
    main()
