// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace tongxing {

/// An opaque identifier of one kind of thing: 128 random bits as 26 lower-case base32 characters where we
/// make it. Two kinds never mix. Empty means "none".
template <typename Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  [[nodiscard]] const std::string& str() const noexcept { return value_; }
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string value_;
};

using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using CourseId = Id<struct CourseTag>;
using CourseVersionId = Id<struct CourseVersionTag>;
using LessonId = Id<struct LessonTag>;
using AssetId = Id<struct AssetTag>;
using TrackId = Id<struct TrackTag>;
using UploadId = Id<struct UploadTag>;
using JobId = Id<struct JobTag>;
using EnrollmentId = Id<struct EnrollmentTag>;
using PlaybackSessionId = Id<struct PlaybackSessionTag>;

}  // namespace tongxing

template <typename Tag>
struct std::hash<tongxing::Id<Tag>> {
  std::size_t operator()(const tongxing::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
