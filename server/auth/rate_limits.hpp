// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

/// Brakes for guessing. In memory (a restart forgets them), bounded, by the steady clock, thread-safe. They
/// make guessing slow and never lock anybody out; there is no CAPTCHA (WCAG 2.2 SC 3.3.8).
namespace tongxing::auth {

/// A growing pause after each failure: 0, 0, 1, 2, 4 … at most 60 s. Forgotten after 15 minutes without a
/// try.
class Backoff {
 public:
  explicit Backoff(const Clock& clock, std::size_t capacity = 10'000) : clock_(clock), capacity_(capacity) {}

  /// Zero: go on, and the try counts as failed from this moment, so that many at once do not slip through
  /// together. Otherwise the time to wait; asking does not make it longer.
  [[nodiscard]] Milliseconds try_now(std::string_view key);
  /// The try succeeded: forget the failures.
  void succeeded(std::string_view key);

 private:
  struct Entry {
    unsigned failures = 0;
    SteadyTime next;  ///< no try before
    SteadyTime last;
  };
  const Clock& clock_;
  const std::size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

/// `burst` at once, then one each `interval`.
class TokenBucket {
 public:
  TokenBucket(const Clock& clock, std::size_t burst, Milliseconds interval, std::size_t capacity = 20'000)
      : clock_(clock), burst_(burst), interval_(interval), capacity_(capacity) {}

  /// Zero: taken. Otherwise the time until there is one again.
  [[nodiscard]] Milliseconds take(std::string_view key);
  /// Gives one back: it was no guess after all.
  void give_back(std::string_view key);

 private:
  const Clock& clock_;
  const std::size_t burst_;
  const Milliseconds interval_;
  const std::size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<std::string, SteadyTime> full_at_;  ///< when the bucket will be full again
};

/// The part of an address that one household or school has: an IPv4 address whole, of IPv6 the first 64 bits.
[[nodiscard]] std::string address_block(std::string_view address);

/// All brakes of this program. Owner: the composition root.
struct RateLimits {
  explicit RateLimits(const Clock& clock)
      : sign_in_account(clock),
        sign_in_address(clock, 100, Milliseconds{2'000}),
        registration_address(clock, 200, Milliseconds{20'000}),
        setup_address(clock, 20, Milliseconds{10'000}) {}

  Backoff sign_in_account;      ///< key: login, or "device:" + login for a browser that was let in before
  TokenBucket sign_in_address;  ///< only failures count: a class of 200 behind one address may sign in
  TokenBucket registration_address;
  TokenBucket setup_address;
};

}  // namespace tongxing::auth
