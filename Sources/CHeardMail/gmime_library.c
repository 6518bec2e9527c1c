// Loads GMime; heard_mail_start is called by whatever is about to use it.
#include "CHeardMail.h"

// The table needs the names themselves, so the header's other half comes behind them.
#define HEARD_GMIME_NAMES_ONLY
#include "gmime_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/// What mail servers take as "later": EX_TEMPFAIL of sysexits.h.
enum { TRY_AGAIN_LATER = 75 };

#define LIBRARY "libgmime-3.0.so.0"

struct heard_gmime heard_gmime;

/// Without the library no mail can be told from another: as when the linker of the system does not
/// find one, but with a status after which a mail server keeps the mail.
static void give_up(const char *reason) {
  fprintf(stderr, "heard: cannot load " LIBRARY ": %s; install libgmime-3.0-0\n",
          reason ? reason : "no reason given");
  _exit(TRY_AGAIN_LATER);
}

static void start(void) {
  void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (!library) give_up(dlerror());
  const struct {
    void *place;
    const char *name;
  } functions[] = {
#define HEARD_GMIME_FUNCTION(name) {&heard_gmime.name, #name},
      HEARD_GMIME_FUNCTIONS(HEARD_GMIME_FUNCTION)
#undef HEARD_GMIME_FUNCTION
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
    void *function = dlsym(library, functions[index].name);
    if (!function) give_up(dlerror());
    memcpy(functions[index].place, &function, sizeof function);
  }
  heard_gmime.g_mime_init();
}

void heard_mail_start(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start);
}
