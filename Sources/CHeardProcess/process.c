#include "heard_process.h"
