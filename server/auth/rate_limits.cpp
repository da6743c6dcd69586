// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rate_limits.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace tongxing::auth {
namespace {

constexpr Milliseconds kForget{15 * 60'000};
constexpr Milliseconds kLongest{60'000};

/// The pause after the n-th failure in a row.
Milliseconds pause_after(unsigned failures) {
  if (failures < 3) return Milliseconds{0};
  return std::min(kLongest, Milliseconds{1'000} * (1U << std::min(failures - 3, 6U)));
}

}  // namespace

Milliseconds Backoff::try_now(std::string_view key) {
  const SteadyTime now = clock_.steady_now();
  const std::scoped_lock lock(mutex_);
  if (entries_.size() >= capacity_ && !entries_.contains(std::string(key))) {
    std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.last >= kForget; });
    // Full of fresh failures: an attack over very many names. The brake by address holds; memory stays
    // bounded.
    if (entries_.size() >= capacity_) entries_.erase(entries_.begin());
  }
  Entry& entry = entries_[std::string(key)];
  if (entry.failures > 0 && now - entry.last >= kForget) entry = Entry{};
  if (entry.failures > 0 && now < entry.next) return entry.next - now;
  ++entry.failures;
  entry.last = now;
  entry.next = now + pause_after(entry.failures);
  return Milliseconds{0};
}

void Backoff::succeeded(std::string_view key) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(std::string(key));
}

Milliseconds TokenBucket::take(std::string_view key) {
  const SteadyTime now = clock_.steady_now();
  const std::scoped_lock lock(mutex_);
  if (full_at_.size() >= capacity_ && !full_at_.contains(std::string(key))) {
    std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
    if (full_at_.size() >= capacity_) full_at_.erase(full_at_.begin());
  }
  SteadyTime& full_at = full_at_.try_emplace(std::string(key), now).first->second;
  full_at = std::max(full_at, now);
  const auto debt = full_at - now + interval_;
  const auto most = interval_ * static_cast<Milliseconds::rep>(burst_);
  if (debt > most) return debt - most;
  full_at += interval_;
  return Milliseconds{0};
}

void TokenBucket::give_back(std::string_view key) {
  const std::scoped_lock lock(mutex_);
  const auto it = full_at_.find(std::string(key));
  if (it != full_at_.end()) it->second -= interval_;
}

std::string address_block(std::string_view address) {
  const std::string text(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> out{};
  inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  return std::string(out.data()) + "/64";
}

}  // namespace tongxing::auth
