#include "CHeardMail.h"
#include <gmime/gmime.h>
void heard_mail_start(void) { g_mime_init(); }
