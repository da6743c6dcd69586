// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"

#include <string>
#include <string_view>

namespace tongxing::auth {

/// The hidden field `csrf` of our forms: proof that the page came from us and was made for this very session.
///
/// A token is nonce.HMAC(key, nonce ‖ binding); the binding is the session id, or the id in the cookie of an
/// anonymous visitor. The nonce makes every page's token different, so that a compressed page tells nothing
/// about it. A token lives as long as its session and no shorter: somebody who needs three hours for a form
/// must still be able to send it. Immutable; any thread.
class FormTokens {
 public:
  /// `key`: any text of at least 32 characters, secret, the same after a restart (table `installation`).
  FormTokens(std::string key, Random& random);

  [[nodiscard]] std::string make(std::string_view binding) const;
  /// False for an empty binding, so that nothing is ever proven by a missing cookie.
  [[nodiscard]] bool valid(std::string_view token, std::string_view binding) const;

 private:
  [[nodiscard]] std::string mac(std::string_view nonce, std::string_view binding) const;

  std::string key_;
  Random& random_;
};

}  // namespace tongxing::auth
