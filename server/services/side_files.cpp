// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/side_files.hpp"

#include "server/auth/audit.hpp"
#include "server/services/asset_copy.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/package_parts.hpp"
#include "server/storage/asset_store.hpp"

#include <charconv>
#include <utility>

namespace tongxing::services {
namespace {

using storage::SideKind;

storage::JobKind job_of(SideKind kind) {
  return kind == SideKind::sign ? storage::JobKind::sign : storage::JobKind::describe;
}

std::string_view name_of(SideKind kind) {
  return kind == SideKind::sign ? "sign" : "recording";
}

/// The lesson's asset, where one more file can belong to it.
Result<storage::Asset> asset_of_lesson(storage::Connection& db, const LessonInVersion& lesson) {
  if (!lesson.lesson.asset) return fail(ErrorCode::conflict, "errors.upload.no_video");
  auto asset = storage::AssetStore(db).get(*lesson.lesson.asset);
  if (!asset || asset->state == storage::AssetState::failed ||
      asset->state == storage::AssetState::quarantined) {
    return fail(ErrorCode::conflict, "errors.upload.no_video");
  }
  return std::move(*asset);
}

struct Target {
  LessonInVersion found;
  storage::Asset asset;
};

Result<Target> target_of(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                         SideKind kind) {
  auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  auto asset = asset_of_lesson(db, *found);
  if (!asset) return std::unexpected(asset.error());
  if (!storage::SideFileStore(db).of_asset(asset->id, kind)) {
    return fail(ErrorCode::not_found,
                kind == SideKind::sign ? "errors.sign.none" : "errors.description.none");
  }
  return Target{std::move(*found), std::move(*asset)};
}

void record(storage::Connection& db, Timestamp now, const AccountId& who, SideKind kind,
            std::string_view what, const LessonId& lesson) {
  const std::string action = "lesson." + std::string(name_of(kind)) + "_" + std::string(what);
  auth::record(db, now, {who.str(), action, "lesson", lesson.str(), {}});
}

/// ASCII out of what Chinese keyboards type for digits, signs and points, without spaces.
std::string plain_number(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kSame[] = {
      {"\u2212", '-'}, {"\uFF0D", '-'}, {"\u2013", '-'}, {"\uFF0B", '+'}, {"\uFF0E", '.'}, {"\u3002", '.'},
      {"\uFF10", '0'}, {"\uFF11", '1'}, {"\uFF12", '2'}, {"\uFF13", '3'}, {"\uFF14", '4'}, {"\uFF15", '5'},
      {"\uFF16", '6'}, {"\uFF17", '7'}, {"\uFF18", '8'}, {"\uFF19", '9'}, {"\u3000", ' '}};
  std::string plain;
  while (!text.empty()) {
    std::size_t taken = 1;
    char c = text.front();
    for (const auto& [wide, narrow] : kSame) {
      if (!text.starts_with(wide)) continue;
      taken = wide.size();
      c = narrow;
      break;
    }
    if (c != ' ') plain.push_back(c);
    text.remove_prefix(taken);
  }
  return plain;
}

/// Digits only, at most so many; −1 otherwise. No digits are 0.
std::int64_t digits(std::string_view text, std::size_t most) {
  std::int64_t value = 0;
  if (text.empty()) return 0;
  if (text.size() > most || text.find_first_not_of("0123456789") != std::string_view::npos) return -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

SideState side_state(storage::Connection& db, const AssetId& asset, SideKind kind) {
  SideState state{storage::SideFileStore(db).of_asset(asset, kind)};
  if (state.file) state.made = addition_state(db, job_of(kind), asset);
  return state;
}

Result<Milliseconds> read_offset(std::string_view text, const std::string& field) {
  const auto wrong = [&field] {
    const auto most = std::chrono::duration_cast<std::chrono::seconds>(kFurthestOffset).count();
    return std::unexpected(
        Error{ErrorCode::invalid, "errors.sign.offset", {{"limit", std::to_string(most)}}, field, {}});
  };
  const std::string number = plain_number(text);
  std::string_view rest = number;
  if (rest.empty()) return Milliseconds{0};
  const bool before = rest.front() == '-';
  if (before || rest.front() == '+') rest.remove_prefix(1);
  const auto point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  std::string part(point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1));
  if (whole.empty() && part.empty()) return wrong();
  if (part.size() < 3) part.append(3 - part.size(), '0');
  const std::int64_t seconds = digits(whole, 6);
  const std::int64_t thousandths = digits(part, 3);
  if (seconds < 0 || thousandths < 0) return wrong();
  const Milliseconds offset{seconds * 1'000 + thousandths};
  if (offset > kFurthestOffset) return wrong();
  return before ? -offset : offset;
}

std::string offset_text(Milliseconds offset) {
  const auto size = std::chrono::abs(offset).count();
  std::string text = (offset < Milliseconds{0} ? "-" : "") + std::to_string(size / 1'000);
  if (size % 1'000 == 0) return text;
  std::string part = std::to_string(1'000 + size % 1'000).substr(1);
  part.erase(part.find_last_not_of('0') + 1);
  return text + "." + part;
}

Result<void> may_have_side_file(storage::Connection& db, const LessonInVersion& lesson) {
  const auto asset = asset_of_lesson(db, lesson);
  if (!asset) return std::unexpected(asset.error());
  return {};
}

Result<JoinedSideFile> join_side_file(storage::Connection& db, const storage::DataLayout& layout,
                                      const LessonInVersion& lesson, storage::SideFile file, Timestamp now,
                                      Random& random) {
  const auto shown = asset_of_lesson(db, lesson);
  if (!shown) return std::unexpected(shown.error());
  const storage::Asset asset = own_asset(db, layout, lesson, *shown, now, random);
  storage::SideFileStore sides(db);
  JoinedSideFile joined{asset.id};
  if (const auto before = sides.of_asset(asset.id, file.kind)) {
    sides.remove(before->id);
    joined.replaced = before->id;
  }
  file.asset = asset.id;
  sides.insert(file);
  renew_addition(db, layout, job_of(file.kind), asset, now, random);
  reopen(db, lesson.version);
  record(db, now, file.owner, file.kind, "uploaded", lesson.lesson.lesson);
  return joined;
}

Result<void> SideFiles::set_offset(storage::Connection& db, const auth::Viewer& viewer,
                                   const LessonId& lesson, SideKind kind, Milliseconds offset, Timestamp now,
                                   Random& random) const {
  const auto target = target_of(db, viewer, lesson, kind);
  if (!target) return std::unexpected(target.error());
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::SideFileStore sides(db);
  const auto file = sides.of_asset(asset.id, kind);
  // A copy leaves out a file that is lost.
  if (!file) return fail(ErrorCode::conflict, "errors.sign.gone");
  sides.set_offset(file->id, offset);
  renew_addition(db, layout_, job_of(kind), asset, now, random);
  reopen(db, target->found.version);
  record(db, now, viewer.account, kind, "moved", lesson);
  return {};
}

Result<std::filesystem::path> SideFiles::remove(storage::Connection& db, const auth::Viewer& viewer,
                                                const LessonId& lesson, SideKind kind, Timestamp now,
                                                Random& random) const {
  const auto target = target_of(db, viewer, lesson, kind);
  if (!target) return std::unexpected(target.error());
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::SideFileStore sides(db);
  const auto file = sides.of_asset(asset.id, kind);
  if (file) sides.remove(file->id);
  renew_addition(db, layout_, job_of(kind), asset, now, random);
  reopen(db, target->found.version);
  record(db, now, viewer.account, kind, "removed", lesson);
  return file ? layout_.original(file->id) : std::filesystem::path{};
}

}  // namespace tongxing::services
