#!/usr/bin/env python3
"""Makes the seeds of the fuzzing programs: small valid files of every form. usage: make_seeds.py [TARGET...] (run by hand)

Without a target all are made, which needs pillow. What is there and was not asked for stays as it is. Python's own pickle, zipfile and json write them, or they are copies of small golden files; none holds real posts.
"""
import hashlib
import io
import json
import pathlib
import pickle
import shutil
import struct
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parent / "golden"


made = None  # the folder that seeds are made in, until all are there


def put(target, name, data):
    path = made / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def archive(members, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as z:
        for name, data in members.items():
            z.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


def safetensors(header, values=b""):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + values


def varint(n):
    out = b""
    while True:
        out += bytes([n & 127 | (128 if n > 127 else 0)])
        n >>= 7
        if not n:
            return out


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def sentencepiece():
    pieces = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3), ("\u2581", -2.0, 1), ("a", -3.0, 1), ("b", -3.5, 1),
              ("\u2581ab", -4.0, 1), ("\u4e2d", -5.0, 1), ("c", -3.1, 1)]
    model = b"".join(field(1, field(1, text) + field(2, score) + field(3, kind)) for text, score, kind in pieces)
    # A character map with one unit: nothing is replaced.
    chars = struct.pack("<I", 4) + struct.pack("<I", 0) + b"x\0"
    return model + field(2, field(3, 1)) + field(3, field(2, chars) + field(3, 1) + field(4, 1) + field(5, 1))


def cbor(value):
    def head(major, n):
        for size, code in ((1, 24), (2, 25), (4, 26), (8, 27)):
            if n < 24:
                return bytes([major << 5 | n])
            if n < 1 << 8 * size:
                return bytes([major << 5 | code]) + n.to_bytes(size, "big")
    if value is None or isinstance(value, bool):
        return bytes([{None: 0xf6, False: 0xf4, True: 0xf5}[value]])
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


def frame(value):
    body = cbor(value)
    return struct.pack("<I", len(body)) + body


def pictures():
    """Every form of picture that is read: (name, bytes)."""
    from PIL import Image
    wide = Image.new("RGB", (24, 10))
    wide.putdata([(10 * x, 25 * y, (x * y) % 256) for y in range(10) for x in range(24)])
    clear = wide.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(wide.size))

    def saved(picture, kind, **options):
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    turned = Image.Exif()
    turned[274] = 6
    yield "baseline.jpg", saved(wide, "JPEG")
    yield "turned.jpg", saved(wide, "JPEG", exif=turned)
    yield "progressive.jpg", saved(wide, "JPEG", progressive=True)
    yield "grey.jpg", saved(wide.convert("L"), "JPEG")
    yield "cmyk.jpg", saved(wide.convert("CMYK"), "JPEG")
    yield "rgb.png", saved(wide, "PNG", exif=turned)
    yield "clear.png", saved(clear, "PNG")
    yield "palette.png", saved(wide.convert("P"), "PNG", transparency=3)
    yield "grey.png", saved(wide.convert("L"), "PNG")
    yield "lossy.webp", saved(clear, "WEBP", exif=turned)
    yield "lossless.webp", saved(wide, "WEBP", lossless=True)
    yield "plain.bmp", saved(wide, "BMP")
    yield "palette.bmp", saved(wide.convert("P"), "BMP")
    yield "bits.bmp", saved(wide.convert("1"), "BMP")
    yield "still.gif", saved(wide.convert("P"), "GIF", interlace=1)
    yield "moving.gif", saved(wide.convert("P"), "GIF", save_all=True, append_images=[wide.rotate(90).convert("P")])
    for packing in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        yield f"{packing or 'plain'}.tif", saved(wide, "TIFF", compression=packing)
    yield "palette.tif", saved(wide.convert("P"), "TIFF")


def main(wanted):
    global made
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder)
        if not wanted or {"picture", "picture_header"} & wanted:
            for name, data in pictures():
                put("picture_header", name, data)
                put("picture", name, data)
        others()
        unknown = wanted - {path.name for path in made.iterdir()}
        if unknown:
            sys.exit(f"make_seeds.py: it has no seeds of {', '.join(sorted(unknown))}")
        for path in made.iterdir():
            if not wanted or path.name in wanted:
                shutil.rmtree(HERE / "seeds" / path.name, ignore_errors=True)
                shutil.copytree(path, HERE / "seeds" / path.name)


