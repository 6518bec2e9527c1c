#include "CHeardLanguageModel.h"

extern const unsigned char heard_language_model_start[];
extern const unsigned char heard_language_model_end[];

const void *heard_language_model(void) { return heard_language_model_start; }

size_t heard_language_model_size(void) {
  return (size_t)(heard_language_model_end - heard_language_model_start);
}
