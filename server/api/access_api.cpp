// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/access_api.hpp"

#include "accessibility/metadata/access_metadata.hpp"
#include "accessibility/readiness/readiness.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/lesson_access.hpp"

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using nlohmann::json;

json json_of(const accessibility::Reason& reason) {
  json object{{"code", accessibility::name_of(reason.why)},
              {"place", accessibility::name_of(accessibility::place_of(reason.why))}};
  if (reason.value != 0 || reason.limit != 0) object["value"] = reason.value;
  if (reason.limit != 0) object["limit"] = reason.limit;
  return object;
}

json json_of(const std::vector<accessibility::Readiness>& rows) {
  json list = json::array();
  for (const auto& row : rows) {
    json reasons = json::array();
    for (const auto& reason : row.reasons) reasons.push_back(json_of(reason));
    list.push_back({{"need", accessibility::name_of(row.need)},
                    {"answer", accessibility::name_of(row.answer)},
                    {"reasons", std::move(reasons)}});
  }
  return list;
}

/// Names of schema.org's properties.
json json_of(const accessibility::SchemaMetadata& metadata) {
  return {{"accessMode", metadata.access_modes},
          {"accessModeSufficient", metadata.sufficient},
          {"accessibilityFeature", metadata.features},
          {"accessibilityHazard", metadata.hazards},
          {"accessibilityControl", metadata.controls}};
}

/// Names of IMS AfA 3.0, digital resource description.
json json_of(const accessibility::AfaMetadata& metadata) {
  json adaptations = json::array();
  for (const auto& adaptation : metadata.adaptations) {
    json object{{"adaptationType", adaptation.type},
                {"originalAccessMode", adaptation.original_mode},
                {"accessMode", adaptation.mode}};
    if (adaptation.simplified) object["educationalComplexityOfAdaptation"] = "simplified";
    adaptations.push_back(std::move(object));
  }
  return {{"accessMode", metadata.access_modes},
          {"hasAdaptation", std::move(adaptations)},
          {"displayTransformability", metadata.display_transformability},
          {"controlFlexibility", metadata.control_flexibility},
          {"hazard", metadata.hazards}};
}

http::Response course_access(routing::Context& ctx) {
  const CourseId id{ctx.request.path_params.at("course")};
  const auto view = services::view_course(ctx.db, ctx.viewer, id);
  if (!view) return routing::problem(ctx, view.error());
  std::vector<accessibility::AccessFacts> all;
  json lessons = json::array();
  for (const auto& known : services::access_of_version(ctx.db, view->course.version)) {
    all.push_back(known.facts);
    lessons.push_back({{"id", known.lesson.str()},
                       {"needs", json_of(accessibility::readiness_of(known.facts))},
                       {"schema_org", json_of(accessibility::schema_metadata_of(known.facts))},
                       {"afa", json_of(accessibility::afa_metadata_of(known.facts))}});
  }
  json needs = json::array();
  for (const auto& row : accessibility::readiness_of_course(all)) {
    needs.push_back({{"need", accessibility::name_of(row.need)},
                     {"answer", accessibility::name_of(row.answer)},
                     {"yes", row.yes},
                     {"with_difficulty", row.with_difficulty},
                     {"no", row.no}});
  }
  const json body{{"course", id.str()},
                  {"version", view->course.version.str()},
                  {"needs", std::move(needs)},
                  {"schema_org", json_of(accessibility::schema_metadata_of(all))},
                  {"lessons", std::move(lessons)}};
  return http::json(200, body.dump());
}

}  // namespace

void add_access_api(routing::Routes& routes) {
  routing::Endpoint endpoint;
  endpoint.csrf = routing::Csrf::same_site;
  endpoint.handler = course_access;
  endpoint.operation_id = "getCourseAccess";
  routes.add(http::Method::get, "/api/v1/catalogue/{course}/access", std::move(endpoint));
}

}  // namespace tongxing::api
