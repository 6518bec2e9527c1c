// The straightforward way with ICU: NFKC_Casefold the line, break it into words, strip the marks of
// each, look it up among keywords treated alike. ł and its like, which no decomposition touches, are
// spelled out as heard does, so that both look for the same.
//   icu TEXTS KEYWORDS
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <string>
#include <unordered_set>

#include "rival.h"

using icu::UnicodeString;

static const icu::Normalizer2 *casefold, *decompose;

static std::string folded(const UnicodeString &word) {
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString apart = decompose->normalize(word, status), bare;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    UChar32 character = apart.char32At(i);
    if (u_charType(character) == U_NON_SPACING_MARK) continue;
    switch (character) {
      case 0x142: bare.append(u'l'); break;
      case 0xF8: bare.append(u'o'); break;
      case 0x111: bare.append(u'd'); break;
      case 0xE6: bare.append(u"ae", 2); break;
      case 0x153: bare.append(u"oe", 2); break;
      case 0x2019: bare.append(u'\''); break;
      default: bare.append(character);
    }
  }
  std::string bytes;
  return bare.toUTF8String(bytes);
}

int main(int argc, char **argv) {
  if (argc != 3) fail("usage: icu TEXTS KEYWORDS", "icu");
  UErrorCode status = U_ZERO_ERROR;
  casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  decompose = icu::Normalizer2::getNFDInstance(status);
  std::unique_ptr<icu::BreakIterator> breaker(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) fail(u_errorName(status), "ICU");
  Text texts = text_of(argv[1]), words = text_of(argv[2]);
  std::unordered_set<std::string> keywords;
  for (size_t at = 0; at < words.size;) {
    size_t length = line_length(&words, at);
    keywords.insert(folded(casefold->normalize(
        UnicodeString::fromUTF8({words.bytes + at, static_cast<int32_t>(length)}), status)));
    at += length + 1;
  }
  double started = cpu_seconds();
  unsigned long long lines = 0, tokens = 0, found = 0;
  for (size_t at = 0; at < texts.size; lines++) {
    size_t length = line_length(&texts, at);
    UnicodeString normal = casefold->normalize(
        UnicodeString::fromUTF8({texts.bytes + at, static_cast<int32_t>(length)}), status);
    breaker->setText(normal);
    for (int32_t from = breaker->first(), to = breaker->next(); to != icu::BreakIterator::DONE;
         from = to, to = breaker->next()) {
      if (breaker->getRuleStatus() < UBRK_WORD_NUMBER) continue;
      tokens++;
      found += keywords.count(folded(normal.tempSubStringBetween(from, to)));
    }
    at += length + 1;
  }
  printf("{\"lines\":%llu,\"tokens\":%llu,\"found\":%llu,\"seconds\":%f}\n", lines, tokens, found,
         cpu_seconds() - started);
}
