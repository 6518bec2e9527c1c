"""Every occurrence of every keyword by ahocorasick_rs, overlapping ones too, and the leftmost longest.

  aho_corasick.py TEXTS KEYWORDS
"""
import json, sys, time
from ahocorasick_rs import BytesAhoCorasick, MatchKind

texts, keywords = (open(path, "rb").read().splitlines() for path in sys.argv[1:])
every = BytesAhoCorasick(keywords)
longest = BytesAhoCorasick(keywords, matchkind=MatchKind.LeftmostLongest)
started = time.process_time()
found = sum(len(every.find_matches_as_indexes(line, overlapping=True)) for line in texts)
seconds = time.process_time() - started
print(json.dumps({"lines": len(texts), "found": found, "seconds": seconds,
                  "found_longest": sum(len(longest.find_matches_as_indexes(line)) for line in texts)}))
