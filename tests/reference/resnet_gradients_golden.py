#!/usr/bin/env python3
"""Makes tests/golden/nn_resnet_gradients.json: ResNets that learn, for tests/unit/nn/trained_resnet_test.cpp.

Needs torch. Run by hand: python3 tests/reference/resnet_gradients_golden.py
Weights as fill_resnet of nn_formula.py makes them. With "batch" BatchNorm is in training mode.
"""
import json
import pathlib

import torch

from nn_formula import fill_resnet, formula, rounded, summary
from torch_resnet import ResNet

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "nn_resnet_gradients.json"
SIDE = 64


def filled(kind):
    model = ResNet((2, 2, 2, 2), False) if kind == "resnet18" else ResNet((3, 4, 6, 3), True)
    fill_resnet(model)
    return model.double()


def case(kind, batch):
    model = filled(kind).train(batch)
    images = formula("image", (2, 3, SIDE, SIDE), 2.0).double().requires_grad_()
    x = model.maxpool(model.relu(model.bn1(model.conv1(images))))
    loss, stages = 0, []
    for i, stage in enumerate((model.layer1, model.layer2, model.layer3, model.layer4)):
        x = stage(x)
        loss = loss + (x * formula(f"stage {i}", tuple(x.shape)).double()).sum() * 0.1
        stages.append(rounded(torch.stack([x.mean(), x.abs().max(), (x * x).mean()])))
    loss.backward()
    gradients = {name: summary(name, p.grad) for name, p in model.named_parameters() if p.grad is not None}
    running = {name: summary(name, t) for name, t in model.state_dict().items() if "running" in name} if batch else {}
    return {"kind": kind, "batch": batch, "loss": loss.item(), "stages": stages, "image_gradient": summary("image", images.grad),
            "gradients": gradients, "running": running}


OUT.write_text(json.dumps([case("resnet18", False), case("resnet18", True), case("resnet50", False)], separators=(",", ":")) + "\n")
