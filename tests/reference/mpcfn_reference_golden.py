#!/usr/bin/env python3
"""Makes tests/golden/mpcfn_reference.json: MPCFN, variant reference-code (models.md 5.4), in plain PyTorch.

    python3 tests/reference/mpcfn_reference_golden.py
Weights, pictures and posts are those of nn_formula.py, by name, so the file holds results only. Sizes: N = 54 positions (27
before, 27 after the middle; each of 49 cells stands for two), K = 3 crops. The ResNet of the 16-row prefix is stood in for by
tanh of the first pixels.
"""
import json
import pathlib

import torch

from hvpnet_golden import Weights, block, negative_log_likelihood
from nn_formula import formula, rounded

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden"
H, L, A, I, C, K, HIDDEN, WIDTHS, N, CELLS = 16, 2, 2, 32, 9, 3, 24, (2, 3, 4, 5), 54, 49
CT = sum(WIDTHS)
D = H // A


def no_prefix(x):
    return torch.zeros(x.shape[0], 0, H), torch.zeros(x.shape[0], 0, H), torch.zeros(x.shape[0], 0).bool()


def bert(w, name, inputs, types, mask, prefixes=None):
    """inputs [B, n, H], types list of n token types -> last hidden, attention of the last layer [B, A, n, P + n]."""
    n = inputs.shape[1]
    x = inputs + w.get(name + "embeddings.position_embeddings.weight", 128, H)[:n]
    x = x + w.get(name + "embeddings.token_type_embeddings.weight", 2, H)[torch.tensor(types)]
    x = w.norm(x, name + "embeddings.LayerNorm")
    for l in range(L):
        x, attention = block(w, f"{name}encoder.layer.{l}.", x, mask, prefixes[l] if prefixes else no_prefix(x), A, I)
    return x, attention


def words(w, name, ids):
    """As nn.Embedding(padding_idx=0) of the public code: the vector of padding is read, and gets no gradient."""
    rows = w.get(name + "embeddings.word_embeddings.weight", 20, H)[ids]
    return torch.where(ids[..., None] == 0, rows.detach(), rows)


def prompts(w, rows):
    """4.6 steps 2 and 3 for [B, images, 4, Ct]: per layer a list over images of KV [B, 4, 2H], and of gates [B, 4]."""
    layers = []
    for l in range(L):
        kv, gates = [], []
        for k in range(rows.shape[1]):
            Z = w.linear(torch.tanh(w.linear(rows[:, k], "prompt_in", HIDDEN)), "prompt_out", 8 * H)
            slices = [Z[..., i * 2 * H:(i + 1) * 2 * H] for i in range(4)]
            s = sum(slices).flatten(1) / 4
            g = torch.nn.functional.leaky_relu(w.linear(s, f"level_gate_{l + 1}", 4), 0.01).softmax(-1)
            kv.append(sum(g[:, i, None, None] * slices[i] for i in range(4)))
            gates.append(g)
        layers.append((kv, gates))
    return layers


