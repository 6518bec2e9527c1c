#include "CHeardICU.h"
#include <unicode/uvernum.h>
extern "C" const char *heard_icu_version(void) { return U_ICU_VERSION; }
