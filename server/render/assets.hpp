// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tongxing::render {

/// One file of the built-in web distribution, with the encodings made at build time. Views point into the
/// program itself and never die.
struct Asset {
  std::string_view content_type;
  std::string_view identity;
  std::string_view br;    ///< empty where brotli does not make it smaller
  std::string_view gzip;  ///< empty where gzip does not make it smaller
};

/// The files below /assets/. Their names carry a hash of the content: answer with
/// `Cache-Control: public, max-age=31536000, immutable`. Immutable after loading; any thread.
class Assets {
 public:
  /// Reads a pack as web/tools/pack.mjs writes it. Throws std::invalid_argument when it is not one.
  explicit Assets(std::string_view pack);

  /// The distribution built into the program.
  static std::shared_ptr<const Assets> built_in();

  /// By the request's path ("/assets/main-Bx1c.js"); nullptr where there is none.
  [[nodiscard]] const Asset* find(std::string_view path) const;
  /// Paths by the names templates use after "asset.": main_js, main_css, favicon_svg …
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& names() const { return names_; }
  [[nodiscard]] const std::map<std::string, Asset, std::less<>>& files() const { return files_; }

 private:
  std::map<std::string, Asset, std::less<>> files_;  ///< by path
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace tongxing::render
