#!/usr/bin/env python3
"""Makes tests/golden/nn_*: what PyTorch, torchvision, transformers and pytorch-crf compute, for tests/unit/nn.

Needs torch 1.13 or later, torchvision, transformers (4.30 was used), pytorch-crf, safetensors. Run by hand:
    python3 tests/reference/nn_golden.py
Weights and inputs are those of nn_formula.py, so the files hold results only.
"""
import json
import pathlib
from collections import OrderedDict

import torch
import torchvision
from safetensors.torch import save_file
from torchcrf import CRF
from transformers import BertConfig, BertModel, get_linear_schedule_with_warmup
from transformers.models.bert.modeling_bert import BertLayer

from nn_formula import fill_bert, fill_resnet, formula, gradients, rounded

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden"


def write(name, content):
    (OUT / name).write_text(json.dumps(content, indent=None, separators=(",", ":")) + "\n")


def bert():
    config = BertConfig(vocab_size=50, hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=64,
                        max_position_embeddings=40, type_vocab_size=2, hidden_act="gelu", hidden_dropout_prob=0.1,
                        attention_probs_dropout_prob=0.1, layer_norm_eps=1e-12)
    model = BertModel(config, add_pooling_layer=False).eval()
    fill_bert(model)
    ids = torch.tensor([[2, 7, 19, 33, 41, 5, 3, 0, 0], [2, 11, 48, 49, 1, 20, 30, 40, 3]])
    types = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 1]])
    mask = torch.tensor([[1] * 7 + [0] * 2, [1] * 9])
    hidden = model(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
    (hidden * formula("loss", tuple(hidden.shape)) * mask[:, :, None]).sum().backward()
    write("nn_bert.json", {"config": {k: v for k, v in config.to_dict().items() if k in (
        "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings",
        "type_vocab_size", "hidden_act", "hidden_dropout_prob", "attention_probs_dropout_prob", "layer_norm_eps", "pad_token_id",
        "model_type")}, "ids": ids.tolist(), "types": types.tolist(), "mask": mask.tolist(),
        "hidden": rounded(hidden), "gradients": gradients(model)})


def cross_block():
    """CMT(Q; S): queries from Q, keys and values from S, through the parts of Hugging Face's layer."""
    config = BertConfig(vocab_size=5, hidden_size=24, num_attention_heads=3, intermediate_size=40, hidden_act="gelu")
    layer = BertLayer(config).eval()
    fill_bert(layer)
    q = formula("queries", (2, 5, 24)).requires_grad_()
    s = formula("source", (2, 7, 24)).requires_grad_()
    mask = torch.tensor([[1, 1, 1, 0, 0, 1, 0], [1] * 7])
    additive = (1.0 - mask[:, None, None, :].float()) * -10000.0
    context, attention = layer.attention.self(q, encoder_hidden_states=s, encoder_attention_mask=additive, output_attentions=True)
    y = layer.attention.output(context, q)
    out = layer.output(layer.intermediate(y), y)
    (out * formula("loss", tuple(out.shape))).sum().backward()
    write("nn_cross_block.json", {"mask": mask.tolist(), "output": rounded(out), "attention": rounded(attention),
                                  "query_gradient": rounded(q.grad), "source_gradient": rounded(s.grad),
                                  "gradients": gradients(layer)})


@torch.no_grad()
def resnet():
    out = {}
    for kind, side in (("resnet18", 224), ("resnet18", 64), ("resnet34", 64), ("resnet50", 64), ("resnet101", 64), ("resnet152", 64)):
        model = getattr(torchvision.models, kind)(weights=None).eval()
        fill_resnet(model)
        x = formula("image", (2, 3, side, side), 2.0)
        x = model.maxpool(model.relu(model.bn1(model.conv1(x))))
        stages = []
        for stage in (model.layer1, model.layer2, model.layer3, model.layer4):
            x = stage(x)
            flat = x.flatten()
            picked = flat[torch.arange(40) * (flat.numel() // 40)]
            stages.append({"shape": list(x.shape), "mean": float(x.double().mean()), "absolute": float(x.double().abs().mean()),
                           "largest": float(x.max()), "picked": rounded(picked),
                           "pooled": rounded(x.mean((2, 3))[0, :16])})
        out[f"{kind}@{side}"] = stages
    write("nn_resnet.json", out)


def crf():
    cases = []
    for C, lengths, scale in ((3, [5, 1, 3], 1.0), (13, [9, 4, 7, 1], 2.0), (7, [30, 12], 8.0)):
        B, n = len(lengths), max(lengths)
        model = CRF(C, batch_first=True).double()  # its float32 recursion is off by 1e-4 at scale 8
        tag = f"crf{C}"
        with torch.no_grad():
            for name, p in model.named_parameters():
                p.copy_(formula(tag + name, tuple(p.shape), scale))
        E = formula(tag + "E", (B, n, C), scale).double().requires_grad_()
        y = ((formula(tag + "y", (B, n)) + 1) / 2 * C).long().clamp(0, C - 1)
        mask = torch.arange(n)[None] < torch.tensor(lengths)[:, None]
        nll = -model(E, y, mask=mask, reduction="none")
        logz = model._compute_normalizer(E.transpose(0, 1), mask.transpose(0, 1))
        nll.mean().backward()
        cases.append({"tag": tag, "C": C, "lengths": lengths, "scale": scale, "y": y.tolist(), "nll": rounded(nll),
                      "log_z": rounded(logz), "grad_E": rounded(E.grad), "grad_start": rounded(model.start_transitions.grad),
                      "grad_end": rounded(model.end_transitions.grad), "grad_transitions": rounded(model.transitions.grad),
                      "viterbi": model.decode(E, mask=mask)})
    write("nn_crf.json", cases)


def adamw():
    shapes = OrderedDict(a=(5, 3), b=(7,), c=(2, 2, 2), d=(4,))
    params = OrderedDict((n, torch.nn.Parameter(formula("value " + n, s))) for n, s in shapes.items())
    groups = [{"params": [params["a"], params["b"]], "lr": 3e-3, "weight_decay": 1e-2},
              {"params": [params["c"], params["d"]], "lr": 5e-2, "weight_decay": 5e-2}]
    total, share = 14, 0.25
    optimiser = torch.optim.AdamW(groups)
    schedule = get_linear_schedule_with_warmup(optimiser, share * total, total)
    norms, factors = [], []
    for step in range(total):
        for n, p in params.items():
            # `d` has no gradient in every third step, as a module that a batch did not use.
            p.grad = None if n == "d" and step % 3 == 1 else formula(f"gradient {n} {step}", tuple(p.shape))
        norms.append(float(torch.nn.utils.clip_grad_norm_(params.values(), 1.0)) if step >= 7 else 0.0)
        factors.append(optimiser.param_groups[0]["lr"] / 3e-3)
        optimiser.step()
        schedule.step()
    write("nn_adamw.json", {"total": total, "share": share, "norms": norms, "factors": factors,
                            "values": {n: rounded(p) for n, p in params.items()},
                            "exp_avg": {n: rounded(optimiser.state[p]["exp_avg"]) for n, p in params.items()},
                            "exp_avg_sq": {n: rounded(optimiser.state[p]["exp_avg_sq"]) for n, p in params.items()}})


def state_files():
    """The same small state as a PyTorch zip (views, shared storage, three float types) and as safetensors."""
    base = formula("base", (6, 4))
    state = OrderedDict()
    state["plain"] = base
    state["transposed"] = base.t()
    state["column"] = base[:, 1]
    state["tail"] = base[3:]
    state["parameter"] = torch.nn.Parameter(formula("parameter", (3,)))
    state["half"] = formula("half", (2, 3)).half()
    state["brain"] = formula("brain", (5,)).bfloat16()
    state["count"] = torch.tensor([1, -2, 1 << 40])
    state["scalar"] = formula("scalar", ())
    state["empty"] = torch.empty(0, 3)
    state["bert.encoder.LayerNorm.gamma"] = formula("gamma", (4,))
    state["bert.encoder.LayerNorm.beta"] = formula("beta", (4,))
    state._metadata = OrderedDict([("", {"version": 1})])
    torch.save(state, OUT / "nn_state.pth")
    torch.save({"epoch": 3, "lr": 0.1, "state_dict": {"w": base}}, OUT / "nn_checkpoint.pth")
    torch.save(OrderedDict(w=base), OUT / "nn_legacy.pth", _use_new_zipfile_serialization=False)
    save_file({n: t.detach().contiguous().clone() for n, t in state.items()}, OUT / "nn_state.safetensors", {"format": "pt"})


if __name__ == "__main__":
    torch.set_num_threads(2)
    bert()
    cross_block()
    resnet()
    crf()
    adamw()
    state_files()
    for path in sorted(OUT.glob("nn_*")):
        print(path.name, path.stat().st_size)
