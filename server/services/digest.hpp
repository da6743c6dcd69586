// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tongxing::services {

/// A SHA-1 or SHA-256 over bytes that arrive in pieces (OpenSSL, which uses the processor's instructions for
/// them). SHA-1 only proves that a piece arrived whole (tus); identities are SHA-256. Move-only; one thread
/// at a time.
class Digest {
 public:
  enum class Algorithm { sha1, sha256 };
  explicit Digest(Algorithm algorithm);
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();

  void update(std::span<const std::byte> piece);
  /// The raw digest: 20 or 32 bytes. Ends the computation.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace tongxing::services
