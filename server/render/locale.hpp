// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tongxing::render {

/// The languages of the interface, by BCP 47 tag. zh-Hans is the default.
enum class Locale { zh_hans, zh_hant, en };

[[nodiscard]] std::string_view tag(Locale locale);
/// Exact tag ("zh-Hant") as stored with an account; zh-Hans for anything else.
[[nodiscard]] Locale locale_from_tag(std::string_view tag);
/// The best match for an Accept-Language value (RFC 9110 §12.5.4): zh-TW, zh-HK, zh-MO → zh-Hant; other zh →
/// zh-Hans.
[[nodiscard]] Locale negotiate(std::string_view accept_language);

/// Every text of the interface: web/locales/<tag>/<area>.json, nested objects of ICU MessageFormat patterns,
/// addressed with dots: area, then the path inside the file ("accounts.sign_in.title"). Files named
/// errors_<area>.json stand below errors.<area>. Immutable after loading; any thread.
class Messages {
 public:
  /// The catalogues built into the program.
  static std::shared_ptr<const Messages> built_in();
  virtual ~Messages() = default;
  /// The formatted message. A missing key renders as "⟦key⟧", is logged, and fails the locale tests.
  [[nodiscard]] virtual std::string text(Locale locale, std::string_view key,
                                         const MessageArgs& args = {}) const = 0;
  /// Whether the key exists (in every locale: the tests see to that).
  [[nodiscard]] virtual bool has(std::string_view key) const;
  /// Every message below a prefix as one JSON object of patterns, {"paused":"已暂停",…}, nested as in the
  /// file: what a page hands to its script in a data-messages attribute. "{}" where nothing is below.
  [[nodiscard]] virtual std::string bundle(Locale locale, std::string_view prefix) const;
};

}  // namespace tongxing::render
