"""Hashes of words and of their character n-grams; TokenEvidence.swift makes the same numbers."""

from __future__ import annotations

import numpy as np

START, END = 2, 3  # control characters: never in a normal form
MAX_N = 5
MULTIPLIER = np.uint32(0x9E37_79B1)
MAX_LETTERS = 30  # a longer token is cut here


def ngram_buckets(words: list[str], bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Buckets of all n-grams of all words, and the offsets of each word's first (CSR)."""
    codes = np.zeros((len(words), MAX_LETTERS + 2), dtype=np.uint32)
    lengths = np.empty(len(words), dtype=np.int64)
    for row, word in enumerate(words):
        cut = word[:MAX_LETTERS]
        lengths[row] = len(cut) + 2
        codes[row, : len(cut) + 2] = [START, *map(ord, cut), END]
    width = codes.shape[1]
    column = np.arange(width)
    parts, rows = [], []
    with np.errstate(over="ignore"):
        hashed = np.zeros_like(codes)
        for n in range(1, MAX_N + 1):
            shifted = np.zeros_like(codes)
            shifted[:, : width - n + 1] = codes[:, n - 1 :]
            hashed = (hashed ^ shifted) * MULTIPLIER
            there = column[None, :] + n <= lengths[:, None]
            if n == 1:  # the boundary marks alone say nothing
                there &= (column[None, :] > 0) & (column[None, :] < lengths[:, None] - 1)
            row, _ = np.nonzero(there)
            parts.append((hashed[there] >> np.uint32(32 - bits)).astype(np.int32))
            rows.append(row.astype(np.int32))
    row = np.concatenate(rows)
    bucket = np.concatenate(parts)
    order = np.argsort(row, kind="stable")
    offsets = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(words)), out=offsets[1:])
    return bucket[order], offsets


WORD_MULTIPLIER = 0x9E37_79B9_7F4A_7C15


def word_hash(word: str) -> int:
    """64 bits that name a word in the table of whole words."""
    hashed = len(word)
    for letter in word:
        hashed = ((hashed ^ ord(letter)) * WORD_MULTIPLIER) & 0xFFFF_FFFF_FFFF_FFFF
        hashed ^= hashed >> 32
    return hashed
