"""Makes tests/golden/bpe, tests/golden/unigram, tokenizer_digests.json and tokenizer_words.json with Hugging Face's tokenizers.

    pip install 'transformers==4.30.2' 'sentencepiece==0.1.97' 'protobuf<4' numpy
    python tests/reference/tokenizer_digests.py DATA            # DATA holds twitter2015/, twitter2017/, wukong/
    python tests/reference/tokenizer_digests.py DATA --full DIR # also a unigram model with the whole nmt_nfkc map, into DIR

The two small vocabularies are learned from texts of this repository only. Byte-level BPE: ids of RobertaTokenizerFast with
add_prefix_space. Unigram: ids of XLMRobertaTokenizer, and of CamembertTokenizer for the hand-written words; its character map is
a small one made here (NFKC of some blocks), because the usual nmt_nfkc takes 240 KB. Digests are those of wordpiece_digests.py.
"""
import hashlib
import json
import os
import pathlib
import re
import sys
import tempfile
import unicodedata

os.environ["TOKENIZERS_PARALLELISM"] = "false"
import sentencepiece
import tokenizers
import transformers
from transformers import CamembertTokenizer, RobertaTokenizerFast, XLMRobertaTokenizer

from wordpiece_digests import FILES, GOLDEN, WORDS as SHARED_WORDS, digest, words_of

ROOT = GOLDEN.parents[1]
BPE_SIZE, UNIGRAM_SIZE = 1500, 1200

WORDS = SHARED_WORDS + [
    "'s", "'S", "it's", "we'll", "they've", "you're", "I'm", "he'd", "can't", "'", "''", "'tis", "'reach", "rock'n'roll", "x's1've", "...'s",
    "a b", "a  b", " a", "  a", "a ", "\u00a0a", "a\u00a0\u00a0b", "\u3000", "a\r\nb", "\t", "tab\there", "\n\n", "a \n b", "\u2028x",
    "abc123", "123abc", "3.14", "\u0661\u0662", "\u00b2x", "\u216b", "\u4e00\u4e8c", "x" * 300, "\u0410" * 70, "ab" * 150, "!?" * 60,
    "\u0870", "\u1e4d0", "\U0001e4d0", "\U00031350", "\U0001fae8", "\U0001d7d9", "e\u0301e\u0301", "\u0301", "\u3042\u3044",
    "\uff33\uff30\uff21\uff23\uff25", "\uff11\uff12", "\ufb01\ufb02", "\u00bd", "\u2122", "\u2460", "\uff76\uff9e", "\u2581", "a\u2581b", "\u2581\u2581",
    "model", "models", "picture", "pictures", "label", "training", "Person", "unknown\u0f00character", "\u0f00\u0f00\u0f00", "\u0f00a\u0f00", "\u6807\u6ce8",
]


def corpus():
    """Words of this repository's own texts, English and Chinese."""
    files = [ROOT / "README.md", ROOT / "HACKING.md", ROOT / "CHANGELOG.md", ROOT / "core/workflow/sample/sample_words.cpp"]
    files += sorted((ROOT / "core").glob("*/README.md")) + [ROOT / "translations/mnerva_zh_CN.ts"]
    texts = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        texts += [line.strip() for line in re.sub(r"</?[a-z][^>]*>", " ", text).split("\n") if line.strip()]
    return texts


def character_map():
    """Lines of SentencePiece's rule form: NFKC of some blocks, space for what separates, nothing for controls."""
    rules = {}
    for first, last in ((0xA0, 0xFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x2100, 0x218B), (0x2460, 0x249B), (0x3000, 0x303F), (0xFB00, 0xFB06),
                        (0xFF01, 0xFFEE)):
        for code in range(first, last + 1):
            made = unicodedata.normalize("NFKC", chr(code))
            if made != chr(code):
                rules[(code,)] = [ord(c) for c in made]
    for kana in "\uff76\uff77\uff78\uff73":
        rules[(ord(kana), 0xFF9E)] = [ord(c) for c in unicodedata.normalize("NFKC", kana + "\uff9e")]
    rules[(0x65, 0x301)] = [0xE9]
    for code in list(range(1, 9)) + list(range(0xE, 0x20)) + [0xB, 0x7F, 0x8F, 0x9F]:
        rules[(code,)] = []
    for code in (9, 0xA, 0xC, 0xD, 0x1680, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD):
        rules[(code,)] = [0x20]
    hexadecimal = lambda codes: " ".join(f"{c:X}" for c in codes)
    return "".join(f"{hexadecimal(key)}\t{hexadecimal(value)}\n" for key, value in sorted(rules.items()))


