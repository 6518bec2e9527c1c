#ifndef HEARD_PROCESS_H
#define HEARD_PROCESS_H
#endif
