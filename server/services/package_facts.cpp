// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/package_facts.hpp"

#include "media/package_json/package_json.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/job_store.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>

namespace tongxing::services {

void add_package_facts(storage::Connection& db, LessonFact& lesson) {
  if (!lesson.playable()) return;
  const auto asset = storage::AssetStore(db).get(lesson.asset);
  if (!asset) return;
  const auto package = media::read_package(asset->package);
  if (!package) return;  // the doctor tells; the lesson plays without
  lesson.has_slides = package->slides > 0;
  // A recorded description alone has no list; a script has one, once what is in the package was made of it.
  const auto job = storage::JobStore(db).newest(storage::JobKind::describe, lesson.asset);
  lesson.has_descriptions = storage::TrackStore(db).description_of(lesson.asset).has_value() &&
                            (!job || job->state == storage::JobState::done) &&
                            std::ranges::find(package->renditions, media::model::AudioRole::description,
                                              &media::model::Rendition::role) != package->renditions.end();
  lesson.chapters = package->chapters;
  lesson.has_sign = !package->sign.empty();
  lesson.has_signer_in_picture = package->signed_picture.has_value();
}

}  // namespace tongxing::services
