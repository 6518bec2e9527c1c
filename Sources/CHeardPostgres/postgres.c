#include "heard_postgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The part of libpq's interface that is used; it has been stable since PostgreSQL 7.4.
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct {
  char *keyword;
  char *environment;
  char *compiled;
  char *value;
  char *label;
  char *shown;
  int size;
} conn_option;
enum { connection_ok = 0, result_command_ok = 1, result_tuples_ok = 2 };
enum { field_sqlstate = 'C', field_message = 'M' };

static struct {
  conn_option *(*parse)(const char *, char **);
  void (*free_options)(conn_option *);
  void (*free_memory)(void *);
  PGconn *(*connect)(const char *const *, const char *const *, int);
  int (*status)(const PGconn *);
  void (*finish)(PGconn *);
  char *(*error)(const PGconn *);
  PGresult *(*exec)(PGconn *, const char *, int, const unsigned *, const char *const *, const int *,
                    const int *, int);
  int (*result_status)(const PGresult *);
  char *(*error_field)(const PGresult *, int);
  int (*rows)(const PGresult *);
  int (*columns)(const PGresult *);
  char *(*changed)(PGresult *);
  char *(*value)(const PGresult *, int, int);
  int (*is_null)(const PGresult *, int, int);
  void (*clear)(PGresult *);
  void (*set_notice)(PGconn *, void (*)(void *, const PGresult *), void *);
} pq;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded = 0;

static void load(void) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  const struct {
    void *place;
    const char *name;
  } functions[] = {
      {&pq.parse, "PQconninfoParse"},     {&pq.free_options, "PQconninfoFree"},
      {&pq.free_memory, "PQfreemem"},
      {&pq.connect, "PQconnectdbParams"}, {&pq.status, "PQstatus"},
      {&pq.finish, "PQfinish"},           {&pq.error, "PQerrorMessage"},
      {&pq.exec, "PQexecParams"},         {&pq.result_status, "PQresultStatus"},
      {&pq.error_field, "PQresultErrorField"}, {&pq.rows, "PQntuples"},
      {&pq.columns, "PQnfields"},
      {&pq.changed, "PQcmdTuples"},       {&pq.value, "PQgetvalue"},
      {&pq.is_null, "PQgetisnull"},       {&pq.clear, "PQclear"},
      {&pq.set_notice, "PQsetNoticeReceiver"},
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
    void *function = dlsym(library, functions[index].name);
    if (!function) return;
    memcpy(functions[index].place, &function, sizeof function);
  }
  is_loaded = 1;
}

struct heard_postgres {
  PGconn *connection;
  PGresult *result;
};

// The server's notices would go to standard error, where mail servers read.
static void ignore_notice(void *nothing, const PGresult *notice) {
  (void)nothing;
  (void)notice;
}

static void copy_line(char *target, size_t size, const char *text) {
  snprintf(target, size, "%s", text);
  for (char *at = target; *at; at++) {
    if (*at == '\n') *at = at[1] ? ' ' : '\0';
  }
}

// Whether a part of the URL has what belongs into another: a password with @ or / in it moves what
// is behind them into host, port and database, of which libpq's errors speak.
static int is_strange(const char *keyword, const char *value, const char *url) {
  // A socket may be in a folder of any name, and @ begins one without a folder.
  if (strcmp(keyword, "host") == 0) return *value && *value != '/' && strchr(value + 1, '@');
  if (strcmp(keyword, "port") == 0) return value[strspn(value, "0123456789,")] != 0;
  return strcmp(keyword, "dbname") == 0 && strchr(value, '@') && !strstr(url, "%40");
}

// Whether libpq reads the URL, and as it is meant. What libpq says of one that it cannot read quotes
// it, password and all.
static int can_read(const char *url) {
  char *error = NULL;
  conn_option *options = pq.parse(url, &error);
  if (error) pq.free_memory(error);
  if (!options) return 0;
  int is_good = 1;
  for (const conn_option *option = options; option->keyword; option++) {
    if (option->value && is_strange(option->keyword, option->value, url)) is_good = 0;
  }
  pq.free_options(options);
  return is_good;
}

heard_postgres *heard_postgres_open(const char *url, char *reason, size_t size) {
  pthread_once(&once, load);
  if (!is_loaded) {
    copy_line(reason, size, "libpq is not installed (Debian: libpq5)");
    return NULL;
  }
  if (!can_read(url)) {
    copy_line(
        reason, size,
        "the URL cannot be read; in user and password write % as %25, / as %2F, : as %3A and @ as "
        "%40");
    return NULL;
  }
  const char *const names[] = {
      "dbname", "connect_timeout", "tcp_user_timeout", "fallback_application_name", NULL};
  const char *const values[] = {url, "10", "20000", "heard", NULL};
  PGconn *connection = pq.connect(names, values, 1);
  heard_postgres *opened = calloc(1, sizeof *opened);
  if (!connection || !opened || pq.status(connection) != connection_ok) {
    copy_line(reason, size, connection ? pq.error(connection) : "out of memory");
    if (connection) pq.finish(connection);
    free(opened);
    return NULL;
  }
  pq.set_notice(connection, ignore_notice, NULL);
  opened->connection = connection;
  return opened;
}

void heard_postgres_close(heard_postgres *connection) {
  if (!connection) return;
  if (connection->result) pq.clear(connection->result);
  pq.finish(connection->connection);
  free(connection);
}

int heard_postgres_is_lost(const heard_postgres *connection) {
  return pq.status(connection->connection) != connection_ok;
}

int heard_postgres_run(
    heard_postgres *connection, const char *statement, int count, const char *const *values) {
  if (connection->result) pq.clear(connection->result);
  connection->result =
      pq.exec(connection->connection, statement, count, NULL, values, NULL, NULL, 0);
  if (!connection->result) return 0;
  int status = pq.result_status(connection->result);
  return status == result_command_ok || status == result_tuples_ok;
}

static const char *field(const heard_postgres *connection, int code) {
  const char *text = connection->result ? pq.error_field(connection->result, code) : NULL;
  return text ? text : "";
}

const char *heard_postgres_state(const heard_postgres *connection) {
  return field(connection, field_sqlstate);
}

const char *heard_postgres_message(const heard_postgres *connection) {
  const char *text = field(connection, field_message);
  return *text ? text : "the connection was lost";
}

int heard_postgres_rows(const heard_postgres *connection) {
  return connection->result ? pq.rows(connection->result) : 0;
}

int heard_postgres_columns(const heard_postgres *connection) {
  return connection->result ? pq.columns(connection->result) : 0;
}

int heard_postgres_changed(const heard_postgres *connection) {
  return connection->result ? atoi(pq.changed(connection->result)) : 0;
}

const char *heard_postgres_value(const heard_postgres *connection, int row, int column) {
  if (!connection->result || pq.is_null(connection->result, row, column)) return NULL;
  return pq.value(connection->result, row, column);
}
