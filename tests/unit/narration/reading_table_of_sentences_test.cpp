// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences that are easy to read wrongly, against how a person reads them.
#include "tests/support/catch.hpp"
#include "tests/unit/narration/spoken_tokens.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

namespace {

using namespace tongxing::tests;

struct Score {
  std::size_t sentences = 0;
  std::size_t tokens = 0;
  double right = 0;
};

/// Something said that should not be counts against a sentence as well as something missing.
Score score(const std::string& language) {
  Score result;
  std::size_t right = 0;
  for (const TableRow& row : read_table(language)) {
    const auto expected = expected_tokens(row.expected, language);
    const auto said = spoken_tokens(row.written, language);
    const std::size_t hits = tokens_right(expected, said);
    const std::size_t most = std::max(expected.size(), said.size());
    if (hits != most) {
      std::printf("%s\n  expected %s\n  said     %s\n", row.written.c_str(), row.expected.c_str(),
                  joined(said).c_str());
    }
    ++result.sentences;
    result.tokens += most;
    right += hits;
  }
  result.right = result.tokens == 0 ? 0 : static_cast<double>(right) / static_cast<double>(result.tokens);
  std::printf("%s: %zu sentences, %zu characters or words, %.2f %% right\n", language.c_str(),
              result.sentences, result.tokens, result.right * 100);
  return result;
}

}  // namespace

TEST_CASE("Tricky Mandarin sentences are read as a person reads them") {
  const Score result = score("cmn");
  CHECK(result.sentences >= 200);
  CHECK(result.right >= 0.95);
}

TEST_CASE("Tricky Cantonese sentences are read as a person reads them") {
  const Score result = score("yue");
  CHECK(result.sentences >= 50);
  CHECK(result.right >= 0.95);
}

TEST_CASE("Tricky English sentences are read as a person reads them") {
  const Score result = score("en");
  CHECK(result.sentences >= 50);
  CHECK(result.right >= 0.95);
}
