"""Deterministic numbers that Python and C++ compute alike (tests/unit/nn/formula.h), so that golden files need no weights.

Value i of a tensor: offset + scale * (2 u - 1), u the top 53 bits of splitmix64(fnv1a64(name) + i) over 2^53.
"""
import numpy as np
import torch

U64 = np.uint64


def fnv1a64(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def formula(name, shape, scale=1.0, offset=0.0):
    """float32 tensor of the given shape."""
    count = int(np.prod(shape)) if len(shape) else 1
    with np.errstate(over="ignore"):
        z = U64(fnv1a64(name)) + np.arange(count, dtype=U64)
        z = z + U64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> U64(30))) * U64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> U64(27))) * U64(0x94D049BB133111EB)
        z = z ^ (z >> U64(31))
    u = (z >> U64(11)).astype(np.float64) * 2.0 ** -53
    return torch.from_numpy((offset + scale * (2 * u - 1)).astype(np.float32).reshape(shape))


def rounded(tensor):
    """Flat list, nine digits: enough to give a float32 back exactly."""
    return [float(f"{x:.9g}") for x in tensor.detach().double().flatten().tolist()]


def fill_bert(module):
    """Norm weights near 1, everything else within +-0.15 by its name."""
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(formula(name, tuple(p.shape), 0.15, 1.0 if name.endswith("LayerNorm.weight") else 0.0))


def gradients(module):
    """Per parameter: sum, sum of squares, and the dot product with a formula."""
    out = {}
    for name, p in module.named_parameters():
        if p.grad is None:
            continue
        g = p.grad.double()
        out[name] = rounded(torch.stack([g.sum(), (g * g).sum(), (g * formula("dot " + name, tuple(g.shape)).double()).sum()]))
    return out