def by_row(attention, P):
    """Attention [B, A, n, P + ..] of a plainly reshaped prefix, put together by the row that a slice was cut from."""
    out = torch.zeros(attention.shape[:3] + (P,))
    for a in range(A):
        for p in range(P):
            flat = (a * P + p) * D  # index of the slice's first number in the P x H prefix
            out[:, a, :, flat // H] += attention[:, a, :, p]
    return out / out.sum(-1, keepdim=True)


def forward(w, ids, mask, grid, rows, pixels, cf=True, cp=True, full=False):
    B = ids.shape[0]
    text = words(w, "bert.", ids)
    T, _ = bert(w, "bert.", text, [0] * N, mask)  # step 1
    cells = w.linear(grid[..., CT - WIDTHS[3]:], "projection", H)
    # step 2
    joint = torch.cat([words(w, "gate_bert.", ids), cells], 1)
    h, _ = bert(w, "gate_bert.", joint, [0] * N + [1] * CELLS, torch.cat([mask, torch.ones(B, CELLS).bool()], 1))
    r = w.linear(h[:, 0], "relevance", 2).softmax(-1)[:, 1]
    gated = r[:, None, None, None] * pixels if cp else pixels
    # steps 3 and 4
    pictures = rows[:, 1:]
    if full:
        pictures = torch.cat([torch.tanh(gated.flatten(1)[:, :4 * CT]).view(B, 1, 4, CT), pictures], 1)
    layers = prompts(w, pictures)
    prefixes = []
    for kv, _ in layers:
        joined = torch.cat(kv, 1)
        prefixes.append((joined[..., :H], joined[..., H:], torch.ones(B, joined.shape[1]).bool()))
    X_t, over_pictures = bert(w, "bert.", text, [0] * N, mask, prefixes)
    out = {"relevance": r, "gates": [g[0] for _, g in layers], "over_pictures": by_row(over_pictures, prefixes[0][0].shape[1])}
    if not cf:
        out["emissions"] = w.linear(X_t, "emission", C)
        return out
    # step 5
    q = N // 2
    prefix = (T[:, :q], T[:, q:2 * q], torch.ones(B, q).bool())
    X_v, over_text = bert(w, "bert.", cells, [1] * CELLS, torch.ones(B, CELLS).bool(), [prefix] * L)
    out["over_text"] = by_row(over_text, q)
    times = -(-N // CELLS)
    spread = torch.stack([X_v[:, i // times] for i in range(N)], 1)
    out["emissions"] = w.linear(torch.cat([X_t, spread], -1), "emission", C)  # step 6
    return out


def posts():
    lengths = (9, 41)
    ids = torch.zeros(2, N, dtype=torch.long)
    tags = torch.zeros(2, N, dtype=torch.long)
    for b, n in enumerate(lengths):
        for i in range(n):
            ids[b, i] = 4 + (5 * i + 3 * b) % 16
            tags[b, i] = 1 + (i + b) % 6
        ids[b, 0], ids[b, n - 1], tags[b, 0], tags[b, n - 1] = 2, 3, 7, 8
    return ids, tags, lengths


def main():
    ids, tags, lengths = posts()
    mask = torch.tensor([[i < n for i in range(N)] for n in lengths])
    grid = formula("grid", (2, CELLS, CT), 1.5)
    rows = formula("prompt rows", (2, 1 + K, 4, CT), 1.5)
    pixels = formula("pixels", (2, 3, 5, 4), 2.0)

    w = Weights()
    usual = forward(w, ids, mask, grid, rows, pixels)
    loss = sum(negative_log_likelihood(w, usual["emissions"][b], tags[b], n) for b, n in enumerate(lengths)) / 2
    loss.backward()
    trained = ("bert.", "prompt_", "level_gate_", "emission.", "crf.")
    full = forward(Weights(), ids, mask, grid, rows, pixels, full=True)
    ungated = forward(Weights(), ids, mask, grid, rows, pixels, full=True, cp=False)
    plain = forward(Weights(), ids, mask, grid, rows, pixels, cf=False)
    # A part of the rows keeps the file small.
    result = {"ids": ids.tolist(), "tags": tags.tolist(), "mask": mask.int().tolist(), "loss": rounded(loss),
              "emissions": rounded(usual["emissions"]), "relevance": rounded(usual["relevance"]),
              "over_pictures": rounded(usual["over_pictures"][1, :, ::6]), "over_text": rounded(usual["over_text"][1, :, ::12]),
              "full_emissions": rounded(full["emissions"][:, ::3]), "full_gates": [rounded(g) for g in full["gates"]],
              "full_over_pictures": rounded(full["over_pictures"][1, :, ::9]),
              "full_ungated_emissions": rounded(ungated["emissions"][:, ::3]),
              "plain_emissions": rounded(plain["emissions"][:, ::3]), "gradients": w.gradients(trained)}
    path = OUT / "mpcfn_reference.json"
    path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
