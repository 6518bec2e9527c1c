#!/usr/bin/env python3
"""`heard run --resume`, killed at random moments: the output is that of an undisturbed run.

  Tests/integration/kills.py [--kills 200] [--records 12000] [--seed N] [--heard .build/release/heard]

Outputs of four kinds (JSONL, CSV, a file a queue, SQLite) by one and two workers, over JSONL, gzip,
a table and a mailbox made of the sample corpus. A run is killed with SIGKILL, gone on with, killed
again … until it ends; then the next begins anew. After each kill the checkpoint may not be ahead of
what is on disk, and at the end not a byte may differ. Then disks that fill up (needs root), and
SIGINT, which has to say how to go on.
"""

import argparse
import collections
import csv
import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What a run with bad records in its input ends with.
DONE = 65
WRITERS = {
    "out.jsonl": lambda path: ["-o", path, "--explain"],
    "out.csv": lambda path: ["-o", path],
    "queues": lambda path: ["--per-queue", path],
    "out.sqlite": lambda path: ["-o", path, "--explain"],
}


def say(text):
    print(f"kills: {text}", flush=True)


def corpus(folder, records):
    """Inputs of four forms with some bad records among them."""
    messages = [json.loads(line) for language in ("nl", "pl", "en")
                for line in open(ROOT / f"corpus/{language}/messages.jsonl", encoding="utf-8")]
    mails = sorted(ROOT.glob("corpus/*/mail/*.eml"))
    each = records // 4

    def row(number):
        return messages[number % len(messages)]["text"]

    with open(folder / "a.jsonl", "w", encoding="utf-8") as out:
        for number in range(each):
            line = json.dumps({"id": number, "text": row(number)}, ensure_ascii=False)
            out.write((line if number % 97 else line[:20]) + "\n")
    with gzip.open(folder / "b.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out:
        for number in range(each):
            out.write(json.dumps({"id": f"z{number}", "text": row(number + 7)}, ensure_ascii=False) + "\n")
    with open(folder / "c.csv", "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "text"])
        for number in range(each):
            table.writerow([f"c{number}", row(number + 13) + "\nTweede regel."])
    with open(folder / "d.mbox", "wb") as out:
        for number in range(each):
            mail = mails[number % len(mails)].read_bytes().replace(b"\r\n", b"\n")
            lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in mail.split(b"\n")]
            out.write(b"From k@example.org Mon Jan  5 10:00:00 2026\n" + b"\n".join(lines).rstrip() + b"\n\n")
    return [folder / name for name in ("a.jsonl", "b.jsonl.gz", "c.csv", "d.mbox")]


def digest(path):
    """The content of an output: of a file, or of all files of a folder with their names."""
    if path.is_dir():
        return {child.name: hashlib.sha256(child.read_bytes()).hexdigest() for child in sorted(path.iterdir())}
    return {"": hashlib.sha256(path.read_bytes()).hexdigest()}


def beside(path, ending):
    return path.with_name(path.name + ending)


class Bench:
    def __init__(self, heard, folder, records):
        self.heard, self.folder = heard, folder
        self.inputs = [str(path) for path in corpus(folder, records)]
        self.expected, self.seconds = {}, {}
        for name in WRITERS:
            whole = folder / f"whole-{name}"
            started = time.monotonic()
            done = self.start(name, whole, 1, "5").wait()
            self.seconds[name] = time.monotonic() - started
            assert done == DONE, f"the undisturbed run ended with {done}"
            self.expected[name] = digest(whole)
            self.remove(whole)

    def start(self, name, path, jobs, every, **more):
        return subprocess.Popen(
            [self.heard, "run", "--quiet", "--resume", "--jobs", str(jobs), "--checkpoint-every", every,
             "--block-size", "32", *self.inputs, *WRITERS[name](str(path))],
            stderr=more.pop("stderr", subprocess.DEVNULL), stdout=subprocess.DEVNULL, cwd=ROOT, **more)

    def check_checkpoint(self, name, path):
        """The checkpoint is whole and not ahead of the output; the records that it counts."""
        checkpoint = beside(path, ".checkpoint")
        if not checkpoint.exists():
            return None
        said = json.loads(checkpoint.read_bytes())
        for part in said["output"]:
            if name == "out.sqlite":
                # On a copy: looking must not do the repair that going on has to do.
                with tempfile.TemporaryDirectory() as folder:
                    copy = pathlib.Path(folder) / "copy"
                    source = beside(path, ".partial") if beside(path, ".partial").exists() else path
                    shutil.copy(source, copy)
                    if beside(source, "-journal").exists():
                        shutil.copy(beside(source, "-journal"), beside(copy, "-journal"))
                    with sqlite3.connect(copy) as database:
                        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                        if not said["complete"]:
                            blocks = database.execute("PRAGMA user_version").fetchone()[0]
                            assert blocks >= part["length"], f"{name}: {blocks} blocks of {part['length']}"
            else:
                file = path / part["name"] if name == "queues" else path
                partial = beside(file, ".partial")
                size = (partial if partial.exists() else file).stat().st_size
                assert size >= part["length"], f"{name}: {size} bytes of {part['length']}"
        return said["records"]

    def remove(self, path):
        for place in (path, beside(path, ".partial"), beside(path, ".partial-journal"), beside(path, ".checkpoint")):
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    def check_whole(self, name, path):
        found = digest(path)
        assert found == self.expected[name], f"{name}: other bytes than the undisturbed run"
        for ending in (".checkpoint", ".checkpoint.new", ".partial", ".partial-journal"):
            assert not beside(path, ending).exists(), f"{name}{ending} is left"

    def kill(self, kills, random):
        """Kills so many times; returns how many came with no checkpoint yet, and in the middle."""
        counts = collections.Counter()
        names = list(WRITERS)
        while counts["kills"] < kills:
            name = names[counts["runs"] % len(names)]
            path = self.folder / name
            jobs = 1 + counts["runs"] // len(names) % 2
            # By the length of the run, or one that is over before its first checkpoint dies early each time.
            every = f"{self.seconds[name] * random.choice([0, 0.05, 0.2]):.3f}"
            status = None
            while status is None or status < 0:
                process = self.start(name, path, jobs, every)
                try:
                    status = process.wait(random.uniform(0, self.seconds[name]) if counts["kills"] < kills else None)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    status = process.wait()
                if status == -signal.SIGKILL:
                    counts["kills"] += 1
                    records = self.check_checkpoint(name, path)
                    counts["early" if records is None else "middle"] += 1
            assert status == DONE, f"{name}: ended with {status}"
            self.check_whole(name, path)
            self.remove(path)
            counts["runs"] += 1
            counts[f"{name} --jobs {jobs}"] += 1
        return counts

    def interrupt(self, number, status):
        """A signal finishes the blocks at hand and says how to go on."""
        path = self.folder / "out.jsonl"
        for attempt in range(20):
            process = self.start("out.jsonl", path, 2, "5", stderr=subprocess.PIPE)
            time.sleep(self.seconds["out.jsonl"] * (0.3 + attempt % 5 / 10))
            process.send_signal(number)
            said = process.stderr.read().decode()
            ended = process.wait()
            if ended == status:
                break
            # It came too early to be heard, or too late.
            assert ended in (DONE, -number), f"ended with {ended}: {said}"
            self.remove(path)
        assert ended == status and "the same command with --resume goes on" in said, said
        assert not path.exists() and self.check_checkpoint("out.jsonl", path) > 0
        assert self.start("out.jsonl", path, 1, "5").wait() == DONE
        self.check_whole("out.jsonl", path)
        self.remove(path)

    def fill(self, name, random):
        """A disk that fills up stops the run cleanly; with more room it goes on."""
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        size = random.randint(200, 900)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=True)
        try:
            path, stops = disk / name, 0
            while True:
                process = self.start(name, path, 1 + stops % 2, "0.05", stderr=subprocess.PIPE)
                said = process.stderr.read().decode()
                status = process.wait()
                if status == DONE:
                    break
                stops += 1
                assert status in (73, 74) and "no space left on device" in said, (status, said)
                # A disk that was full before the first checkpoint leaves nothing to go on with.
                assert (self.check_checkpoint(name, path) is not None) == ("--resume" in said), said
                assert stops < 400, "never ends"
                size += random.randint(500, 3000)
                subprocess.run(["mount", "-o", f"remount,size={size}k", disk], check=True)
            assert stops, f"{name}: the disk was never full"
            self.check_whole(name, path)
            return stops
        finally:
            subprocess.run(["umount", disk], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heard", default=ROOT / ".build/release/heard")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--records", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    generator = random.Random(options.seed)
    # A job in the background may have been started with SIGINT ignored, and its children too then.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="heard-kills-") as temporary:
        bench = Bench(str(pathlib.Path(options.heard).resolve()), pathlib.Path(temporary), options.records)
        seconds = ", ".join(f"{name} {value:.1f} s" for name, value in bench.seconds.items())
        say(f"seed {options.seed}; {options.records} records; undisturbed: {seconds}")
        counts = bench.kill(options.kills, generator)
        assert counts["middle"] * 4 > counts["kills"], f"too few kills in the middle: {counts}"
        say(f"{counts['kills']} kills, {counts['middle']} of them behind a checkpoint, in {counts['runs']} runs "
            "that all ended with the bytes of the undisturbed ones")
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            bench.interrupt(number, status)
        say("SIGINT and SIGTERM stop cleanly and say how to go on")
        if os.geteuid() != 0:
            say("SKIPPED full disks: mounting small ones needs root")
        else:
            stops = {name: bench.fill(name, generator) for name in WRITERS}
            say("full disks: " + ", ".join(f"{name} stopped {count} times" for name, count in stops.items())
                + ", and all went on to the same bytes")
    say("all held")


if __name__ == "__main__":
    main()
