"""Writes the tiny ONNX detectors of tests/golden/vision: they find red and blue squares by plain arithmetic, so what they
must answer is known without training. Needs the Python packages onnx (1.14) and numpy.

usage: tiny_detectors.py [FOLDER]
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE, CELL = 64, 8
GRID = SIDE // CELL          # 8 x 8 cells, each a candidate box
BOX = 16.0                   # width and height of every box


def weight(name, array):
    return numpy_helper.from_array(np.asarray(array, dtype=np.float32), name)


def ints(name, values):
    return numpy_helper.from_array(np.asarray(values, dtype=np.int64), name)


def class_weights(gain):
    """Mean over a cell of red - (green + blue) / 2, and the same for blue."""
    w = np.zeros((2, 3, CELL, CELL))
    w[0, 0], w[0, 1], w[0, 2] = 1, -0.5, -0.5
    w[1, 2], w[1, 0], w[1, 1] = 1, -0.5, -0.5
    return gain * w / CELL**2


def grid_boxes():
    """[1, 4, 8, 8]: centre x, centre y, width, height in pixels of the input."""
    centre = np.arange(GRID) * CELL + CELL / 2
    boxes = np.zeros((1, 4, GRID, GRID))
    boxes[0, 0] = centre[None, :]
    boxes[0, 1] = centre[:, None]
    boxes[0, 2:] = BOX
    return boxes


def model(nodes, weights, input_shape, output_shape, notes=None):
    graph = helper.make_graph(
        nodes, "tiny", [helper.make_tensor_value_info("images", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, output_shape)], weights)
    made = helper.make_model(graph, producer_name="tiny_detectors", opset_imports=[helper.make_opsetid("", 12)])
    made.ir_version = 7
    for key, value in (notes or {}).items():
        entry = made.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(made)
    return made


def detector(with_objectness, notes=None, gain=20.0, squash=True):
    cells = dict(kernel_shape=[CELL, CELL], strides=[CELL, CELL])
    nodes = [
        helper.make_node("Conv", ["images", "w_class", "b_class"], ["logits"], **cells),
        helper.make_node("Conv", ["images", "w_zero"], ["zero"], **cells),
        helper.make_node("Add", ["zero", "grid"], ["boxes"]),
    ]
    scores = "logits"
    if squash:
        nodes.append(helper.make_node("Sigmoid", ["logits"], ["scores"]))
        scores = "scores"
    weights = [weight("w_class", class_weights(gain)), weight("b_class", [-gain / 2] * 2),
               weight("w_zero", np.zeros((4, 3, CELL, CELL))), weight("grid", grid_boxes())]
    parts, columns = ["boxes", scores], 6
    if with_objectness:  # .8 everywhere
        nodes += [helper.make_node("Conv", ["images", "w_object", "b_object"], ["objectness"], **cells)]
        weights += [weight("w_object", np.zeros((1, 3, CELL, CELL))), weight("b_object", [0.8])]
        parts, columns = ["boxes", "objectness", scores], 7
    nodes.append(helper.make_node("Concat", parts, ["map"], axis=1))
    weights.append(ints("flat", [1, columns, GRID * GRID]))
    if not with_objectness:
        nodes.append(helper.make_node("Reshape", ["map", "flat"], ["output0"]))
        return model(nodes, weights, [1, 3, SIDE, SIDE], [1, columns, GRID * GRID], notes)
    nodes += [helper.make_node("Reshape", ["map", "flat"], ["columns"]),
              helper.make_node("Transpose", ["columns"], ["output0"], perm=[0, 2, 1])]
    return model(nodes, weights, [1, 3, SIDE, SIDE], [1, GRID * GRID, columns], notes)


def classifier():
    nodes = [helper.make_node("GlobalAveragePool", ["images"], ["mean"]),
             helper.make_node("Flatten", ["mean"], ["output0"])]
    return model(nodes, [], [1, 3, SIDE, SIDE], [1, 3])


def gray_input():
    nodes = [helper.make_node("Relu", ["images"], ["output0"])]
    return model(nodes, [], [1, 1, 28, 28], [1, 1, 28, 28])


def not_a_number():
    nodes = [helper.make_node("Conv", ["images", "w", "b"], ["negative"], kernel_shape=[CELL, CELL], strides=[CELL, CELL]),
             helper.make_node("Log", ["negative"], ["nan"]),
             helper.make_node("Reshape", ["nan", "flat"], ["output0"])]
    weights = [weight("w", np.zeros((6, 3, CELL, CELL))), weight("b", [-1.0] * 6), ints("flat", [1, 6, GRID * GRID])]
    return model(nodes, weights, [1, 3, SIDE, SIDE], [1, 6, GRID * GRID])


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "golden" / "vision")
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in {
        "tiny_v5": detector(True),
        "tiny_v8": detector(False, {"names": "{0: 'red', 1: 'blue'}"}),
        "tiny_logits": detector(False, squash=False),
        "tiny_classifier": classifier(),
        "tiny_gray": gray_input(),
        "tiny_nan": not_a_number(),
    }.items():
        path = folder / f"{name}.onnx"
        path.write_bytes(made.SerializeToString())
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
