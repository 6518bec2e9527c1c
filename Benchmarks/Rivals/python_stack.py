"""The usual Python stack: language by pycld2, tokens and keywords by spaCy, sentiment by VADER.

  python_stack.py TEXTS KEYWORDS LANGUAGES
"""
import json, sys, time
import pycld2, spacy
from spacy.matcher import PhraseMatcher
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

texts, keywords = (open(path, encoding="utf-8").read().split("\n")[:-1] for path in sys.argv[1:3])
readers = {}
for code in ("nl", "pl", "en"):
    reader = spacy.blank(code)
    matcher = PhraseMatcher(reader.vocab, attr="LOWER")
    matcher.add("keyword", [reader.make_doc(word) for word in keywords])
    readers[code] = reader, matcher
sentiment = SentimentIntensityAnalyzer()
started = time.process_time()
languages, tokens, found, negative = [], 0, 0, 0
for text in texts:
    try:
        code = pycld2.detect(text, isPlainText=True)[2][0][1]
    except pycld2.error:
        code = "un"
    languages.append(code if code in readers else "und")
    reader, matcher = readers.get(code, readers["en"])
    document = reader(text)
    tokens += len(document)
    found += len(matcher(document))
    # VADER reads English only; there is nothing as common for Dutch and Polish.
    negative += code == "en" and sentiment.polarity_scores(text)["compound"] < -0.05
seconds = time.process_time() - started
with open(sys.argv[3], "w") as out:
    out.write("".join(code + "\n" for code in languages))
print(json.dumps({"lines": len(texts), "tokens": tokens, "found": found, "negative": int(negative),
                  "seconds": seconds}))
