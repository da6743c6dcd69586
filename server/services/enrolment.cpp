// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/enrolment.hpp"

#include "server/storage/catalogue_store.hpp"
#include "server/storage/enrollment_store.hpp"

namespace tongxing::services {

Result<EnrolmentOutcome> enrol(storage::Connection& db, const auth::Viewer& viewer, const CourseId& course,
                               Timestamp now, Random& random) {
  if (!viewer.signed_in()) return fail(ErrorCode::unauthenticated, "errors.learning.sign_in_first");
  storage::EnrollmentStore enrollments(db);
  const auto before = enrollments.find(viewer.account, course);
  if (before && before->state != "WITHDRAWN") return EnrolmentOutcome::already;
  const auto published = storage::CatalogueStore(db).published(course);
  if (!published) return fail(ErrorCode::not_found, "errors.learning.no_course");
  if (before) {
    enrollments.resume(before->id);
  } else {
    enrollments.insert({new_id<EnrollmentId>(random), viewer.account, course, published->version, "LEARNING",
                        now, std::nullopt});
  }
  return EnrolmentOutcome::enrolled;
}

}  // namespace tongxing::services
