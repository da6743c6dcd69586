// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/render/locale.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::render {

/// One message in ICU MessageFormat, compiled. Immutable; any thread. Messages whose arguments are plain
/// `{name}`s are kept as pieces; only plural, select and number formats go through icu::MessageFormat (which
/// is not thread-safe, so it stands behind a lock of its own).
class Message {
 public:
  /// Throws std::invalid_argument, naming the pattern, when it is not MessageFormat with named arguments.
  Message(std::string_view pattern, Locale locale);
  ~Message();
  Message(Message&&) noexcept;
  Message& operator=(Message&&) noexcept;

  /// An argument that is not given stays visible as `{name}`.
  [[nodiscard]] std::string format(const MessageArgs& args) const;
  /// Names of the arguments with their kinds ("name", "count:plural"), sorted, each once.
  [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }
  [[nodiscard]] const std::string& pattern() const { return pattern_; }

 private:
  struct Piece {
    std::string literal;
    std::string argument;  ///< follows the literal; empty in the last piece
  };
  struct Complex;

  std::string pattern_;
  std::vector<std::string> arguments_;
  std::vector<Piece> pieces_;
  std::unique_ptr<Complex> complex_;
};

}  // namespace tongxing::render
