// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/openapi.hpp"

#include "server/base/embedded.hpp"

#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace tongxing::embedded {
std::span<const EmbeddedFile> openapi();
}

namespace tongxing::api {
namespace {

using nlohmann::json;

void merge(json& into, const json& from, std::string_view area) {
  for (const auto& [name, value] : from.items()) {
    if (!into.contains(name)) {
      into[name] = value;
      continue;
    }
    // Two areas may share a path (its methods differ), never a method or a schema.
    for (const auto& [member, inner] : value.items()) {
      if (into[name].contains(member)) {
        throw std::logic_error("OpenAPI: " + name + " " + member + " is defined twice, again in " +
                               std::string(area));
      }
      into[name][member] = inner;
    }
  }
}

json frame() {
  for (const EmbeddedFile& file : embedded::openapi()) {
    if (file.name == "common.json") return json::parse(file.bytes);
  }
  throw std::logic_error("OpenAPI: common.json is missing");
}

}  // namespace

std::string openapi_document() {
  json document = frame();
  document["paths"] = json::object();
  for (const EmbeddedFile& file : embedded::openapi()) {
    if (file.name == "common.json") continue;
    const json area = json::parse(file.bytes);
    merge(document["paths"], area.value("paths", json::object()), file.name);
    merge(document["components"]["schemas"], area.value("schemas", json::object()), file.name);
  }
  return document.dump();
}

void add_openapi(routing::Routes& routes) {
  const auto document = std::make_shared<const std::string>(openapi_document());
  routing::Endpoint endpoint;
  endpoint.csrf = routing::Csrf::same_site;
  endpoint.operation_id = "getOpenApi";
  endpoint.handler = [document](routing::Context&) {
    http::Response response = http::json(200, {});
    response.body = document;
    response.headers.set("Cache-Control", "public, max-age=300");
    return response;
  };
  routes.add(http::Method::get, "/api/v1/openapi.json", std::move(endpoint));
}

}  // namespace tongxing::api
