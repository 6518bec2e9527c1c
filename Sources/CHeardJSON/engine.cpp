#include "CHeardJSON.h"
#include <simdjson.h>
extern "C" const char *heard_json_engine(void) { return "simdjson"; }
