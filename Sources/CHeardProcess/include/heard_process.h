// What a program in a mail server's pipe must do about signals, time and its standard files.
//
// In C because a signal handler may call few functions, and Swift promises none of them.
#ifndef HEARD_PROCESS_H
#define HEARD_PROCESS_H

#include <stddef.h>

// Where the program is; what a signal does depends on it.
enum heard_stage {
  // The message is not whole: the sender keeps it (75).
  HEARD_STAGE_READING = 0,
  // The message is kept: after a crash or when time is up the program starts again without judging.
  HEARD_STAGE_JUDGING = 1,
  // What is written is complete or invisible at any moment: leave (75).
  HEARD_STAGE_FILING = 2,
  // Another program has the message: wait for it.
  HEARD_STAGE_HANDED_OVER = 3,
};

// Why the program was started again.
enum heard_restart {
  HEARD_RESTART_NONE = 0,
  HEARD_RESTART_CRASH = 1,
  HEARD_RESTART_TIME = 2,
};

// Opens /dev/null for standard files that are closed, so that no other file takes their numbers.
// Returns a bit for each that was closed: 1 standard input, 2 output, 4 error.
int heard_standard_files(void);

// Why this process was started again (enum heard_restart); the mark is taken out of the environment.
int heard_guard_reason(void);

// Installs the handlers. `argv` is that of main and must stay.
void heard_guard_start(char *const argv[]);

// Keeps a message for starting again. Returns 0, or -1 when it cannot be kept, which means that a
// crash ends with 75 instead.
int heard_guard_keep(const void *bytes, size_t count);

// Enters a stage.
void heard_guard_stage(int stage);

// Sets the time until SIGALRM, in milliseconds; 0 stops it.
void heard_guard_limit(unsigned milliseconds);

// Runs a program with `bytes` as its standard input and nothing else of ours; output is dropped.
// Returns its exit status, 128 + n when a signal ended it, or -1 with errno.
int heard_run(const char *path, char *const argv[], const void *bytes, size_t count);

#endif
