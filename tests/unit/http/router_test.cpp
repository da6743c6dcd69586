// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::http;

namespace {

using TestRouter = Router<std::string>;

TestRouter make_router() {
  TestRouter router;
  router.add(Method::get, "/", "home");
  router.add(Method::get, "/courses", "list");
  router.add(Method::get, "/courses/{course}", "course");
  router.add(Method::get, "/courses/new", "new");
  router.add(Method::post, "/courses/{course}", "post");
  router.add(Method::get, "/courses/{course}/lessons/{lesson}", "lesson");
  router.add(Method::get, "/m/{asset}/{path...}", "media");
  return router;
}

std::string found(const TestRouter& router, Method method, std::string_view path) {
  const auto outcome = router.match(method, path);
  if (const auto* match = std::get_if<TestRouter::Match>(&outcome)) return *match->endpoint;
  if (const auto* other = std::get_if<TestRouter::MethodNotAllowed>(&outcome)) return "405 " + other->allow;
  return "404";
}

}  // namespace

TEST_CASE("The most literal pattern wins", "[router]") {
  const auto router = make_router();
  CHECK(found(router, Method::get, "/") == "home");
  CHECK(found(router, Method::get, "/courses") == "list");
  CHECK(found(router, Method::get, "/courses/new") == "new");
  CHECK(found(router, Method::get, "/courses/7") == "course");
  CHECK(found(router, Method::head, "/courses/7") == "course");
  CHECK(found(router, Method::post, "/courses/new") == "post");
}

TEST_CASE("Unknown paths and methods", "[router]") {
  const auto router = make_router();
  CHECK(found(router, Method::get, "/nothing") == "404");
  CHECK(found(router, Method::get, "/courses/") == "404");
  CHECK(found(router, Method::get, "/courses//lessons/x") == "404");
  CHECK(found(router, Method::del, "/courses/7") == "405 GET, POST");
  CHECK(found(router, Method::get, "/m/a") == "404");
}

TEST_CASE("Names capture segments and the rest", "[router]") {
  const auto router = make_router();
  const auto lesson = std::get<TestRouter::Match>(router.match(Method::get, "/courses/c1/lessons/l 2"));
  CHECK(lesson.params.at("course") == "c1");
  CHECK(lesson.params.at("lesson") == "l 2");
  CHECK(lesson.pattern == "/courses/{course}/lessons/{lesson}");
  const auto media = std::get<TestRouter::Match>(router.match(Method::get, "/m/a1/v720/s0.m4s"));
  CHECK(media.params.at("asset") == "a1");
  CHECK(media.params.at("path") == "v720/s0.m4s");
}

TEST_CASE("Every route can be listed", "[router]") {
  int count = 0;
  make_router().each([&](Method, std::string_view, const std::string&) { ++count; });
  CHECK(count == 7);
}
