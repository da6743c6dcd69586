// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/intervals.hpp"

#include <algorithm>
#include <charconv>

namespace tongxing::courses {
namespace {

/// Takes a plain decimal number from the front: no sign, no leading zeros, so that every value has one text.
bool take_number(std::string_view& text, Milliseconds& value) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return false;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  value = Milliseconds{number};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::expected<Intervals, IntervalsError> Intervals::parse(std::string_view text) {
  Intervals result;
  if (text.empty()) return result;
  for (;;) {
    if (result.pieces_.size() == kMax) return std::unexpected(IntervalsError::too_many);
    Interval piece;
    if (!take_number(text, piece.from) || !take(text, '-') || !take_number(text, piece.to)) {
      return std::unexpected(IntervalsError::malformed);
    }
    if (piece.to > kMaxTime) return std::unexpected(IntervalsError::out_of_range);
    const bool after = result.empty() || piece.from > result.pieces_.back().to;
    if (!after || piece.to <= piece.from) return std::unexpected(IntervalsError::not_sorted);
    result.total_ += piece.to - piece.from;
    result.pieces_.push_back(piece);
    if (text.empty()) return result;
    if (!take(text, ',')) return std::unexpected(IntervalsError::malformed);
  }
}

std::string Intervals::text() const {
  std::string out;
  for (const auto& piece : pieces_) {
    if (!out.empty()) out += ',';
    out += std::to_string(piece.from.count());
    out += '-';
    out += std::to_string(piece.to.count());
  }
  return out;
}

Insertion Intervals::insert(Interval added) {
  if (added.from.count() < 0 || added.to > kMaxTime) return Insertion::out_of_range;
  if (added.from >= added.to) return Insertion::nothing;
  const auto first = std::ranges::lower_bound(pieces_, added.from, {}, &Interval::to);
  const auto last = std::upper_bound(first, pieces_.end(), added.to,
                                     [](Milliseconds to, const Interval& piece) { return to < piece.from; });
  if (first == last) {
    if (pieces_.size() == kMax) return Insertion::too_many;
    total_ += added.to - added.from;
    pieces_.insert(first, added);
    return Insertion::done;
  }
  const Interval merged{std::min(first->from, added.from), std::max((last - 1)->to, added.to)};
  for (auto piece = first; piece != last; ++piece) total_ -= piece->to - piece->from;
  total_ += merged.to - merged.from;
  *first = merged;
  pieces_.erase(first + 1, last);
  return Insertion::done;
}

Milliseconds Intervals::covered_in(Interval range) const {
  Milliseconds sum{0};
  for (const auto& piece : pieces_) {
    const auto from = std::max(piece.from, range.from);
    const auto to = std::min(piece.to, range.to);
    if (from < to) sum += to - from;
  }
  return sum;
}

std::optional<Milliseconds> Intervals::first_uncovered(Milliseconds duration) const {
  const bool starts = !empty() && pieces_.front().from.count() == 0;
  const auto point = starts ? pieces_.front().to : Milliseconds{0};
  if (point >= duration) return std::nullopt;
  return point;
}

std::vector<Interval> Intervals::gaps(Milliseconds duration) const {
  std::vector<Interval> result;
  Milliseconds at{0};
  for (const auto& piece : pieces_) {
    if (piece.from >= duration) break;
    if (at < piece.from) result.push_back({at, piece.from});
    at = piece.to;
  }
  if (at < duration) result.push_back({at, duration});
  return result;
}

Intervals Intervals::clipped(Milliseconds duration) const {
  Intervals result;
  for (auto piece : pieces_) {
    piece.to = std::min(piece.to, duration);
    result.insert(piece);
  }
  return result;
}

}  // namespace tongxing::courses
