#!/usr/bin/env python3
"""The text-only recipe of MPCFN in Python, to compare with `mnerva-cli train --set text_only=true` (issue 3, show 8).

Needs torch, transformers (4.30 goes with torch 1.13) and pytorch-crf. Same encoder, words as sums of their sub-tokens, Linear(H -> C) on dropout,
CRF over words, AdamW groups (encoder lr, wd 1e-2; emission and CRF crf-lr, wd 1e-2), linear warm-up, batches of posts of
like length, best epoch by lenient F1 on valid, the test split scored once with it. Random numbers differ.

usage: text_only_recipe.py ENCODER_DIR DATA_DIR [--epochs 4] [--lr 1e-4] [--crf-lr 1e-2] [--warmup .05] [--batch 8]
                           [--seeds 1,2,3] [--threads 2] [--out FILE]
"""
import argparse
import json
import random
import time

import torch
import torch.nn as nn
from torchcrf import CRF
from transformers import AutoModel, BertTokenizer, get_linear_schedule_with_warmup


def read(path):
    """Posts of an MNER text file as (words, tags); OTHER is MISC."""
    posts, words, tags = [], [], []
    for line in open(path, encoding="utf-8", newline="\n"):
        line = line.rstrip("\n")
        if line.startswith("IMGID:"):
            continue
        if not line:
            if words:
                posts.append((words, tags))
            words, tags = [], []
            continue
        word, tag = line.split("\t")
        words.append(word)
        tags.append(tag[:2] + "MISC" if "OTHER" in tag else tag)
    if words:
        posts.append((words, tags))
    return posts


def chunks(tags):
    out, begin, last, kind = set(), 0, "O", ""
    for i, tag in enumerate(tags + ["O"]):
        p, t = tag[0], tag.split("-", 1)[1] if "-" in tag else "_"
        if last != "O" and (last in "ES" or (last in "BI" and p in "BSO") or t != kind):
            out.add((kind, begin, i - 1))
        if p in "BS" or (p in "EI" and last in "ESO") or (p != "O" and t != kind):
            begin = i
        last, kind = p, t
    return out


class TextOnly(nn.Module):
    def __init__(self, folder, tags):
        super().__init__()
        self.bert = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.drop = nn.Dropout(self.bert.config.hidden_dropout_prob)
        self.emission = nn.Linear(self.bert.config.hidden_size, tags)
        self.crf = CRF(tags, batch_first=True)

    def emissions(self, batch):
        states = self.bert(input_ids=batch["ids"], attention_mask=batch["mask"].long()).last_hidden_state
        return self.emission(self.drop(batch["pooling"].bmm(states)))


def encode(tokenizer, posts, index):
    """Words without a sub-token are left out of the model and tagged O."""
    out = []
    for words, tags in posts:
        ids, spans, kept = [tokenizer.cls_token_id], [], []
        for w, word in enumerate(words):
            pieces = tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word))
            if pieces:
                spans.append((len(ids), len(pieces)))
                kept.append(w)
                ids += pieces
        ids.append(tokenizer.sep_token_id)
        out.append({"ids": ids, "spans": spans, "kept": kept, "tags": [index[tags[w]] for w in kept], "gold": tags})
    return out


def collate(posts):
    N, n = max(len(p["ids"]) for p in posts), max(len(p["kept"]) for p in posts)
    batch = {"ids": torch.zeros(len(posts), N, dtype=torch.long), "mask": torch.zeros(len(posts), N, dtype=torch.bool),
             "pooling": torch.zeros(len(posts), n, N), "words": torch.zeros(len(posts), n, dtype=torch.bool),
             "tags": torch.zeros(len(posts), n, dtype=torch.long)}
    for b, post in enumerate(posts):
        batch["ids"][b, :len(post["ids"])] = torch.tensor(post["ids"])
        batch["mask"][b, :len(post["ids"])] = True
        for i, (first, count) in enumerate(post["spans"]):
            batch["pooling"][b, i, first:first + count] = 1
        batch["words"][b, :len(post["kept"])] = True
        batch["tags"][b, :len(post["kept"])] = torch.tensor(post["tags"])
    return batch


