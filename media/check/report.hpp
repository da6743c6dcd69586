// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/rule.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::media::check {

/// One place where a rule does not hold. Texts are English sentences or values; names from the package have
/// gone through shown().
struct Finding {
  std::string file;      ///< below the package folder; empty: the package as a whole
  std::size_t line = 0;  ///< 1-based; 0: none
  std::string found;
  std::string expected;
};

enum class Status : std::uint8_t {
  ok,
  failed,
  not_applicable,  ///< the package has nothing that the rule is about
  not_checked      ///< it has, but it cannot be looked into: MPEG-TS, encryption, HTTP
};

/// What a check found, rule by rule. A rule fails with its first finding; else it is "not checked" if a part
/// of the package could not be looked into, else "ok" if anything was looked at.
class Report {
 public:
  void holds(Rule rule) { row(rule).looked = true; }
  void fail(Rule rule, Finding finding);
  void skip(Rule rule, const std::string& reason);

  [[nodiscard]] Status status(Rule rule) const;
  /// The first 20; see more().
  [[nodiscard]] const std::vector<Finding>& findings(Rule rule) const { return row(rule).findings; }
  /// How many findings there were beyond those.
  [[nodiscard]] std::size_t more(Rule rule) const { return row(rule).more; }
  /// Why it was not checked, each reason once.
  [[nodiscard]] const std::vector<std::string>& reasons(Rule rule) const { return row(rule).reasons; }
  [[nodiscard]] bool passed() const;

 private:
  struct Row {
    bool looked = false;
    std::vector<Finding> findings;
    std::vector<std::string> reasons;
    std::size_t more = 0;
  };
  [[nodiscard]] Row& row(Rule rule) { return rows_.at(static_cast<std::size_t>(rule)); }
  [[nodiscard]] const Row& row(Rule rule) const { return rows_.at(static_cast<std::size_t>(rule)); }

  std::array<Row, kRules> rows_;
};

}  // namespace tongxing::media::check
