"""Makes tests/golden/wordpiece_digests.json and tests/golden/wordpiece_words.json with Hugging Face's `tokenizers`.

    pip install tokenizers numpy
    python tests/reference/wordpiece_digests.py DATA      # DATA holds vocab/, twitter2015/, ..., wukong/
    python tests/reference/wordpiece_digests.py DATA --time

A digest is SHA-256 over, for each word of the file in file order, the decimal ids of its pieces joined by one space and then
a line feed (a word that vanishes gives the line feed alone). Words are what stands before the first TAB of each line that has one;
lines end at LF only. Each word is tokenised on its own, without special tokens. The digests hold no text of the data sets.
"""
import hashlib
import json
import os
import pathlib
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # one thread, as ours
import tokenizers
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

FILES = [f"{s}/{f}.txt" for s in ("twitter2015", "twitter2015-original", "twitter2017") for f in ("train", "valid", "test")]
FILES += ["wukong/train-half.txt", "wukong/valid.txt", "wukong/test.txt"]
VOCABULARIES = ["bert-base-uncased", "bert-base-chinese"]
GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"

# Written by hand, one rule each; no word of a data set.
WORDS = [
    "", " ", "hello", "HELLO", "Unbelievable", "tokenization", "#hashtag", "@user_name", "http://t.co/Ab12", "don't", "U.S.A.",
    "$1,234.56", "a-b_c", "...", "!!!", "C++", "100%", "~`^|<>", "x" * 100, "x" * 101, "é" * 101, "caf\u00e9", "cafe\u0301", "na\u00efve",
    "\u00c5ngstr\u00f6m", "\u0130stanbul", "I\u0307", "\u0131", "stra\u00dfe", "STRA\u1e9eE", "\ufb01sh", "\u01c5", "\u03a3\u03a4\u039f\u03a3", "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3", "\u041c\u043e\u0441\u043a\u0432\u0430", "\u0419\u043e\u0434",
    "\u4e2d\u56fd", "\u591a\u4f26\u591aNBA", "a\u4e2db", "\u3400", "\u9fff", "\uf900", "\U00020000", "\U0002f800", "\u3007", "\u3005", "\u2e80", "\uff21\uff22\uff23", "\uff0c", "\u3002", "\u3001",
    "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\u304c\u304e", "\u30ab\u3099", "\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8", "\u0e01\u0e47\u0e40\u0e1b\u0e47\u0e19", "\u0e44\u0e17\u0e22", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f", "\u05e9\u05c1\u05dc\u05d5\u05dd", "\u0939\u093f\u0928\u094d\u0926\u0940",
    "\U0001f600", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "\ufe0f", "\u200d", "\u200b", "\u00ad", "so\u00adft", "\u200ehello", "\u202eabc", "\ufeffbom",
    "\ufffd", "a\ufffdb", "\x00", "a\x00b", "\x05", "a\x07b", "\x7f", "\x92", "\u0085", "a\tb", "a\u00a0b", "a\u2028b", "a\u2029b", "a\u3000b", "\u180e", "\u00a0",
    "\ue000", "a\uf8ffb", "\U000f0000", "\ufdd0", "\U0001ffff", "\u0378", "\u166d", "x\u166dy", "\u1734", "\u1885a", "a\ua9bdb", "a\U000111c9b", "\u0c04", "\u0890",
    "\u201cquoted\u201d", "it\u2019s", "en\u2013dash", "em\u2014dash", "\u2026", "\u00bfqu\u00e9?", "\u00a1ol\u00e9!", "\u00ab\u00bb", "\u20ac5", "\u00a35", "\u00a9", "\u2122", "\u00b2", "\u00bd", "\u2460",
    "[SEP]", "[CLS]", "[UNK]", "##ing", "##", "#", "[", "a\u0301\u0327b", "a\u0327\u0301b", "\u1e69", "\u0345", "\u212b", "\u2126", "\u1ec7", "Vi\u1ec7t",
    "supercalifragilisticexpialidocious", "qwrtzpsdfgh", "aaaaaaaaaa\U0001f600", "1st", "\u0661\u0662\u0663", "x\u0300\u0301\u0302y", "\u0300",
]


def tokenizer_of(path, lower_case):
    tokenizer = Tokenizer(WordPiece.from_file(str(path), unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=lower_case)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def words_of(path):
    text = path.read_bytes().decode("utf-8")
    return [line.split("\t")[0] for line in text.split("\n") if "\t" in line]


def ids_of(tokenizer, words):
    cache = {}
    for word in set(words):
        cache[word] = tokenizer.encode(word, add_special_tokens=False).ids
    return [cache[word] for word in words]


def digest(all_ids):
    sha = hashlib.sha256()
    for ids in all_ids:
        sha.update((" ".join(map(str, ids)) + "\n").encode())
    return sha.hexdigest()


def measure(data):
    """One thread each. `posts` is the library's fastest way: a batch of pre-split posts; `words` one call a word."""
    for file, vocabulary in (("twitter2015/train.txt", "bert-base-uncased"), ("wukong/valid.txt", "bert-base-chinese")):
        tokenizer = tokenizer_of(data / "vocab" / f"{vocabulary}.txt", True)
        posts = [[line.split("\t")[0] for line in block.split("\n") if "\t" in line]
                 for block in (data / file).read_bytes().decode("utf-8").split("\n\n") if block]
        words = sum(len(post) for post in posts)
        best = min(timed(lambda: tokenizer.encode_batch_fast(posts, is_pretokenized=True, add_special_tokens=False))
                   for _ in range(5))
        single = timed(lambda: [tokenizer.encode(word, add_special_tokens=False).ids for post in posts for word in post])
        print(f"{file} {vocabulary}: {words / best / 1e3:.0f} k words/s in batches of posts, {words / single / 1e3:.0f} k words/s word by word")


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    data = pathlib.Path(sys.argv[1])
    if "--time" in sys.argv:
        return measure(data)
    digests = {}
    vectors = {}
    for vocabulary in VOCABULARIES:
        path = data / "vocab" / f"{vocabulary}.txt"
        uncased, cased = tokenizer_of(path, True), tokenizer_of(path, False)
        for file in FILES:
            words = words_of(data / file)
            digests.setdefault(file, {"words": len(words)})[vocabulary] = digest(ids_of(uncased, words))
        vectors[vocabulary] = {"uncased": [uncased.encode(w, add_special_tokens=False).ids for w in WORDS],
                               "cased": [cased.encode(w, add_special_tokens=False).ids for w in WORDS]}
    made_with = f"tokenizers {tokenizers.__version__}"
    (GOLDEN / "wordpiece_digests.json").write_text(
        json.dumps({"made_with": made_with, "script": "tests/reference/wordpiece_digests.py", "files": digests}, indent=1) + "\n")
    rows = [{"word": word, **{f"{v} {c}": vectors[v][c][i] for v in VOCABULARIES for c in ("uncased", "cased")}}
            for i, word in enumerate(WORDS)]
    (GOLDEN / "wordpiece_words.json").write_text(
        "{\n\"made_with\": " + json.dumps(made_with) + ",\n\"words\": [\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n}\n")


if __name__ == "__main__":
    main()
