"""Deterministic numbers that Python and C++ compute alike (tests/unit/nn/nn_test.h), so that golden files need no weights.

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


def fill_resnet(module):
    """Kernels by fan-in, variances and scales positive, everything else small by its name; the classifier stays."""
    with torch.no_grad():
        for name, t in module.state_dict().items():
            if name.endswith("num_batches_tracked") or name.startswith("fc."):
                continue
            if t.dim() == 4:
                values = formula(name, tuple(t.shape), (6.0 / (t.shape[1] * t.shape[2] * t.shape[3])) ** 0.5)
            elif name.endswith("running_var"):
                values = formula(name, tuple(t.shape), 0.3, 1.0)
            elif name.endswith("weight"):
                values = formula(name, tuple(t.shape), 0.1, 0.5)
            else:
                values = formula(name, tuple(t.shape), 0.1)
            t.copy_(values)


def summary(name, g):
    """Sum, sum of squares, and the dot product with a formula."""
    g = g.double()
    return rounded(torch.stack([g.sum(), (g * g).sum(), (g * formula("dot " + name, tuple(g.shape)).double()).sum()]))


def gradients(module):
    """The summary of each parameter that has a gradient."""
    return {name: summary(name, p.grad) for name, p in module.named_parameters() if p.grad is not None}
