#ifndef C_HEARD_MAIL_H
#define C_HEARD_MAIL_H
/// Starts GMime once in the process; safe to call again.
void heard_mail_start(void);
#endif
