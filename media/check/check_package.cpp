// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/check_package.hpp"

#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <system_error>

namespace tongxing::media::check {

namespace {

Report check(PackageFolder& folder) {
  Report report;
  report.holds(Rule::p1);
  const Contents contents = load_contents(folder, report);
  check_variants(contents, report);
  check_media_tags(contents, report);
  check_segments(contents, report);
  check_subtitles(contents, report);
  check_frame_lists(contents, report);
  check_chapters(contents, report);
  check_names(contents, report);
  check_dash_sets(contents, report);
  check_dash_pictures(contents, report);
  check_agreement(contents, report);
  return report;
}

}  // namespace

std::expected<Report, std::string> check_package(const std::string& folder) {
  try {
    PackageFolder package(folder);
    const bool any = std::ranges::any_of(package.files(), [](const std::string& file) {
      return extension(file) == "m3u8" || extension(file) == "mpd";
    });
    if (!any) return std::unexpected(shown(folder) + " holds no playlist (.m3u8) and no manifest (.mpd)");
    return check(package);
  } catch (const std::system_error& error) {
    return std::unexpected(shown(folder) + " cannot be read: " + error.code().message());
  }
}

}  // namespace tongxing::media::check
