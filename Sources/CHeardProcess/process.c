#define _GNU_SOURCE
#include "heard_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// EX_TEMPFAIL of sysexits(3): the mail server keeps the message and tries again.
enum { temporary_failure = 75 };

#define MARK "HEARD_RESTARTED="

static volatile sig_atomic_t stage = HEARD_STAGE_READING;
static volatile sig_atomic_t child = 0;
static int kept_file = -1;
static int was_restarted = 0;
static char *const *arguments;
static char **restart_environment;
static size_t mark_index;
static char crash_mark[] = MARK "1";
static char time_mark[] = MARK "2";

int heard_standard_files(void) {
  int closed = 0;
  for (int number = 0; number < 3; number++) {
    if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
    closed |= 1 << number;
    // The lowest free number is this one.
    if (open("/dev/null", O_RDWR) < 0) _exit(temporary_failure);
  }
  return closed;
}

static void say(const char *text) {
  // Nothing can be done about an error here.
  ssize_t ignored = write(2, text, strlen(text));
  (void)ignored;
}

static void leave(const char *text) {
  say(text);
  _exit(temporary_failure);
}

// Starts the program again with the kept message as its input. Returns only when that fails.
static void start_again(char *mark) {
  if (kept_file < 0 || was_restarted || !restart_environment) return;
  struct itimerval never = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &never, NULL);
  sigset_t none;
  sigemptyset(&none);
  // A new program inherits what is blocked, and a handler has its own signal blocked.
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (lseek(kept_file, 0, SEEK_SET) != 0 || dup2(kept_file, 0) != 0) return;
  restart_environment[mark_index] = mark;
  execve("/proc/self/exe", arguments, restart_environment);
}

static void crashed(int number) {
  (void)number;
  if (stage == HEARD_STAGE_JUDGING) start_again(crash_mark);
  leave("4.3.0 heard: internal fault; try again later\n");
}

static void time_is_up(int number) {
  (void)number;
  if (stage == HEARD_STAGE_JUDGING) start_again(time_mark);
  if (stage == HEARD_STAGE_HANDED_OVER && child > 0) kill(child, SIGTERM);
  leave("4.3.0 heard: time is up; try again later\n");
}

static void stopped(int number) {
  (void)number;
  // Who took the message over will say what became of it.
  if (stage == HEARD_STAGE_HANDED_OVER) return;
  leave("4.3.0 heard: stopped by a signal; try again later\n");
}

static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigfillset(&action.sa_mask);
  action.sa_flags = flags;
  sigaction(number, &action, NULL);
}

int heard_guard_reason(void) {
  const char *value = getenv("HEARD_RESTARTED");
  if (!value) return HEARD_RESTART_NONE;
  was_restarted = 1;
  int reason = value[0] == '2' ? HEARD_RESTART_TIME : HEARD_RESTART_CRASH;
  unsetenv("HEARD_RESTARTED");
  return reason;
}

void heard_guard_start(char *const argv[]) {
  arguments = argv;
  size_t count = 0;
  while (environ[count]) count++;
  restart_environment = calloc(count + 2, sizeof(char *));
  if (restart_environment) {
    for (size_t index = 0; index < count; index++) restart_environment[index] = environ[index];
    mark_index = count;
  }
  // A stack that overflowed cannot hold its own handler.
  static char spare[64 * 1024];
  stack_t stack = {.ss_sp = spare, .ss_size = sizeof spare, .ss_flags = 0};
  sigaltstack(&stack, NULL);
  const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
  for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) {
    handle(crashes[index], crashed, SA_ONSTACK | SA_NODEFER);
  }
  // All that would end the process otherwise.
  const int stops[] = {SIGTERM,   SIGINT,  SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2,  SIGXCPU,
                       SIGVTALRM, SIGPROF, SIGIO,  SIGPWR,  SIGXFSZ, SIGSTKFLT};
  for (size_t index = 0; index < sizeof stops / sizeof *stops; index++) {
    handle(stops[index], stopped, SA_RESTART);
  }
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) handle(number, stopped, SA_RESTART);
  handle(SIGALRM, time_is_up, SA_RESTART);
  // The mail server may have left them blocked.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

// Writes bytes into a file in memory; -1 with errno when that cannot be done.
static int file_in_memory(const void *bytes, size_t count) {
  int file = memfd_create("heard-message", MFD_CLOEXEC);
  if (file < 0) return -1;
  size_t done = 0;
  while (done < count) {
    ssize_t written = write(file, (const char *)bytes + done, count - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      int reason = errno;
      close(file);
      errno = reason;
      return -1;
    }
    done += (size_t)written;
  }
  return lseek(file, 0, SEEK_SET) == 0 ? file : -1;
}

int heard_guard_keep(const void *bytes, size_t count) {
  if (was_restarted) return 0;
  kept_file = file_in_memory(bytes, count);
  return kept_file < 0 ? -1 : 0;
}

void heard_guard_stage(int next) { stage = next; }

void heard_guard_limit(unsigned milliseconds) {
  struct itimerval time = {{0, 0}, {milliseconds / 1000, milliseconds % 1000 * 1000}};
  setitimer(ITIMER_REAL, &time, NULL);
}

int heard_run(const char *path, char *const argv[], const void *bytes, size_t count) {
  int input = file_in_memory(bytes, count);
  if (input < 0) return -1;
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&files, input, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  // What we ignore, as SIGPIPE, it may want to hear of.
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  pid_t process = 0;
  int refused = posix_spawn(&process, path, &files, &attributes, argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  close(input);
  if (refused) {
    errno = refused;
    return -1;
  }
  child = process;
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  child = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
