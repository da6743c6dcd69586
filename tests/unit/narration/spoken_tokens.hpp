// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What is said, as a row of comparable tokens, and how much of an expected row it hits.
namespace tongxing::tests {

/// Mandarin: a syllable each; Cantonese: a character each; English and letters: a word or a capital letter
/// each. `language` is cmn, yue or en.
[[nodiscard]] std::vector<std::string> spoken_tokens(std::string_view text, std::string_view language);

/// An expected row of a table in tests/data/narration; alternatives as "li3/li5".
[[nodiscard]] std::vector<std::string> expected_tokens(std::string_view text, std::string_view language);

/// How many expected tokens are right: the length of the longest common row.
[[nodiscard]] std::size_t tokens_right(const std::vector<std::string>& expected,
                                       const std::vector<std::string>& said);

[[nodiscard]] std::string joined(const std::vector<std::string>& tokens);

struct TableRow {
  std::string written;
  std::string expected;
};
[[nodiscard]] std::vector<TableRow> read_table(std::string_view name);

}  // namespace tongxing::tests