def train_bpe(texts, folder):
    trainer = tokenizers.ByteLevelBPETokenizer(add_prefix_space=True)
    trainer.train_from_iterator(texts, vocab_size=BPE_SIZE, min_frequency=2, show_progress=False,
                                special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    folder.mkdir(parents=True, exist_ok=True)
    trainer.save_model(str(folder))
    trainer.save(str(folder / "tokenizer.json"))


def train_unigram(texts, folder, rules):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        input_file, prefix = pathlib.Path(scratch) / "texts", pathlib.Path(scratch) / "model"
        input_file.write_text("\n".join(texts) + "\n", encoding="utf-8")
        kind = {"normalization_rule_name": "nmt_nfkc"}
        if rules:
            (pathlib.Path(scratch) / "rules.tsv").write_text(rules, encoding="utf-8")
            kind = {"normalization_rule_tsv": str(pathlib.Path(scratch) / "rules.tsv")}
        sentencepiece.SentencePieceTrainer.train(input=str(input_file), model_prefix=str(prefix), vocab_size=UNIGRAM_SIZE, model_type="unigram",
                                                 character_coverage=0.999, num_threads=1, minloglevel=2, hard_vocab_limit=False, **kind)
        (folder / "sentencepiece.bpe.model").write_bytes(prefix.with_suffix(".model").read_bytes())


def ids_by_word(ids_of_word, words):
    cache = {word: ids_of_word(word) for word in set(words)}
    return [cache[word] for word in words]


def readers(bpe, unigram):
    roberta = RobertaTokenizerFast(str(bpe / "vocab.json"), str(bpe / "merges.txt"), add_prefix_space=True)
    xlm = XLMRobertaTokenizer(str(unigram / "sentencepiece.bpe.model"))
    camembert = CamembertTokenizer(str(unigram / "sentencepiece.bpe.model"))
    slow = lambda tokenizer: lambda word: tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word))
    return {"bpe": lambda word: roberta._tokenizer.encode(word, add_special_tokens=False).ids, "unigram": slow(xlm), "camembert": slow(camembert)}


def gpt2_classes():
    """SHA-256 of the class of every code point (surrogates left out) as GPT-2's pattern sees it: l, n, s or o."""
    cut = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces = lambda text: [text[first:last] for _, (first, last) in cut.pre_tokenize_str(text)]
    known = {" ": "s", "'": "o", "!": "o", "a": "l", "1": "n"}
    sha = hashlib.sha256()
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        c = chr(code)
        kind = known.get(c)
        if kind is None:
            joined = pieces("a" + c + "1")
            kind = "l" if joined == ["a" + c, "1"] else "n" if joined == ["a", c + "1"] else "o" if pieces("!" + c + "!") == ["!" + c + "!"] else "s"
        sha.update(kind.encode())
    return sha.hexdigest()


def main():
    data = pathlib.Path(sys.argv[1])
    texts = corpus()
    bpe, unigram = GOLDEN / "bpe", GOLDEN / "unigram"
    train_bpe(texts, bpe)
    train_unigram(texts, unigram, character_map())
    ids = readers(bpe, unigram)
    digests = {}
    for file in FILES:
        words = words_of(data / file)
        digests[file] = {"words": len(words), **{name: digest(ids_by_word(ids[name], words)) for name in ("bpe", "unigram")}}
    made_with = f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}, sentencepiece {sentencepiece.__version__}"
    (GOLDEN / "tokenizer_digests.json").write_text(json.dumps(
        {"made_with": made_with, "script": "tests/reference/tokenizer_digests.py", "gpt2_classes": gpt2_classes(), "files": digests}, indent=1) + "\n")
    rows = [{"word": word, **{name: ids[name](word) for name in ids}} for word in WORDS]
    (GOLDEN / "tokenizer_words.json").write_text(
        "{\n\"made_with\": " + json.dumps(made_with) + ",\n\"words\": [\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n}\n")
    if "--full" in sys.argv:
        folder = pathlib.Path(sys.argv[sys.argv.index("--full") + 1])
        train_unigram(texts, folder, "")
        full = readers(bpe, folder)["unigram"]
        all_ids = {file: digest(ids_by_word(full, words_of(data / file))) for file in FILES}
        rows = [{"word": word, "unigram": full(word)} for word in WORDS]
        (folder / "expected.json").write_text(json.dumps({"files": all_ids, "words": rows}, indent=1))


if __name__ == "__main__":
    main()
