"""The worker without Spark: pipes, batches, and what a broken heard leads to."""

import os
import pathlib
import random
import stat
import sys
import tempfile
import unittest

import pyarrow

sys.path[:0] = [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parent)]

import messages
from heard_spark import worker
from heard_spark.record import LEFT_OUT, arrow_type, record_type, schema

COMMAND = [
    messages.program(), "run", "-", "--lines", "--from", "jsonl",
    "--lexicons", str(messages.ROOT / "lexicons"),
    "--policy", str(messages.ROOT / "policies/default.yaml"),
]


def judged(batches, command=None, **changes):
    """The rows of all batches as dictionaries."""
    arguments = {
        "command": lambda: command or COMMAND, "text": "text", "kept": ["nr"],
        "record": arrow_type(record_type(changes.pop("explain", False))), "into": None,
        "own_id": None, **changes}
    return [row for batch in worker.judge(iter(batches), **arguments) for row in batch.to_pylist()]


def batch(texts, first=0):
    """Rows numbered from `first`."""
    return pyarrow.RecordBatch.from_pydict({
        "nr": pyarrow.array(range(first, first + len(texts)), pyarrow.int32()),
        "text": pyarrow.array(texts, pyarrow.string())})


class Fake:
    """A program that does not behave as heard does."""

    def __init__(self, body):
        self.folder = tempfile.TemporaryDirectory(prefix="heard-spark-test-")
        self.path = pathlib.Path(self.folder.name, "fake")
        self.path.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{body}\n")
        self.path.chmod(self.path.stat().st_mode | stat.S_IXUSR)

    def __enter__(self):
        return [str(self.path)]

    def __exit__(self, *_):
        self.folder.cleanup()


class WorkerTests(unittest.TestCase):
    def setUp(self):
        # The virtual machine of other tests may be one of them.
        self.before = children()

    def check(self, texts, batches, explain=False):
        with tempfile.TemporaryDirectory(prefix="heard-spark-test-") as folder:
            expected = messages.judged_here(texts, pathlib.Path(folder), explain)
        found = judged(
            batches, command=COMMAND + (["--explain"] if explain else []), explain=explain)
        self.assertEqual([row.pop("nr") for row in found], list(range(len(texts))))
        for number, row in enumerate(found):
            # No assertEqual: a record may be longer than a screen can show.
            self.assertTrue(
                messages.from_columns(row) == messages.as_columns(expected[number]),
                f"row {number}: {str(row)[:300]} is not {str(expected[number])[:300]}")

    def test_batches_of_any_size_give_the_records_of_one_run(self):
        texts = messages.ODD + messages.generated(1200)
        chance = random.Random(3)
        batches, start = [], 0
        while start < len(texts):
            size = chance.choice([0, 1, 2, 50, 1023, 1024, 1025])
            batches.append(batch(texts[start:start + size], start))
            start += size
        self.check(texts, batches)

    def test_explanations_too(self):
        texts = messages.ODD + messages.corpus()[::7]
        self.check(texts, [batch(texts)], explain=True)

    def test_texts_larger_than_any_pipe_do_not_lock(self):
        # Megabytes in and out at the same time, with pipes of 64 KiB.
        texts = ["Ik ben boos. " * 20_000] * 12 + ["x" * (17 << 20), "after"] + ["kort"] * 3000
        self.check(texts, [batch(texts)], explain=True)

    def test_what_is_no_utf8_is_an_error_record(self):
        raw = pyarrow.array([b"Hallo \xff", b"\xc5", b"goed", b"\xed\xa0\x80"], pyarrow.binary())
        rows = pyarrow.RecordBatch.from_pydict({
            "nr": pyarrow.array([0, 1, 2, 3], pyarrow.int32()),
            # As Spark hands over strings that it never looked into.
            "text": pyarrow.StringArray.from_buffers(4, raw.buffers()[1], raw.buffers()[2])})
        found = judged([rows])
        self.assertEqual([row["status"] for row in found], ["error", "error", "ok", "error"])
        self.assertEqual({row["error"]["code"] for row in found if row["error"]}, {"invalid-utf8"})

    def test_no_rows_need_no_heard(self):
        self.assertEqual(judged([], command=["/nonexistent"]), [])
        self.assertEqual(judged([batch([])], command=["/nonexistent"]), [])

    def test_large_strings_and_one_column(self):
        rows = pyarrow.RecordBatch.from_pydict({
            "nr": pyarrow.array([7, 8], pyarrow.int64()),
            "text": pyarrow.array(["Hallo", None], pyarrow.large_string())})
        record = arrow_type(record_type())
        record = pyarrow.struct([record[0], pyarrow.field("id", pyarrow.int64()), *list(record)[1:]])
        found = judged([rows], record=record, into="heard", own_id="nr")
        self.assertEqual([row["heard"]["id"] for row in found], [7, 8])
        self.assertEqual([row["heard"]["status"] for row in found], ["ok", "error"])

    def test_the_process_ends_with_the_rows(self):
        generator = worker.judge(
            iter([batch(["a"]), batch(["b"])]), command=lambda: COMMAND, text="text", kept=[],
            record=arrow_type(record_type()), into=None, own_id=None)
        next(generator)
        self.assertEqual(len(children()), len(self.before) + 1)
        generator.close()
        self.assertEqual(children(), self.before)
        judged([batch(["a", "b"])])
        self.assertEqual(children(), self.before)

    def test_what_goes_wrong_is_said(self):
        record = '{"schema":"heard/1","status":"ok","id":%d}\\n'
        loop = "for n, _ in enumerate(sys.stdin): print('%s' %% (%s), end='', flush=True)"
        cases = [
            ("sys.stderr.write('no lexicons here\\n'); sys.exit(78)", "status 78.*no lexicons here"),
            ("sys.stdin.readline(); os.kill(os.getpid(), 9)", "signal 9"),
            ("sys.stdin.readline(); os.close(1); time.sleep(30)", "before it had answered"),
            (loop % (record, "n + 1"), "another order"),
            (loop % (record * 2, "n, n"), "more records|another order"),
            (loop % (record.replace("heard/1", "heard/2"), "n"), "update heard-spark"),
            (loop % (record, "n") + "\nsys.exit(3)", "status 3"),
        ]
        for body, says in cases:
            with self.subTest(says), Fake(body) as command:
                with self.assertRaisesRegex(worker.HeardError, says):
                    judged([batch(["een", "twee"])], command=command)
                self.assertEqual(children(), self.before)
        with self.assertRaisesRegex(worker.HeardError, "/nonexistent/heard.*install heard"):
            judged([batch(["een"])], command=["/nonexistent/heard"])

    def test_one_that_is_silent_is_given_up(self):
        with Fake("time.sleep(60)") as command:
            exchange = worker.Exchange(command, patience=0.2)
            with self.assertRaisesRegex(worker.HeardError, "has not answered"):
                exchange.ask([b"{}\n"], 1)
        self.assertEqual(children(), self.before)

    def test_every_key_of_the_record_is_a_column(self):
        judged_keys = schema()["$defs"]["judged"]["properties"]
        columns = record_type(explain=True).fieldNames()
        self.assertEqual([key for key in judged_keys if key not in LEFT_OUT] + ["error"], columns)
        self.assertEqual(set(LEFT_OUT) - set(judged_keys), set())


def children():
    """Processes of this one."""
    found = []
    for stat_file in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat_file.read_text().rsplit(")", 1)[1].split()[1]) == os.getpid():
                found.append(stat_file.parent.name)
        except OSError:
            continue
    return sorted(found)


if __name__ == "__main__":
    unittest.main()
