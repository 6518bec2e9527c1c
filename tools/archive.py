#!/usr/bin/env python3
"""Makes an archive of a year out of the sample corpus, to try reports on.

    tools/archive.py corpus > archive.jsonl                # a year, 6,000 messages
    tools/archive.py corpus --messages 40000 > archive.jsonl

Messages are those of the corpus, each sent several times by different people; senders and times are
made up. So that a report has something to show, three things happen in that year: from October on
many are charged twice, complaints about delivery go down from spring to autumn, and one customer writes
the same complaint every day. The same arguments give the same archive.
"""

import argparse
import datetime
import json
import pathlib
import random

START = datetime.datetime(2026, 1, 5, tzinfo=datetime.timezone.utc)
DAYS = 350

# (language, text, tag that it is about)
CHARGED = [
    ("nl", "Er is dubbel afgeschreven voor mijn bestelling. Ik wil mijn geld terug."),
    ("nl", "Ik zie dat er dubbel is afgeschreven in {month}. Graag terugstorten."),
    ("nl", "Jullie hebben dubbel afgeschreven, dit klopt niet."),
    ("pl", "Pobrano opłatę podwójnie, proszę o zwrot pieniędzy."),
    ("pl", "W tym miesiącu pobraliście opłatę podwójnie. Proszę o zwrot."),
    ("en", "I was charged twice for the same order and want my money back."),
    ("en", "You charged me twice in {month}. Please refund the second payment."),
    ("en", "Why was I charged twice? I only ordered once."),
]
DELIVERY = [
    ("nl", "De bezorger heeft niet aangebeld en het pakket is weer weg."),
    ("nl", "Volgens de belofte zou de bezorger vandaag komen, maar er kwam niemand."),
    ("pl", "Kurier nie przyjechał, chociaż obiecaliście dostawę na dziś."),
    ("pl", "Obiecaliście dostawę w środę, a kurier znowu nie przyjechał."),
    ("en", "The courier did not show up although you promised delivery today."),
    ("en", "You promised next day delivery and the courier never came."),
]
LOUD = "Your flux inverter is a scandal and I will tell everybody about the flux inverter."


def main() -> None:
    """Writes the archive."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--messages", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    texts = []
    for path in sorted(asked.corpus.glob("*/messages.jsonl")):
        with path.open(encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines if line.strip()]
    rows = []

    def add(text: str, day: float, sender: str) -> None:
        moment = START + datetime.timedelta(days=day)
        rows.append((moment, text.replace("{month}", moment.strftime("%B")), sender))

    people = max(10, asked.messages // 2)
    for _ in range(asked.messages):
        share = chance.random()
        # A weekly rhythm, and a little growth over the year.
        day = DAYS * chance.random() ** 0.85
        while (START + datetime.timedelta(days=day)).weekday() >= 5 and chance.random() < 0.6:
            day = DAYS * chance.random()
        sender = f"customer{int(people * chance.random() ** 1.3)}@example.org"
        if share < 0.05 and day > 270:
            add(chance.choice(CHARGED)[1], day, sender)
        elif share < 0.05 + 0.10 * max(0.0, 1 - day / 260):
            add(chance.choice(DELIVERY)[1], day, sender)
        else:
            add(chance.choice(texts), day, sender)
    for day in range(0, DAYS, max(1, DAYS * 6 // max(1, asked.messages // 20))):
        add(LOUD, day + 0.4, "loud@example.org")
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    for number, (moment, text, sender) in enumerate(rows, 1):
        record = {
            "id": f"m{number:06}", "text": text, "sender": sender,
            "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
