// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

/// Running the worker program to its end and keeping what it says.
namespace tongxing::cli {

/// What a program says, kept in memory: it may be long, and nobody reads it before its end.
class Said {
 public:
  explicit Said(const char* name);
  Said(const Said&) = delete;
  Said& operator=(const Said&) = delete;
  ~Said();
  [[nodiscard]] int fd() const noexcept { return fd_; }
  [[nodiscard]] std::string text() const;

 private:
  int fd_;
};

/// Starts the worker beside this program with these arguments and waits for it. `output`: where its standard
/// output goes; nullptr: where ours does. Its exit code; 70 where it did not come to one, or did not start,
/// which is said on standard error.
[[nodiscard]] int run_to_end(const std::vector<std::string>& arguments, const Said* output,
                             const Said& errors);

}  // namespace tongxing::cli
