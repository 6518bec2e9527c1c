#include <new>

#include "text.hpp"

extern "C" heard_icu_text *heard_icu_text_open(void) {
  heard_icu_text *text = new (std::nothrow) heard_icu_text();
  if (text == nullptr) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  // The root locale by name: what a text comes to must not depend on the machine's own locale.
  text->breaker = ubrk_open(UBRK_WORD, "root", nullptr, 0, &status);
  text->casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  text->nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) {
    heard_icu_text_close(text);
    return nullptr;
  }
  return text;
}

extern "C" void heard_icu_text_close(heard_icu_text *text) {
  if (text == nullptr) return;
  if (text->breaker != nullptr) ubrk_close(text->breaker);
  delete text;
}
