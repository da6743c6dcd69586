// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/digest.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace tongxing::services {
namespace {

void check(int outcome) {
  if (outcome != 1) throw std::runtime_error("OpenSSL refused to compute a digest");
}

}  // namespace

struct Digest::State {
  struct Free {
    void operator()(EVP_MD_CTX* md) const { EVP_MD_CTX_free(md); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Digest::Digest(Algorithm algorithm) : state_(std::make_unique<State>()) {
  check(EVP_DigestInit_ex(state_->context.get(), algorithm == Algorithm::sha1 ? EVP_sha1() : EVP_sha256(),
                          nullptr));
}

Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::update(std::span<const std::byte> piece) {
  check(EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size()));
}

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  check(EVP_DigestFinal_ex(state_->context.get(), bytes.data(), &length));
  std::string out;
  for (unsigned i = 0; i < length; ++i) out.push_back(static_cast<char>(bytes.at(i)));
  return out;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    out.push_back(kDigits[value >> 4U]);
    out.push_back(kDigits[value & 15U]);
  }
  return out;
}

std::string sha256_hex(std::string_view text) {
  Digest digest(Digest::Algorithm::sha256);
  digest.update(std::as_bytes(std::span(text)));
  return to_hex(digest.finish());
}

}  // namespace tongxing::services
