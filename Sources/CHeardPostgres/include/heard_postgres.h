// PostgreSQL by libpq, which is opened when a ledger is in PostgreSQL and not before: who keeps the
// ledger in SQLite needs neither the library nor its headers.
#ifndef HEARD_POSTGRES_H
#define HEARD_POSTGRES_H

#include <stddef.h>

typedef struct heard_postgres heard_postgres;

// Connects by a URL or keywords. On failure returns NULL, and why in `reason` (no password in it).
heard_postgres *heard_postgres_open(const char *url, char *reason, size_t size);

// Disconnects.
void heard_postgres_close(heard_postgres *connection);

// Whether the connection is of no use any more.
int heard_postgres_is_lost(const heard_postgres *connection);

// Runs one statement with text parameters (NULL is null) and holds its rows until the next.
// Returns 1 when it succeeded.
int heard_postgres_run(
    heard_postgres *connection, const char *statement, int count, const char *const *values);

// The SQLSTATE of the statement that failed; empty when the connection did.
const char *heard_postgres_state(const heard_postgres *connection);

// What the server says of the failure, without values.
const char *heard_postgres_message(const heard_postgres *connection);

// Rows and columns of the last statement, and how many it changed.
int heard_postgres_rows(const heard_postgres *connection);
int heard_postgres_columns(const heard_postgres *connection);
int heard_postgres_changed(const heard_postgres *connection);

// A value as text; NULL for null.
const char *heard_postgres_value(const heard_postgres *connection, int row, int column);

#endif
