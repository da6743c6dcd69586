// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace tongxing::media::av {

/// A fault of libav that no input should be able to cause, or a lack of memory. Holds libav's negative code.
class Fault : public std::runtime_error {
 public:
  Fault(const std::string& what, int code);
  [[nodiscard]] int code() const noexcept { return code_; }

 private:
  int code_;
};

/// libav's own words for a code, for logs.
[[nodiscard]] std::string describe(int code);

/// Returns `code` where it is not negative, throws Fault otherwise.
int check(int code, const char* what);

/// Returns `pointer` where it is set, throws Fault (out of memory) otherwise.
template <typename T>
T* check_pointer(T* pointer, const char* what) {
  if (pointer == nullptr) throw Fault(what, -12);  // ENOMEM
  return pointer;
}

}  // namespace tongxing::media::av
