"""The columns of a record, made from the schema that heard publishes.

``record.schema.json`` is heard's own ``docs/record.schema.json``, so what heard writes and what Spark
gets cannot drift apart: a key that is added there is a column here.
"""

from __future__ import annotations

import functools
import importlib.resources
import json

import pyarrow
from pyspark.sql import types

#: Keys that are no columns, each with the reason.
LEFT_OUT = {
    "id": "the row has its own columns that say which it is",
    "meta": "needs --with-meta; the row has its own columns for sender and time",
    "received": "needs --cases, --deadlines or --staff, which keep state on one machine",
    "thread": "needs --cases",
    "parties": "needs --staff",
    "due": "needs --deadlines",
}
#: The place of a bad record in the input of one process depends on how rows are spread over tasks.
LEFT_OUT_OF_ERRORS = {"where": "the row itself is the place"}
#: Keys that are there with ``explain=True`` only.
EXPLANATION = ("hits", "nearMisses", "zones", "because", "merit")


@functools.cache
def schema() -> dict:
    """The published schema of a record."""
    # As a file of the package, which may be in a zip.
    text = importlib.resources.files("heard_spark").joinpath("record.schema.json").read_text("utf-8")
    return json.loads(text)


def record_type(explain: bool = False) -> types.StructType:
    """The columns that ``classify`` adds, in the order of the record.

    Of an error record only ``schema``, ``status``, ``lexicon``, ``policy``, ``version`` and ``error``
    are not null; of any other, ``error`` is.
    """
    definitions = schema()["$defs"]
    judged = definitions["judged"]["properties"]
    columns = {
        name: rule for name, rule in judged.items()
        if name not in LEFT_OUT and (explain or name not in EXPLANATION)
    }
    error = definitions["failed"]["properties"]["error"]
    inside = {k: v for k, v in error["properties"].items() if k not in LEFT_OUT_OF_ERRORS}
    columns["error"] = error | {"properties": inside}
    return types.StructType(
        [types.StructField(name, _spark(rule, definitions)) for name, rule in columns.items()])


def arrow_type(spark: types.DataType) -> pyarrow.DataType:
    """The same type for Arrow."""
    if isinstance(spark, types.StructType):
        return pyarrow.struct(
            [pyarrow.field(field.name, arrow_type(field.dataType)) for field in spark.fields])
    if isinstance(spark, types.ArrayType):
        return pyarrow.list_(arrow_type(spark.elementType))
    return {
        types.StringType: pyarrow.string(),
        types.LongType: pyarrow.int64(),
        types.DoubleType: pyarrow.float64(),
    }[type(spark)]


def _spark(rule: dict, definitions: dict) -> types.DataType:
    """The type of what a rule of the schema allows."""
    if "$ref" in rule:
        rule = definitions[rule["$ref"].removeprefix("#/$defs/")] | {
            key: value for key, value in rule.items() if key != "$ref"}
    kind = rule.get("type")
    if kind == "object":
        return types.StructType([
            types.StructField(name, _spark(inside, definitions))
            for name, inside in rule["properties"].items()
        ])
    if kind == "array":
        # A pair, as a range of bytes, has its rules one by one; they are all alike.
        inside = rule["items"] or rule["prefixItems"][0]
        return types.ArrayType(_spark(inside, definitions))
    if kind == "integer":
        return types.LongType()
    if kind == "number":
        return types.DoubleType()
    if kind == "string" or "enum" in rule or "const" in rule:
        return types.StringType()
    raise TypeError(f"the schema of the record has a type that no column can have: {rule}")
