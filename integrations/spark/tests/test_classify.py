"""``classify`` on a cluster of two executors, which are processes of their own.

The records are those that ``heard run`` writes on one machine, whatever the partitions, and also
when an executor or a process of heard is killed in the middle.
"""

import concurrent.futures
import datetime
import decimal
import os
import pathlib
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parent)]
# The executors' Python has pyarrow, and not what is only on this path.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ.pop("PYTHONPATH", None)

from pyspark import cloudpickle
from pyspark.errors import PythonException
from pyspark.sql import SparkSession, types

import messages
from heard_spark import Installation, classify, record_type, ship

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="heard-spark-test-"))
GENERATED = int(os.environ.get("HEARD_SPARK_MESSAGES", 3000))
spark: SparkSession
shipped: Installation


def setUpModule():
    global spark, shipped
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]").appName("heard-spark tests")
        .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.worker.cleanup.enabled", "true").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    shipped = ship(spark, **messages.shipping_arguments())


def tearDownModule():
    spark.stop()
    shutil.rmtree(FOLDER, ignore_errors=True)


def frame(texts, partitions):
    """The texts with their numbers, in random order."""
    rows = list(enumerate(texts))
    random.Random(11).shuffle(rows)
    return spark.createDataFrame(
        spark.sparkContext.parallelize(rows, partitions), "nr int, text string")


