"""Makes the language model that heard carries: Sources/CHeardLanguageModel/model.bin.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python make.py fetch SOURCES_DIR     # downloads what sources.txt and below name
    .venv/bin/python make.py train SOURCES_DIR     # two minutes, 3 GB; writes the model

The same sources and package versions make the same model on the same kind of processor. What is
in the model and why: docs/decisions/0003-language-model.md.
"""

from __future__ import annotations

import argparse
import hashlib
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.sparse

from features import MAX_N, ngram_buckets, word_hash
from words import LANE, LANES, all_words

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "Sources" / "CHeardLanguageModel"
# Afrikaans prose is rare under a free licence; a program's translation is what Debian has.
DEBIAN_PACKAGE = "libreoffice-l10n-af"

NGRAM_BITS = 16  # 65,536 rows of 16 bytes: 1 MB, which a second-level cache holds
BUCKET_BITS = 14  # of the table of whole words
TABLE_WORDS = 72_000
TOP_WORDS = 80_000  # of each lane, to train on
TEMPER = 0.35  # rare words count nearly as much as frequent ones: those have rows of their own
EPOCHS, BATCH, RATE, DECAY = 6, 20_000, 0.03, 1e-7
NGRAM_SCALE, WORD_SCALE = 32, 16  # steps to a nat


def fetch(sources: Path) -> None:
    """Downloads the sources; pip checks the digests in sources.txt."""
    sources.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "-r", HERE / "sources.txt", "-d", sources], check=True)
    subprocess.run(["apt-get", "download", DEBIAN_PACKAGE], cwd=sources, check=True)
    package = next(sources.glob(f"{DEBIAN_PACKAGE}_*.deb"))
    subprocess.run(["dpkg", "-x", package, sources / DEBIAN_PACKAGE], check=True)


