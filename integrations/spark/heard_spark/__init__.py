"""heard for Spark: what a DataFrame of customers' messages complains about, row by row.

    from heard_spark import classify
    judged = classify(messages, text="body")

``classify`` is where to start reading; ``worker`` is what runs in the executors, ``record`` makes
the columns from the schema of heard's record, ``shipping`` takes heard to machines that lack it.
"""

from heard_spark.classification import classify
from heard_spark.record import record_type
from heard_spark.shipping import Installation, ship
from heard_spark.worker import HeardError

__all__ = ["HeardError", "Installation", "classify", "record_type", "ship"]
