// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_ticks.hpp"

#include "media/package_json/package_json.hpp"
#include "server/auth/audit.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/digest.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/version_flow.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

constexpr std::array kPoints{TickPoint::on_screen_text, TickPoint::sign_picture, TickPoint::sign_consent,
                             TickPoint::consent_stated};
constexpr std::array<std::string_view, 4> kNames{"ON_SCREEN_TEXT", "SIGN_PICTURE", "SIGN_CONSENT",
                                                 "SIGN_CONSENT_STATED"};

/// The sizes of what was encoded tell one recording from another; a copy of the package has the same.
void describe(const media::model::Rendition& rendition, std::string& into) {
  into += rendition.name + ' ' + rendition.codecs + ' ' + rendition.language + ' ' +
          std::to_string(rendition.init_bytes);
  for (const auto& segment : rendition.segments) {
    into += ' ' + std::to_string(segment.duration_us) + ':' + std::to_string(segment.bytes);
  }
  into += '\n';
}

std::string signer_of(const media::model::Package* package) {
  if (package == nullptr || package->sign.empty()) return {};
  std::string text;
  for (const auto& rendition : package->sign) describe(rendition, text);
  return sha256_hex(text);
}

/// The script, the sound that was made of it, and the picture that both are about.
std::string description_of(const LessonPack& lesson, const media::model::Package* package) {
  if (!lesson.asset || !lesson.asset->has_video) return {};
  std::string text;
  for (const auto& track : lesson.others) {
    if (track.kind == "AUDIO_DESCRIPTION") text += sha256_hex(track.source) + '\n';
  }
  if (package != nullptr) {
    for (const auto& rendition : package->renditions) {
      if (rendition.role == media::model::AudioRole::description) describe(rendition, text);
    }
  }
  return text.empty() ? std::string{} : sha256_hex(text + lesson.asset->source_sha256);
}

/// A reviewer looks at every version anew; what the author states of a recording stays true of it.
bool counts(const storage::TickRow& row, TickPoint point, const LessonPack& lesson,
            std::string_view subject) {
  const bool here = point == TickPoint::consent_stated || row.version == lesson.lesson.version;
  return here && row.point == name_of(point) && row.about == subject;
}

std::unexpected<Error> nothing_to_tick() {
  return fail(ErrorCode::conflict, "errors.review.tick_nothing");
}

std::string subject_in(TickPoint point, const LessonPack& lesson) {
  if (!lesson.asset) return {};
  const auto package = media::read_package(lesson.asset->package);
  return tick_subject(point, lesson, package ? &*package : nullptr);
}

void record(storage::Connection& db, const auth::Viewer& viewer, const LessonPack& lesson, TickPoint point,
            Confirmation ticked, Timestamp now) {
  auth::record(
      db, now,
      {viewer.account.str(), ticked == Confirmation::given ? "lesson.ticked" : "lesson.unticked", "lesson",
       lesson.lesson.lesson.str(), std::string(name_of(point)) + ' ' + lesson.lesson.version.str()});
}

}  // namespace

std::string_view name_of(TickPoint point) {
  return kNames[static_cast<std::size_t>(point)];
}

std::string tick_subject(TickPoint point, const LessonPack& lesson, const media::model::Package* package) {
  return point == TickPoint::on_screen_text ? description_of(lesson, package) : signer_of(package);
}

std::vector<LessonTick> ticks_of(const LessonPack& lesson, const media::model::Package* package) {
  std::vector<LessonTick> found;
  for (const auto point : kPoints) {
    const auto subject = tick_subject(point, lesson, package);
    if (subject.empty()) continue;
    const bool ticked = std::ranges::any_of(
        lesson.ticks, [&](const auto& row) { return counts(row, point, lesson, subject); });
    found.push_back({point, ticked});
  }
  return found;
}

std::vector<LessonTick> ticks_of(const LessonPack& lesson) {
  if (!lesson.asset) return {};
  const auto package = media::read_package(lesson.asset->package);
  return ticks_of(lesson, package ? &*package : nullptr);
}

bool is_ticked(const std::vector<LessonTick>& ticks, TickPoint point) {
  return std::ranges::any_of(ticks, [&](const LessonTick& one) { return one.point == point && one.ticked; });
}

Result<void> state_sign_consent(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                                Confirmation stated, Timestamp now) {
  const auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  const auto pack = pack_of_lesson(db, found->lesson);
  const auto subject = subject_in(TickPoint::consent_stated, pack);
  if (subject.empty() && stated == Confirmation::withdrawn) return {};
  if (subject.empty()) return fail(ErrorCode::conflict, "errors.teaching.no_signer");
  storage::TickStore ticks(db);
  if (stated == Confirmation::given) {
    ticks.put({found->version.id, lesson, std::string(name_of(TickPoint::consent_stated)), subject,
               viewer.account, now});
  } else {
    for (const auto& row :
         pack.ticks) {  // it is taken back for the recording, in whatever version it was said
      if (counts(row, TickPoint::consent_stated, pack, subject)) ticks.remove(row.version, lesson, row.point);
    }
  }
  reopen(db, found->version);
  record(db, viewer, pack, TickPoint::consent_stated, stated, now);
  return {};
}

Result<void> record_tick(storage::Connection& db, const auth::Viewer& viewer, const CourseVersionId& id,
                         const LessonId& lesson, std::string_view name, Confirmation ticked, Timestamp now) {
  const auto version = version_in_review(db, viewer, id);
  if (!version) return std::unexpected(version.error());
  const auto point = std::ranges::find(kReviewerTicks, name, [](TickPoint one) { return name_of(one); });
  if (point == kReviewerTicks.end()) return fail_field("point", "errors.review.tick");
  const auto row = storage::LessonStore(db).find(id, lesson);
  if (!row) return fail_field("lesson", "errors.review.lesson");
  const auto pack = pack_of_lesson(db, *row);
  const auto subject = subject_in(*point, pack);
  if (subject.empty()) return nothing_to_tick();
  if ((ticked == Confirmation::given) == is_ticked(ticks_of(pack), *point)) return {};
  storage::TickStore ticks(db);
  if (ticked == Confirmation::given) {
    ticks.put({id, lesson, std::string(name), subject, viewer.account, now});
  } else {
    ticks.remove(id, lesson, name);
  }
  record(db, viewer, pack, *point, ticked, now);
  return {};
}

std::optional<LessonPack> lesson_with_open_ticks(const std::vector<LessonPack>& pack) {
  const auto open = std::ranges::find_if(pack, [](const LessonPack& lesson) {
    return std::ranges::any_of(ticks_of(lesson), [](const LessonTick& one) {
      return !one.ticked && one.point != TickPoint::consent_stated;
    });
  });
  return open == pack.end() ? std::nullopt : std::optional(*open);
}

}  // namespace tongxing::services
