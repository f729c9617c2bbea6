#!/usr/bin/env python3
"""Makes tests/golden/{nn_prefix_block,hvpnet}.json: prefix attention and HVPNeT (models.md 4.6) in plain PyTorch.

    python3 tests/reference/hvpnet_golden.py
Weights and pictures are those of nn_formula.py, by the parameters' names, so the files hold results only.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

from nn_formula import formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden"


class Weights(dict):
    """A parameter is made when it is first asked for."""

    def get(self, name, *shape):
        if name not in self:
            self[name] = formula(name, shape, 0.15, 1.0 if name.endswith("LayerNorm.weight") else 0.0).requires_grad_()
        return self[name]

    def linear(self, x, name, out):
        return x @ self.get(name + ".weight", out, x.shape[-1]).t() + self.get(name + ".bias", out)

    def norm(self, x, name):
        H = x.shape[-1]
        return F.layer_norm(x, (H,), self.get(name + ".weight", H), self.get(name + ".bias", H), 1e-12)

    def gradients(self, starts=("",)):
        """Of the parameters whose names begin so."""
        out = {}
        for name, p in self.items():
            if not name.startswith(starts):
                continue
            out[name] = summary(name, p.grad)
        return out


def block(w, name, x, mask, prefix, A, I):
    """One post and one head at a time. x [B, N, H], mask bool [B, N], prefix (K [B, P, H], V, mask bool [B, P])."""
    B, N, H = x.shape
    D = H // A
    q, k, v = (w.linear(x, name + "attention.self." + part, H) for part in ("query", "key", "value"))
    K, V, use = prefix
    P = K.shape[1]
    contexts, attention = [], []
    for b in range(B):
        heads = []
        for a in range(A):
            cols = slice(a * D, (a + 1) * D)
            # element (a, p, d) is flat index a*P*D + p*D + d
            own = [t[b].flatten()[a * P * D:(a + 1) * P * D].reshape(P, D) for t in (K, V)]
            keys, values = torch.cat([own[0], k[b, :, cols]]), torch.cat([own[1], v[b, :, cols]])
            score = q[b, :, cols] @ keys.t() / D ** 0.5
            score = score.masked_fill(~torch.cat([use[b], mask[b]])[None], float("-inf"))
            weights = score.softmax(-1)
            attention.append(weights)
            heads.append(weights @ values)
        contexts.append(torch.cat(heads, 1))
    y = w.norm(x + w.linear(torch.stack(contexts), name + "attention.output.dense", H), name + "attention.output.LayerNorm")
    up = F.gelu(w.linear(y, name + "intermediate.dense", I))
    out = w.norm(y + w.linear(up, name + "output.dense", H), name + "output.LayerNorm")
    return out, torch.stack(attention).view(B, A, N, P + N)


def prefix_block():
    w = Weights()
    x, K, V = (formula(n, s).requires_grad_() for n, s in (("source", (2, 5, 24)), ("keys", (2, 4, 24)), ("values", (2, 4, 24))))
    mask = torch.tensor([[1, 1, 1, 0, 0], [1] * 5]).bool()
    use = torch.tensor([[1, 1, 1, 1], [1, 0, 1, 0]]).bool()
    out, attention = block(w, "", x, mask, (K, V, use), 3, 40)
    (out * formula("loss", tuple(out.shape))).sum().backward()
    return {"mask": mask.int().tolist(), "prefix_mask": use.int().tolist(), "output": rounded(out), "attention": rounded(attention),
            "source_gradient": rounded(x.grad), "keys_gradient": rounded(K.grad), "values_gradient": rounded(V.grad),
            "gradients": w.gradients()}


def negative_log_likelihood(w, E, y, n):
    C = E.shape[1]
    start, end, T = w.get("crf.start_transitions", C), w.get("crf.end_transitions", C), w.get("crf.transitions", C, C)
    score, alpha = start[y[0]] + E[0, y[0]], start + E[0]
    for i in range(1, n):
        score = score + T[y[i - 1], y[i]] + E[i, y[i]]
        alpha = torch.logsumexp(alpha[:, None] + T + E[i][None], 0)
    return torch.logsumexp(alpha + end, 0) - score - end[y[n - 1]]


def hvpnet():
    H, L, A, I, C, K, hidden, widths = 16, 2, 2, 32, 9, 2, 24, (2, 3, 4, 5)
    Ct = sum(widths)
    ids = torch.tensor([[2, 7, 9, 13, 18, 5, 3], [2, 11, 4, 3, 0, 0, 0], [2, 6, 6, 8, 3, 0, 0]])
    tags = torch.tensor([[7, 1, 2, 6, 3, 1, 8], [7, 4, 1, 8, 0, 0, 0], [7, 1, 5, 6, 8, 0, 0]])
    mask, picture = ids != 0, torch.tensor([True, True, False])
    B, N = ids.shape
    w = Weights()
    # step 1
    stages = [formula(f"stage {i}", (B * (1 + K), c, 56 >> i, 56 >> i), 2.0) for i, c in enumerate(widths)]
    cells = [F.avg_pool2d(s, kernel_size=s.shape[-1] // 2, stride=s.shape[-1] // 2) for s in stages]
    rows = torch.cat(cells, 1).reshape(B, 1 + K, 4 * Ct)
    rows = torch.stack([rows[..., r * Ct:(r + 1) * Ct] for r in range(4)], 2)
    # step 2
    Z = w.linear(torch.tanh(w.linear(rows, "prompt_in", hidden)), "prompt_out", 8 * H)
    Z = torch.split(Z, 2 * H, -1)
    x = w.get("bert.embeddings.word_embeddings.weight", 20, H)[ids]
    x = x + w.get("bert.embeddings.position_embeddings.weight", 80, H)[:N] + w.get("bert.embeddings.token_type_embeddings.weight", 2, H)[0]
    x = w.norm(x, "bert.embeddings.LayerNorm")
    gates = []
    for l in range(L):
        s = ((Z[0] + Z[1] + Z[2] + Z[3]) / 4).flatten(2)
        g = F.leaky_relu(w.linear(s, f"level_gate_{l + 1}", 4), 0.01).softmax(-1)  # step 3
        gates.append(g[:, 0])
        KV = sum(g[:, :, i, None, None] * Z[i] for i in range(4))
        KV = torch.cat([KV[:, k] for k in range(1 + K)], 1)  # step 4
        prefix = (KV[..., :H], KV[..., H:], picture[:, None].expand(B, 4 * (1 + K)))
        x, _ = block(w, f"bert.encoder.layer.{l}.", x, mask, prefix, A, I)  # step 5
    E = w.linear(x, "emission", C)  # step 6
    loss = sum(negative_log_likelihood(w, E[b], tags[b], int(mask[b].sum())) for b in range(B)) / B
    loss.backward()
    return {"ids": ids.tolist(), "tags": tags.tolist(), "mask": mask.int().tolist(), "picture": [picture.int().tolist()],
            "prompts": rounded(rows[:1]), "emissions": rounded(E), "loss": rounded(loss), "gates": [rounded(g) for g in gates],
            "gradients": w.gradients()}


if __name__ == "__main__":
    for name, content in (("nn_prefix_block.json", prefix_block()), ("hvpnet.json", hvpnet())):
        (OUT / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")
        print(name, (OUT / name).stat().st_size)