def epoch_batches(posts, size, seed, epoch):
    r, order = random.Random(seed * 1000003 + epoch), list(range(len(posts)))
    r.shuffle(order)
    pooled = []
    for i in range(0, len(order), 32 * size):
        pooled += sorted(order[i:i + 32 * size], key=lambda j: len(posts[j]["ids"]))
    batches = [pooled[i:i + size] for i in range(0, len(pooled), size)]
    r.shuffle(batches)
    return batches


@torch.no_grad()
def score(model, posts, names):
    model.eval()
    order, correct, gold, predicted = sorted(range(len(posts)), key=lambda j: len(posts[j]["ids"])), 0, 0, 0
    for i in range(0, len(order), 32):
        some = [posts[j] for j in order[i:i + 32]]
        batch = collate(some)
        paths = model.crf.decode(model.emissions(batch), mask=batch["words"])
        for post, path in zip(some, paths):
            tags = ["O"] * len(post["gold"])
            for w, tag in zip(post["kept"], path):
                tags[w] = names[tag]
            a, b = chunks(post["gold"]), chunks(tags)
            correct, gold, predicted = correct + len(a & b), gold + len(a), predicted + len(b)
    return 2 * correct / (gold + predicted) if gold + predicted else 0.0


def train(o, seed, tokenizer, splits, names):
    torch.manual_seed(seed)
    model = TextOnly(o.encoder, len(names))
    optimiser = torch.optim.AdamW([
        {"params": list(model.bert.parameters()), "lr": o.lr, "weight_decay": 1e-2},
        {"params": list(model.emission.parameters()) + list(model.crf.parameters()), "lr": o.crf_lr, "weight_decay": 1e-2}])
    steps = o.epochs * -(-len(splits["train"]) // o.batch)
    schedule = get_linear_schedule_with_warmup(optimiser, o.warmup * steps, steps)
    best, kept, seconds = -1.0, None, []
    for epoch in range(1, o.epochs + 1):
        model.train()
        began = time.time()
        for members in epoch_batches(splits["train"], o.batch, seed, epoch):
            batch = collate([splits["train"][j] for j in members])
            loss = -model.crf(model.emissions(batch), batch["tags"], mask=batch["words"], reduction="mean")
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        seconds.append(time.time() - began)
        f1 = score(model, splits["valid"], names)
        if f1 >= best:
            best, kept = f1, {k: v.clone() for k, v in model.state_dict().items()}
        print(f"seed {seed} epoch {epoch}: valid F1 {f1:.4f}, {seconds[-1]:.1f} s", flush=True)
    model.load_state_dict(kept)
    return {"seed": seed, "valid": best, "test": score(model, splits["test"], names), "seconds": sum(seconds) / len(seconds)}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("encoder")
    ap.add_argument("data")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--batch", type=int, default=8)
    ap.add_argument("--lr", type=float, default=1e-4)
    ap.add_argument("--crf-lr", type=float, default=1e-2)
    ap.add_argument("--warmup", type=float, default=.05)
    ap.add_argument("--seeds", default="1,2,3")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--out")
    o = ap.parse_args()
    torch.set_num_threads(o.threads)
    tokenizer = BertTokenizer.from_pretrained(o.encoder)
    raw = {s: read(f"{o.data}/{s}.txt") for s in ("train", "valid", "test")}
    types = sorted({t[2:] for _, tags in raw["train"] for t in tags if t != "O"})
    names = ["O"] + [f"{p}-{t}" for t in types for p in "BI"]
    index = {name: i for i, name in enumerate(names)}
    splits = {s: encode(tokenizer, posts, index) for s, posts in raw.items()}
    results = [train(o, seed, tokenizer, splits, names) for seed in map(int, o.seeds.split(","))]
    for r in results:
        print(f"python seed {r['seed']}: test F1 {100 * r['test']:.2f}, valid {100 * r['valid']:.2f}, {r['seconds']:.1f} s an epoch")
    print(f"python mean test F1 {100 * sum(r['test'] for r in results) / len(results):.2f}")
    if o.out:
        json.dump(results, open(o.out, "w"), indent=1)


if __name__ == "__main__":
    main()
