#ifndef C_HEARD_LANGUAGE_MODEL_H
#define C_HEARD_LANGUAGE_MODEL_H

#include <stddef.h>

/// First byte of the language model, aligned to 64 bytes; lives as long as the process.
const void *heard_language_model(void);

/// Length of the language model in bytes.
size_t heard_language_model_size(void);

#endif