class ClassifyTests(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.texts = messages.ODD + messages.corpus() + messages.generated(GENERATED)
        cls.expected = [
            messages.as_columns(record) for record in messages.judged_here(cls.texts, FOLDER, False)]

    def check(self, dataframe):
        found = dataframe.drop("text").collect()
        self.assertEqual(len(found), len(self.texts))
        for row in found:
            record = row.asDict(recursive=True)
            number = record.pop("nr")
            self.assertEqual(
                messages.from_columns(record), self.expected[number], f"row {number}")
        self.assertEqual(len({row.nr for row in found}), len(self.texts))

    def test_the_records_are_those_of_one_machine(self):
        languages = {record.get("language") for record in self.expected}
        self.assertTrue({"nl", "pl", "en", "und"} <= languages, languages)
        self.assertIn("error", {record["status"] for record in self.expected})
        self.check(classify(frame(self.texts, 5), heard=shipped))
        self.assertEqual(left_behind(), [])

    def test_a_killed_executor_changes_nothing(self):
        with concurrent.futures.ThreadPoolExecutor(1) as other, Halfway() as program:
            judged = classify(frame(self.texts, 6), heard=program.installation)
            checked = other.submit(self.check, judged)
            started = program.wait_for(2)
            executors = {ancestor(pid, "CoarseGrainedExecutorBackend") for pid in started}
            self.assertEqual(len(executors), 2, "both executors are in the middle of a task")
            victim = executors.pop()
            os.kill(victim, signal.SIGKILL)
            program.go()
            checked.result(timeout=600)
            self.assertFalse(pathlib.Path(f"/proc/{victim}").exists())
            self.assertGreater(program.count(), 6, "the lost task was done again")

    def test_a_killed_process_of_heard_changes_nothing(self):
        with concurrent.futures.ThreadPoolExecutor(1) as other, Halfway() as program:
            judged = classify(frame(self.texts, 4), heard=program.installation)
            checked = other.submit(self.check, judged)
            os.kill(program.wait_for(1)[0], signal.SIGKILL)
            program.go()
            checked.result(timeout=600)
            self.assertGreater(program.count(), 4, "the lost task was done again")

    def test_explanations_in_one_column(self):
        texts = messages.corpus()[::5]
        expected = messages.judged_here(texts, FOLDER, True)
        judged = classify(
            frame(texts, 3), id="nr", keep=[], into="heard", explain=True, heard=shipped)
        self.assertEqual(judged.columns, ["nr", "heard"])
        found = {row.nr: row.heard.asDict(recursive=True) for row in judged.collect()}
        for number, record in enumerate(expected):
            self.assertEqual(messages.without_nulls(found[number]), record)

    def test_other_columns_stay_as_they_are(self):
        schema = types.StructType.fromDDL(
            "`the text` string, number string, sum decimal(10,2), at timestamp, day date, raw binary,"
            " labels array<string>, more map<string,int>, deep struct<a: int, b: array<double>>")
        rows = [
            (
                text, f"n-{number}", decimal.Decimal("12.50"),
                datetime.datetime(2026, 1, 5, 10, number), datetime.date(2026, 1, number + 1),
                bytearray(b"\x00\xff"), ["a", None], {"k": number}, (number, [0.5]))
            for number, text in enumerate(["Waar is mijn pakket?", None, ""])]
        dataframe = spark.createDataFrame(rows, schema)
        judged = classify(dataframe, text="the text", id="number", heard=shipped)
        self.assertEqual(judged.columns, schema.fieldNames() + record_type().fieldNames())
        kept = judged.select(*[f"`{name}`" for name in schema.fieldNames()]).orderBy("number")
        self.assertEqual(kept.collect(), dataframe.orderBy("number").collect())
        self.assertEqual(
            [row.status for row in judged.orderBy("number").collect()], ["ok", "error", "ok"])
        chosen = classify(dataframe, text="the text", keep=["sum"], heard=shipped)
        self.assertEqual(chosen.columns, ["sum"] + record_type().fieldNames())

    def test_columns_can_be_asked_for_in_sql(self):
        texts = ["Your agent was rude and hung up on me!", "Thanks for the quick help."]
        classify(frame(texts, 1), heard=shipped).createOrReplaceTempView("judged")
        found = spark.sql(
            "SELECT nr, class, array_contains(tags, 'staff-targeted') AS staff,"
            " scores.`staff-targeted` AS score FROM judged ORDER BY nr").collect()
        self.assertEqual([row.staff for row in found], [True, False])
        self.assertGreaterEqual(found[0].score, 0.5)

    def test_what_is_no_utf8_is_an_error_record(self):
        dataframe = spark.sql("SELECT CAST(X'48616C6C6FFF' AS STRING) AS text")
        row = classify(dataframe, keep=[], heard=shipped).collect()[0]
        self.assertEqual((row.status, row.error.code), ("error", "invalid-utf8"))

    def test_a_limit_leaves_no_process(self):
        judged = classify(frame(self.texts, 4), heard=shipped)
        self.assertEqual(len(judged.limit(3).collect()), 3)
        self.assertEqual(left_behind(), [])

    def test_where_heard_is_missing_it_is_said(self):
        judged = classify(frame(["een"], 1), heard="/nonexistent/heard")
        with self.assertRaisesRegex(PythonException, "install heard on every executor"):
            judged.collect()

    def test_mistakes_are_said_at_once(self):
        dataframe = spark.createDataFrame(
            [("a", 1.5, "x", "y")], "text string, x double, class string, `a.b` string")
        for arguments, says in [
            ({"text": "body"}, "no column 'body'.*text="), ({"text": "x"}, "cast it to string"),
            ({"id": "x"}, "cast it to string"), ({"id": "no"}, "no column 'no'.*id="),
            ({}, "columns called class.*into="), ({"into": "TEXT"}, "called TEXT"),
            ({"keep": ["y"]}, "no column 'y'"), ({"keep": ["a.b"]}, "withColumnRenamed"),
        ]:
            with self.subTest(says), self.assertRaisesRegex(ValueError, says):
                classify(dataframe, **arguments)
        doubled = dataframe.select("text", "text")
        with self.assertRaisesRegex(ValueError, "same name"):
            classify(doubled)
        with self.assertRaisesRegex(ValueError, "no such program"):
            ship(spark, "/nonexistent/heard")

    def test_executors_do_not_need_this_package(self):
        sent = {}

        class Listener:
            schema = frame(["x"], 1).schema

            def select(self, *_):
                return self

            def mapInArrow(self, function, _):
                sent["function"] = cloudpickle.dumps(function)

        classify(Listener(), heard=shipped)
        # In a Python in which the package cannot be imported.
        script = "import sys, pickle; sys.modules['heard_spark'] = None\n"
        script += "function = pickle.load(sys.stdin.buffer)\nprint(list(function(iter([]))))"
        done = subprocess.run(
            [sys.executable, "-c", script], input=sent["function"], capture_output=True, check=False)
        self.assertEqual(done.stdout, b"[]\n", done.stderr.decode())

    def test_streams_are_judged(self):
        source = FOLDER / "stream"
        spark.createDataFrame([(1, "Ik ben woedend!"), (2, None)], "nr int, text string") \
            .write.json(str(source))
        stream = spark.readStream.schema("nr int, text string").json(str(source))
        query = classify(stream, heard=shipped).writeStream.format("memory").queryName("live") \
            .trigger(availableNow=True).start()
        self.assertTrue(query.awaitTermination(120))
        found = spark.table("live").orderBy("nr").select("nr", "status").collect()
        self.assertEqual([tuple(row) for row in found], [(1, "ok"), (2, "error")])


class Halfway:
    """A heard that stops behind its hundredth line until it is told to go on."""

    BODY = """
import os, subprocess, sys, time
folder, heard, arguments = {folder!r}, {heard!r}, sys.argv[1:]
judge = subprocess.Popen([heard, *arguments], stdin=subprocess.PIPE, bufsize=0)
lines = 0
while piece := os.read(0, 1 << 16):
    if lines < 100 <= (lines := lines + piece.count(10)):
        open(os.path.join(folder, str(os.getpid())), "w").close()
        while not os.path.exists(os.path.join(folder, "go")):
            time.sleep(0.05)
    judge.stdin.write(piece)
judge.stdin.close()
sys.exit(judge.wait())
"""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
        path = self.folder / "heard"
        (self.folder / "started").mkdir()
        path.write_text(f"#!{sys.executable}\n" + self.BODY.format(
            folder=str(self.folder / "started"), heard=messages.program()))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        arguments = messages.shipping_arguments()
        self.installation = Installation(str(path), arguments["lexicons"], arguments["policy"])
        return self

    def __exit__(self, *_):
        self.go()

    def count(self):
        """How many have come to their hundredth line."""
        return len([path for path in (self.folder / "started").iterdir() if path.name != "go"])

    def wait_for(self, number):
        """The processes that stand halfway, as soon as there are so many."""
        until = time.monotonic() + 300
        while self.count() < number:
            if time.monotonic() > until:
                raise AssertionError("no task came to its middle")
            time.sleep(0.05)
        return [int(path.name) for path in (self.folder / "started").iterdir()]

    def go(self):
        (self.folder / "started/go").touch()


def ancestor(pid, name):
    """The nearest process above `pid` whose command line has `name`."""
    while pid > 1:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
        pid = int(text.rsplit(")", 1)[1].split()[1])
        if name in pathlib.Path(f"/proc/{pid}/cmdline").read_text():
            return pid
    raise AssertionError(f"no {name} above the process")


def left_behind():
    """Processes of the shipped heard that are still there a while after their task."""
    until = time.monotonic() + 20
    while True:
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if shipped.archive in path.read_text().split("\0")[0]:
                    found.append(path.parent.name)
            except OSError:
                continue
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()
