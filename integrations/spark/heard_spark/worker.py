"""What runs in the executors: one process of heard a task, a line of JSON in, a record out.

Nothing here needs Spark or another module of this package, so the functions travel to the executors
by value and only heard has to be there.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator

import pyarrow
import pyarrow.compute
import pyarrow.json

#: At most so many rows, and so many bytes of text (but one row at least), are judged at a time.
PIECE_ROWS = 1024
PIECE_BYTES = 8 << 20
#: Bytes that are encoded at a time; more only when heard has taken them.
CHUNK_BYTES = 1 << 16
#: Seconds without a byte in either direction after which heard is taken for dead.
PATIENCE = 600


class HeardError(RuntimeError):
    """heard is missing or ended before it had answered. Spark then tries the task again."""


class Exchange:
    """A process of heard that answers every line with a record, in order.

    Reading and writing wait for whichever is possible, so neither side can wait for the other with
    full pipes; and no more is encoded than heard takes. The process ends when its input does: also
    when this one is killed, because the system closes the pipe then.
    """

    def __init__(self, command: list[str], patience: float = PATIENCE) -> None:
        self._patience = patience
        self._complaints = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints,
                bufsize=0)
        except OSError as error:
            self._complaints.close()
            raise HeardError(
                f"{command[0]}: cannot be started: {error.strerror}; install heard on every "
                "executor, name it with heard=, or take it there with heard_spark.ship") from None
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)

    def ask(self, requests: Iterable[bytes], count: int) -> bytes:
        """Sends the requests, which hold `count` lines, and returns as many records."""
        chunks = iter(requests)
        unsent = memoryview(b"")
        is_sent = False
        answers: list[bytes] = []
        missing = count
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        poll.register(self._input, select.POLLOUT)
        while missing > 0:
            if not unsent and not is_sent:
                unsent = memoryview(next(chunks, b""))
                if not unsent:
                    is_sent = True
                    poll.unregister(self._input)
            ready = dict(poll.poll(self._patience * 1000))
            if not ready:
                self.kill()
                raise HeardError(f"heard has not answered for {self._patience:.0f} seconds")
            if self._output in ready:
                got = os.read(self._output, 1 << 18)
                if not got:
                    raise self._failure()
                answers.append(got)
                missing -= got.count(b"\n")
            if self._input in ready:
                try:
                    unsent = unsent[os.write(self._input, unsent):]
                except BlockingIOError:
                    pass
                except BrokenPipeError:
                    raise self._failure() from None
        if missing < 0 or unsent:
            self.kill()
            raise HeardError("heard gave more records than it was sent lines")
        return b"".join(answers)

    def end(self) -> None:
        """Ends the process, which has nothing left to say."""
        self._process.stdin.close()
        try:
            status = self._process.wait(self._patience)
        except subprocess.TimeoutExpired:
            status = -1
        if status != 0:
            raise self._failure()
        self._process.stdout.close()
        self._complaints.close()

    def kill(self) -> None:
        """Ends the process at once."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for file in (self._process.stdin, self._process.stdout, self._complaints):
            file.close()

    def _failure(self) -> HeardError:
        """What to say of a process that ended too early; heard never quotes a customer there."""
        try:
            # It has closed a pipe, so it is about to end and say why.
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
        status = self._process.wait()
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self._complaints.seek(max(0, self._complaints.seek(0, os.SEEK_END) - 2000))
        words = self._complaints.read().decode("utf-8", "replace").strip()
        self.kill()
        return HeardError(f"heard {how} before it had answered" + (f": {words}" if words else ""))


def judge(
    batches: Iterator[pyarrow.RecordBatch], command: Callable[[], list[str]], text: str,
    kept: list[str], record: pyarrow.StructType, into: str | None, own_id: str | None,
) -> Iterator[pyarrow.RecordBatch]:
    """Adds the columns of its record to every row.

    Args:
        batches: rows that have a column of strings called `text`.
        command: makes the command line, in the executor.
        kept: columns that stay.
        record: the columns to add; `id`, if it is among them, is `own_id`.
        into: name of one column that is to hold them all; None: each is a column of its own.
        own_id: the column that says which row it is.
    """
    exchange: Exchange | None = None
    try:
        for batch in batches:
            for piece in pieces(batch, text):
                exchange = exchange or Exchange(command())
                answers = exchange.ask(lines(piece, text), piece.num_rows)
                columns = parse(answers, piece.num_rows, record)
                yield joined(piece, kept, columns, record, into, own_id)
    except BaseException:
        # Also when Spark wants no more rows, as after a limit.
        if exchange:
            exchange.kill()
        raise
    if exchange:
        exchange.end()


