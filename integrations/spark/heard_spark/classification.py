"""``classify``: judges a column of messages where the rows are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pyspark.cloudpickle.cloudpickle as cloudpickle
from pyspark.sql import DataFrame, types

from heard_spark import worker
from heard_spark.record import arrow_type, record_type
from heard_spark.shipping import Installation


def classify(
    dataframe: DataFrame, text: str = "text", id: str | None = None, *,
    keep: Sequence[str] | None = None, into: str | None = None, explain: bool = False,
    heard: str | Installation = "heard", lexicons: str | None = None, policy: str | None = None,
) -> DataFrame:
    """Adds heard's record of its text to every row.

    Every task runs one process of heard beside its Python worker. A row that cannot be judged, as
    one without a text, is not an exception: its ``status`` is ``error``, and ``error`` says why. When
    heard itself ends too early the task fails, and Spark tries it again.

    Args:
        dataframe: the messages.
        text: the column with the text of a message, a string.
        id: the column that tells rows apart, a string or a whole number; kept in any case.
        keep: the columns of the DataFrame that stay; all, unless said.
        into: name of one struct column that is to hold the record (with the id, if there is one);
            unless said, every key of the record is a column.
        explain: whether to add hits, near misses, zones and reasons.
        heard: the program on the executors, or what ``ship`` gave.
        lexicons: folder of lexicons, or a compiled lexicon, on the executors.
        policy: policy file on the executors.

    Returns:
        The rows, in their order, with the columns of ``record_type(explain)``.

    Raises:
        ValueError: a column is missing, of the wrong type, or there twice.
    """
    fields = {field.name: field for field in dataframe.schema.fields}
    if len(fields) < len(dataframe.schema.fields):
        raise ValueError("two columns have the same name; rename one with withColumnRenamed")
    _check(fields, text, "text", types.StringType)
    if id is not None:
        _check(
            fields, id, "id", types.StringType, types.LongType, types.IntegerType, types.ShortType,
            types.ByteType)
    kept = list(fields) if keep is None else list(dict.fromkeys(keep))
    for name in kept:
        if name not in fields:
            raise ValueError(f"keep: there is no column {name!r}")
    if id is not None and id not in kept:
        kept.insert(0, id)
    record = record_type(explain)
    arrow = arrow_type(record)
    if into is not None and id is not None:
        own = types.StructField("id", fields[id].dataType)
        record = types.StructType([record.fields[0], own, *record.fields[1:]])
        # Which type the id has in Arrow is seen where the rows are.
        arrow = arrow_type(types.StructType(
            [types.StructField("id", types.StringType()) if field is own else field
             for field in record.fields]))
    added = [types.StructField(into, record)] if into is not None else record.fields
    doubled = [field.name for field in added if field.name.lower() in map(str.lower, kept)]
    if doubled:
        raise ValueError(
            f"the DataFrame has columns called {', '.join(doubled)}, as the record has; put the "
            "record into one column of another name with into=, or choose columns with keep=")
    installation = Installation(heard) if isinstance(heard, str) else heard
    # By value, so that executors need heard and pyarrow but not this package.
    cloudpickle.register_pickle_by_value(worker)
    judge = partial(
        worker.judge, command=installation.command(lexicons, policy, explain), text=text, kept=kept,
        record=arrow, into=into, own_id=id)
    needed = list(dict.fromkeys([*kept, text]))
    for name in needed:
        # Spark's own mapInArrow looks its columns up as expressions.
        if "." in name or "`" in name:
            raise ValueError(
                f"Spark cannot hand over a column called {name!r}; rename it with withColumnRenamed")
    return dataframe.select(*needed).mapInArrow(
        lambda batches: judge(batches),
        types.StructType([*[_nullable(fields[name]) for name in kept], *added]))


def _check(fields: dict, name: str, role: str, *allowed: type) -> None:
    if name not in fields:
        raise ValueError(f"there is no column {name!r}; name the one with the {role} with {role}=")
    kind = fields[name].dataType
    if not isinstance(kind, allowed):
        raise ValueError(
            f"the column {name!r} is {kind.simpleString()}; cast it to string first")


def _nullable(field: types.StructField) -> types.StructField:
    return types.StructField(field.name, field.dataType, True, field.metadata)
