// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The rules for a sign language video, S1–S8 of the media rules §3.4. The limits are data: one table.
namespace tongxing::accessibility {

enum class Tick : std::uint8_t { open, confirmed };

/// What is known of a sign language video. What was not measured is left out and gives no finding; what only
/// a person can judge is open until they have.
struct SignFacts {
  std::optional<std::int64_t> frames_per_1000_s{};  ///< 25 a second is 25'000
  std::optional<int> source_width{};                ///< pixels
  std::optional<int> source_height{};
  std::optional<int> least_width{};  ///< of the smallest rendition, pixels
  std::optional<int> least_height{};
  std::optional<std::int64_t> least_bits_a_second{};  ///< of the smallest rendition
  std::optional<int> shown_permille{};                ///< of the player's width, as it is shown first
  std::optional<std::chrono::milliseconds> offset{};  ///< authoring offset from the lesson, either sign
  std::optional<std::chrono::milliseconds> drift{};   ///< measured while playing, either sign
  std::optional<std::chrono::milliseconds> length{};  ///< of the sign video
  std::optional<std::chrono::milliseconds> lesson{};  ///< of the lesson
  int sound_streams = 0;
  std::string language{};     ///< ISO 639-3: csl, hks
  Tick picture = Tick::open;  ///< the whole signing space, plain background, nothing over the hands
  Tick consent = Tick::open;  ///< the signer's written consent is on record
};

enum class SignCheck : std::uint8_t {
  frame_rate,     ///< S1, frames in 1000 s
  source_width,   ///< S2, pixels
  source_height,  ///< S2
  least_width,    ///< S2, of the smallest rendition
  least_height,   ///< S2
  bit_rate,       ///< S3, bits a second
  shown_width,    ///< S4, permille of the player
  offset,         ///< S5, ms
  drift,          ///< S5, ms
  picture,        ///< S6, a reviewer's tick
  length,         ///< S7, ms of difference from the lesson
  sound,          ///< S7, streams
  language,       ///< S8
  consent         ///< S8
};

enum class SignSeverity : std::uint8_t {
  warning,  ///< a reviewer has to confirm it
  error     ///< blocks publication
};

/// Whether the limit is the least or the most that is allowed.
enum class Bound : std::uint8_t { least, most };

/// A row of the table. A value beyond `error` is an error, one beyond `warn` a warning; nullopt: there is
/// none.
struct SignRule {
  SignCheck check;
  std::string_view id;  ///< "S1" … "S8"
  Bound bound;
  std::optional<std::int64_t> warn;
  std::optional<std::int64_t> error;
  std::string_view source;  ///< where the number comes from
};

[[nodiscard]] std::span<const SignRule> sign_rules();

struct SignFinding {
  SignCheck check = SignCheck::frame_rate;
  SignSeverity severity = SignSeverity::warning;
  std::int64_t value = 0;
  std::int64_t limit = 0;
  bool operator==(const SignFinding&) const = default;
};

/// In the order of the table.
[[nodiscard]] std::vector<SignFinding> check_sign(const SignFacts& facts);

[[nodiscard]] std::size_t count_of(const std::vector<SignFinding>& findings, SignSeverity severity);

/// "frame_rate", "consent" …: the end of message keys.
[[nodiscard]] std::string_view name_of(SignCheck check);
/// "S1" … "S8".
[[nodiscard]] std::string_view rule_of(SignCheck check);

}  // namespace tongxing::accessibility