def pieces(batch: pyarrow.RecordBatch, text: str) -> Iterator[pyarrow.RecordBatch]:
    """The batch in stretches of which every one fits into little memory, with its records."""
    lengths = pyarrow.compute.binary_length(batch.column(text)).to_pylist()
    start = 0
    size = 0
    for row, length in enumerate(lengths):
        length = length or 0
        if row > start and (size + length > PIECE_BYTES or row - start == PIECE_ROWS):
            yield batch.slice(start, row - start)
            start, size = row, 0
        size += length
    if start < len(lengths):
        yield batch.slice(start)


def lines(piece: pyarrow.RecordBatch, text: str) -> Iterator[bytes]:
    """The requests, some lines at a time. A row's number is its id, so that answers can be matched."""
    texts = piece.column(text)
    is_large = pyarrow.types.is_large_string(texts.type)
    # As bytes: a string of Spark may be no valid UTF-8, and then the record says so.
    texts = texts.cast(pyarrow.large_binary() if is_large else pyarrow.binary())
    encode = json.JSONEncoder(ensure_ascii=False).encode
    chunk: list[bytes] = []
    size = 0
    for row, raw in enumerate(texts.to_pylist()):
        quoted = b"null" if raw is None else encode(
            raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        # Of one width, for messages about too long a line say how long it is.
        chunk.append(b'{"id":%4d,"text":%b}\n' % (row, quoted))
        size += len(quoted)
        if size >= CHUNK_BYTES:
            yield b"".join(chunk)
            chunk, size = [], 0
    if chunk:
        yield b"".join(chunk)


def parse(answers: bytes, count: int, record: pyarrow.StructType) -> pyarrow.Table:
    """The records as columns, checked to be those of the rows."""
    fields = [field for field in record if field.name != "id"]
    table = pyarrow.json.read_json(
        pyarrow.BufferReader(answers),
        read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=len(answers) + 1),
        parse_options=pyarrow.json.ParseOptions(
            explicit_schema=pyarrow.schema([pyarrow.field("id", pyarrow.int64()), *fields]),
            unexpected_field_behavior="ignore"),
    ).combine_chunks()
    if table.num_rows != count:
        raise HeardError(f"heard gave {table.num_rows} records for {count} rows")
    versions = table.column("schema").unique().to_pylist()
    if versions != ["heard/1"]:
        raise HeardError(f"these records are of {versions}, not heard/1; update heard-spark")
    ids = table.column("id").to_pylist()
    # A line that is no JSON, for a text that is no UTF-8, has an answer without an id.
    if any(found is not None and found != row for row, found in enumerate(ids)):
        raise HeardError("heard answered in another order than it was asked")
    return table.select([field.name for field in fields])


def joined(
    piece: pyarrow.RecordBatch, kept: list[str], columns: pyarrow.Table,
    record: pyarrow.StructType, into: str | None, own_id: str | None,
) -> pyarrow.RecordBatch:
    """The rows with their records."""
    arrays = [piece.column(name) for name in kept]
    names = list(kept)
    added = [
        piece.column(own_id) if field.name == "id" else whole(columns.column(field.name))
        for field in record
    ]
    if into is None:
        arrays += added
        names += [field.name for field in record]
    else:
        fields = [
            pyarrow.field(field.name, array.type) for field, array in zip(record, added)]
        arrays.append(pyarrow.StructArray.from_arrays(added, fields=fields))
        names.append(into)
    return pyarrow.RecordBatch.from_arrays(arrays, names=names)


def whole(column: pyarrow.ChunkedArray) -> pyarrow.Array:
    """A column as one array."""
    return column.chunk(0) if column.num_chunks == 1 else pyarrow.concat_arrays(column.chunks)