def posteriors(lists: dict[str, dict[str, float]]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Words; the chance of each lane given the word; each word's frequency in each lane."""
    vocabulary: dict[str, int] = {}
    for lane in LANES:
        ranked = sorted(lists[lane].items(), key=lambda item: (-item[1], item[0]))
        for word, _ in ranked[:TOP_WORDS]:
            vocabulary.setdefault(word, len(vocabulary))
    words = list(vocabulary)
    seen = np.array([[lists[lane].get(word, 0.0) for lane in LANES] for word in words])

    # A word that a list lacks is rarer than the list's end, not impossible. The ends differ: one
    # in 10^8 for the large lists, one in 10^6 for the small ones, less for Afrikaans; and a lane
    # with a short list shares its rare words with its neighbour.
    share = np.maximum(seen, 3e-9)
    share[:, LANE["rest"]] = np.maximum(share[:, LANE["rest"]], 1e-8)
    share[:, LANE["af"]] = np.maximum(share[:, LANE["af"]], 1e-8)
    for lane, neighbour, end, part in (
        ("da", "nb", 5e-7, 0.3),
        ("sk", "cs", 5e-7, 0.2),
        ("af", "nl", 3e-6, 0.15),
        ("af", "en", 1e-6, 0.01),
    ):
        guess = np.minimum(end, part * seen[:, LANE[neighbour]])
        missing = seen[:, LANE[lane]] == 0
        share[missing, LANE[lane]] = np.maximum(share[missing, LANE[lane]], guess[missing])
    return words, share / share.sum(axis=1, keepdims=True), seen


def train(buckets: np.ndarray, offsets: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Multinomial logistic regression of the lanes on the n-grams of a word, by Adam.

    Discriminative rather than naive Bayes, because the n-grams of a word overlap: naive Bayes
    counts the same letters five times and is wrong with great confidence.
    """
    rows, size = target.shape[0], 1 << NGRAM_BITS
    order = np.random.default_rng(1).permutation(rows)
    ones = np.ones(len(buckets), np.float32)
    features = scipy.sparse.csr_matrix((ones, buckets, offsets), shape=(rows, size))[order]
    target = (target[order] * (rows / target.sum())).astype(np.float32)
    mass = target.sum(axis=1)
    weights = np.zeros((size, len(LANES)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    batches = (rows + BATCH - 1) // BATCH
    step = 0
    for epoch in range(EPOCHS):
        loss = 0.0
        for batch in np.random.default_rng(epoch).permutation(batches):
            part = slice(batch * BATCH, (batch + 1) * BATCH)
            logits = features[part] @ weights
            logits -= logits.max(axis=1, keepdims=True)
            raised = np.exp(logits)
            total = raised.sum(axis=1, keepdims=True)
            loss -= float((target[part] * (logits - np.log(total))).sum())
            error = (raised / total * mass[part, None] - target[part]) / len(logits)
            gradient = features[part].T @ error + DECAY * weights
            step += 1
            mean += 0.1 * (gradient - mean)
            square += 0.01 * (gradient * gradient - square)
            rate = RATE * (1 - step / (EPOCHS * batches)) + 1e-4
            weights -= (
                rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            )
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {loss / rows:.4f} nats", flush=True)
    return weights


def quantised(values: np.ndarray, scale: int) -> np.ndarray:
    return np.clip(np.rint(values * scale), -127, 127).astype(np.int8)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def word_table(words: list[str], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First entry of each bucket, a 16-bit check for each entry, and its row."""
    hashes = np.array([word_hash(word) for word in words], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    hashes, rows = hashes[order], rows[order]
    buckets = (hashes >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
    starts = np.searchsorted(buckets, np.arange((1 << BUCKET_BITS) + 1)).astype("<u4")
    checks = (hashes >> np.uint64(64 - BUCKET_BITS - 16)).astype("<u2")
    return starts, checks, rows


def write(ngrams: np.ndarray, words: list[str], rows: np.ndarray) -> None:
    starts, checks, rows = word_table(words, rows)
    checks = np.append(checks, np.zeros(-len(checks) % 8, "<u2"))
    starts_bytes = starts.tobytes() + bytes(-len(starts.tobytes()) % 16)
    sections = [ngrams.tobytes(), starts_bytes, checks.tobytes(), rows.tobytes()]
    offsets, position = [], 64
    for section in sections:
        offsets.append(position)
        position += len(section)
    header = struct.pack(
        "<4s12I", b"HLID", 1, len(LANES), NGRAM_BITS, MAX_N, BUCKET_BITS, len(rows),
        *offsets, position, 0,
    )  # fmt: skip
    data = header.ljust(64, b"\0") + b"".join(sections)
    (TARGET / "model.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    # The digest stands in the assembler file so that a new model makes the build assemble it again.
    source = (TARGET / "model.S").read_text().splitlines()
    source[0] = f"// model.bin sha256 {digest}"
    (TARGET / "model.S").write_text("\n".join(source) + "\n")
    print(f"{TARGET / 'model.bin'}: {len(data):,} bytes, {len(words):,} words, sha256 {digest}")


def make(sources: Path) -> None:
    lists = all_words(sources)
    words, chance, seen = posteriors(lists)
    print(f"{len(words):,} words; per lane", {lane: len(lists[lane]) for lane in LANES}, flush=True)
    target = np.zeros_like(chance)
    for lane in range(len(LANES)):
        tempered = seen[:, lane] ** TEMPER
        target += (tempered / tempered.sum())[:, None] * chance
    target /= target.sum(axis=0)  # every lane weighs the same
    buckets, offsets = ngram_buckets(words, NGRAM_BITS)
    ngrams = quantised(train(buckets, offsets, target), NGRAM_SCALE)

    # A word gets a row of its own where it is frequent and its n-grams tell less than its counts.
    scored = np.add.reduceat(ngrams[buckets].astype(np.float32) / NGRAM_SCALE, offsets[:-1])
    logs = np.log(chance)
    benefit = seen.sum(axis=1) ** 0.6 * (chance * (logs - log_softmax(scored))).sum(axis=1)
    chosen = np.argsort(-benefit, kind="stable")[:TABLE_WORDS]
    rows = quantised(logs[chosen] - logs[chosen].max(axis=1, keepdims=True), WORD_SCALE)
    write(ngrams, [words[index] for index in chosen], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("step", choices=["fetch", "train"])
    parser.add_argument("sources", type=Path)
    arguments = parser.parse_args()
    (fetch if arguments.step == "fetch" else make)(arguments.sources)


if __name__ == "__main__":
    main()
