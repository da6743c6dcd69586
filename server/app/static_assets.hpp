// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"
#include "server/render/assets.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::app {

/// Answers /assets/… from the program itself, in the best encoding that the client takes. Names carry a hash
/// of the content, so every answer may be kept for a year. Immutable after construction; any thread.
class StaticAssets {
 public:
  explicit StaticAssets(const render::Assets& assets);
  [[nodiscard]] std::optional<http::Response> find(std::string_view path,
                                                   std::string_view accept_encoding) const;

 private:
  struct Encodings {
    std::string content_type;
    http::SharedBody identity;
    http::SharedBody br;
    http::SharedBody gzip;
  };
  std::map<std::string, Encodings, std::less<>> files_;
};

}  // namespace tongxing::app