def others():
    """The seeds that Python alone makes."""
    state = GOLDEN.joinpath("nn_state.pth").read_bytes()
    with zipfile.ZipFile(io.BytesIO(state)) as z:
        names = z.namelist()
        put("pickle", "state", z.read(next(n for n in names if n.endswith("data.pkl"))))
    with zipfile.ZipFile(GOLDEN / "nn_checkpoint.pth") as z:
        put("pickle", "checkpoint", z.read(next(n for n in z.namelist() if n.endswith("data.pkl"))))
    put("pickle", "texts", pickle.dumps(["0", "1"], 2))
    put("torch_zip", "state", state)
    put("torch_zip", "checkpoint", GOLDEN.joinpath("nn_checkpoint.pth").read_bytes())
    put("torch_legacy", "legacy", GOLDEN.joinpath("nn_legacy.pth").read_bytes())
    put("safetensors", "state", GOLDEN.joinpath("nn_state.safetensors").read_bytes())
    put("safetensors", "two", safetensors(
        {"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "b": {"dtype": "BOOL", "shape": [1, 3], "data_offsets": [8, 11]}}, bytes(11)))

    crops = {"1.jpg": ["1_1.jpg", "1_2.jpg"], "2.jpg": [], "\u4e2d.jpg": ["\u4e2d_1.jpg"]}
    put("name_pickle", "crops", pickle.dumps(crops, 2))
    put("name_pickle", "shared", pickle.dumps({"a": crops["1.jpg"], "b": crops["1.jpg"]}, 2))
    put("crop_dictionary", "pickle", pickle.dumps(crops, 2))
    put("crop_dictionary", "json", json.dumps(crops))
    put("crop_dictionary", "stored", archive({"archive/data.pkl": pickle.dumps(crops, 2), "archive/version": "3\n"}))
    put("crop_dictionary", "deflated", archive({"crops/data.pkl": pickle.dumps(crops, 2)}, zipfile.ZIP_DEFLATED))

    put("mner", "posts", "IMGID:1\nAda\tB-PER\nLovelace\tI-PER\nin\tO\nLondon\tB-LOC\n\nIMGID:2\n\u4f60\u597d\tO\n\U0001f600\tO\n\n")
    put("mner", "pgim", "IMGID:7\nAda\tB-PER\n<EOS>\tX\nshe\tX\n\n")
    put("mner", "columns", "-DOCSTART- -X- O O\r\n\r\nU.N. NNP I-NP I-ORG\r\n# note\r\nofficial NN I-NP O\r\n")
    put("umgf", "post", "Ada\tLovelace\tspoke\n====\nB-PER\tI-PER\tO\n====\n12.jpg")
    put("voc", "boxes", "<annotation><filename>1.jpg</filename><size><width>10</width><height>8</height><depth>3</depth></size>"
        "<object><name>PER</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>5</xmax><ymax>6</ymax></bndbox></object>"
        "<object><name>&#x4e2d;&amp;</name></object></annotation>")
    put("auxiliary", "json", '{"id": "1", "source": "caption", "text": "a man"}\n{"id": 2, "text": "\u4e2d\u3000\u6587"}\n')
    put("auxiliary", "tabs", "1\tcaption\ta man\n2\tocr\tSTOP\n")
    put("predictions", "pre", "Ada in London\nB-PER O B-LOC\nB-PER O O\n\nX\nO\nO\n\n")
    put("predictions", "mtmner", "1.jpg\nAda in London\nB-PER O B-LOC\nB-PER O O\n\n")
    put("systems", "two", json.dumps({"1.jpg": ["1.jpg", "Ada in London", "B-PER O B-LOC", "B-PER O O", "O O B-LOC"]}))
    put("wordpiece", "tiny", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n##c\nun\n##aff\n##able\n\u4e2d\n")
    vocabulary = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": 4, "a": 5, "b": 6, "c": 7, "ab": 8, "\u0120a": 9, "\u0120": 10}
    put("bpe", "tiny", json.dumps(vocabulary) + "\n====\n#version: 0.2\na b\n\u0120 a\n")
    tokenizer = {"model": {"type": "BPE", "vocab": vocabulary, "merges": ["a b", ["\u0120", "a"]]},
                 "pre_tokenizer": {"type": "ByteLevel", "use_regex": True}, "normalizer": None,
                 "added_tokens": [{"id": 11, "content": "<x>"}]}
    put("tokenizer_json", "tiny", json.dumps(tokenizer))
    put("sentencepiece", "tiny", sentencepiece())
    bert = {"model_type": "bert", "vocab_size": 100, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
            "intermediate_size": 8, "max_position_embeddings": 16, "type_vocab_size": 2, "hidden_act": "gelu"}
    put("encoder_config", "bert", json.dumps(bert))
    put("encoder_config", "roberta", json.dumps({**bert, "model_type": "roberta", "pad_token_id": 1, "layer_norm_eps": 1e-5}))
    put("encoder_config", "bart", json.dumps(
        {"model_type": "bart", "vocab_size": 20, "d_model": 8, "encoder_layers": 1, "decoder_layers": 1,
         "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8,
         "max_position_embeddings": 16, "dropout": 0.1, "scale_embedding": True}))
    for name in ("tiny_v8", "tiny_v5"):
        data = GOLDEN.joinpath("vision", name + ".onnx").read_bytes()
        if len(data) < 16384:
            put("onnx_header", name, data)
    side = field(1, 1) + b""
    value = lambda name: field(1, name) + field(2, field(1, field(1, 1) + field(2, field(1, side) + field(1, field(1, 640)))))
    graph = field(1, field(1, "x")) + field(5, field(8, "w")) + field(11, value("images")) + field(11, value("w")) + field(12, value("output0"))
    put("onnx_header", "small", field(1, 8) + field(7, graph) + field(14, field(1, "names") + field(2, "{0: 'person', 1: \"cat\"}")))
    put("query", "terms", 'kevin "new york" not (label:PER|LOC or text:\u82f9\u679c) conf<60% len>=3 img:missing\n====\nnew\nyork\nkevin\n')
    put("query", "layers", 'disagree(A,"my run") or error(A,gold):boundary-and-type or \u6807\u7b7e\uff1aPER or pred(A):*\n====\n\u82f9\n\u679c\n')
    put("query", "quotes", '\u300c\u597d \u51b7\u300d \u201ca\\"b\u201d ((a)) not not b \U0001f525\n====\n\u597d\u51b7 a"b')
    put("word_vectors", "text", "2 3\nking 0.5 -1 2e-3\nqueen 1 2 3\n")
    put("word_vectors", "glove", "the 0.1 0.2\nnew york 1 -1\n")
    put("word_vectors", "binary", b"2 2\nking " + struct.pack("<2f", 1, 2) + b"\nqueen " + struct.pack("<2f", 3, 4) + b"\n")
    put("json", "value", '{"a": [1, -2.5e3, true, null, "\\u4e2d\\n"], "b": {"c": []}}')
    put("change_json", "change", json.dumps(
        {"action": "label", "posts": [{"post": 3, "removed": [["PER", 0, 1, 0.5]], "added": [["LOC", 0, 1]],
                                       "corrected": [False, True], "status": ["open", "done"]}]}))
    put("change_json", "boxes", json.dumps(
        {"action": "ground", "posts": [{"post": 3, "boxesRemoved": [[1 << 41, 0, 1, 2, 30, 40, "Kevin"]],
                                        "boxesAdded": [[1 << 41, 1, 1, 2, 31, 40, ""]], "linksAdded": [["PER", 0, 1, 1 << 41]],
                                        "linksRemoved": [["LOC", 2, 2, 7]], "corrected": [True, True]}]}))
    put("gazetteer", "list", "# places\nNew York\n#nba\tORG\nO'Neil\tPER\t12\n\u591a\u4f26\u591a\tLOC\n\nNew York\n")
    put("gazetteer", "definition", json.dumps({"version": 1, "layer": "word-lists", "sources": [
        {"kind": "list", "name": "a", "enabled": True, "label": "LOC", "caseSensitive": False, "priority": 0, "marks": True,
         "leastLength": 2, "sha256": "a" * 64, "names": 3, "origin": "a.txt", "holdsTest": False},
        {"kind": "text", "name": "b", "enabled": True, "label": "ORG", "caseSensitive": True, "priority": 2, "pattern": "[A-Z]+"}]}))
    put("gazetteer", "pattern", "([A-Z]\\w+ )+(Inc|Ltd)\\.?\nA b Inc.")
    put("held_out", "two", "".join(json.dumps(line) + "\n" for line in (
        {"format": 1, "folds": 2, "seed": 1, "layer": "gold", "tags": ["O", "B-PER"]},
        {"id": "7", "number": 1, "fold": 1, "entities": [{"type": "PER", "first": 0, "last": 0, "confidence": 0.9}],
         "tags": ["B-PER", "O"], "p": [[0.1, 0.9], [0.9999, 1e-4]]},
        {"id": "8", "number": 2, "fold": 0, "entities": [], "tags": ["O"], "p": [[1, 0]]})))
    put("dynamics", "two", "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in (
        {"format": 1, "inputs_sha256": "ab", "layer": "gold", "posts": 2, "run": "r"},
        {"entities": [[0, 1, "PER"], [4, 4, "LOC"]], "id": "a", "number": 3, "words": 5},
        {"entities": [[0, 0, "ORG"]], "id": "b", "number": 4, "words": 1},
        {"epoch": 1, "right": "010", "said": [[0, 1, 2, "ORG"]], "logp": [-2.5, -0.25, -1000]},
        {"epoch": 2, "right": "111", "said": [], "logp": [-0.01, 0, -1.5]})))
    rows = b"".join(struct.pack("<2f49h", 0.5, 0.75, *[cell * 600 for cell in range(49)]) for _ in range(4))
    head = json.dumps({"format": 1, "run": "r", "method": "attention", "split": "test", "weights": "ab", "boxes": "all",
                       "image_to_text": False, "posts": 2, "sets": [[1, 0], [1, 1]],
                       "entities": [["a", 1, 0, 1, "PER", "Ada L"], ["b", 2, 0, 0, "LOC", "\u591a"]],
                       "rows": hashlib.sha256(rows).hexdigest()}).encode()
    put("map_index", "two", b"MNVMAPS\n" + struct.pack("<Q", len(head)) + head + rows)
    hello = {"id": 1, "type": "hello", "version": 1}
    load = {"id": 2, "type": "load", "runFolder": "r", "device": "cpu", "dtype": "f32"}
    predict = {"id": 3, "type": "predict", "words": ["Ada"], "imagePath": "1.jpg", "imageBytes": b"\xff\xd8", "cropPaths": [],
               "regions": [{"left": 0, "top": 0, "right": 1, "bottom": 2.5, "label": "x", "origin": "file", "score": 0.5}],
               "wantMarginals": True, "wantAttention": True, "auxiliary": [{"source": "s", "words": ["a"]}]}
    detect = {"id": 4, "type": "detect", "imagePath": "1.jpg", "minScore": 0.5}
    tensor = {"shape": [1, 2], "dtype": "f32", "bytes": struct.pack("<2f", 0.5, 1)}
    result = {"id": 3, "result": {"tags": ["B-PER"], "entities": [{"type": "PER", "first": 0, "last": 0, "confidence": 0.9}],
                                  "pictureOf": [0], "relevance": [0.5], "levelGates": [[0.1, 0.2]], "visualGate": [0.5],
                                  "groundings": [{"shown": True, "region": 0, "regions": [0], "weights": [1.0]}],
                                  "textToImage": [tensor], "imageToText": [tensor], "marginals": tensor, "tagNames": ["O", "B-PER"]}}
    boxes = {"id": 4, "result": {"detector": "d", "fingerprint": "f", "width": 3, "height": 4,
                                 "boxes": [{"left": 0, "top": 0, "width": 1, "height": 1, "label": "x", "score": 0.5}]}}
    put("frames", "requests", b"".join(map(frame, (hello, load, predict, detect, {"id": 5, "type": "cancel", "target": 3}, {"id": 6, "type": "quit"}))))
    put("frames", "answers", frame(result) + frame(boxes))


if __name__ == "__main__":
    main(set(sys.argv[1:]))
