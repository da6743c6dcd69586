// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/learning_json.hpp"

#include "tests/support/catch.hpp"

#include <string>

#include <nlohmann/json.hpp>

using namespace tongxing;
using api::heartbeats_from;

TEST_CASE("A report is one object or a list of them") {
  const auto one = heartbeats_from(R"({"seq":1,"from_ms":0,"to_ms":15000,"wall_ms":15000})").value();
  REQUIRE(one.size() == 1);
  CHECK(one[0].to == Milliseconds{15'000});
  CHECK(one[0].form == "plain");
  CHECK_FALSE(one[0].position.has_value());
  const auto two =
      heartbeats_from(R"([{"seq":1,"from_ms":0,"to_ms":1,"wall_ms":1,"form":"audio","position_ms":7},
                                       {"seq":2,"from_ms":1,"to_ms":2,"wall_ms":1,"speed_percent":150}])")
          .value();
  REQUIRE(two.size() == 2);
  CHECK(two[0].form == "audio");
  CHECK(two[0].position == Milliseconds{7});
  CHECK(two[1].speed_percent == 150);
}

TEST_CASE("What is no report is refused with the member at fault") {
  for (const char* broken : {"", "{", "[", "nonsense", "\"text\"", "5", "[5]", "{\"seq\":1,}", "\xff\xfe"}) {
    CHECK(heartbeats_from(broken).error().code == ErrorCode::malformed);
  }
  CHECK(heartbeats_from("{}").error().field == "seq");
  CHECK(heartbeats_from(R"({"seq":1.5})").error().field == "seq");
  CHECK(heartbeats_from(R"({"seq":1,"from_ms":"0"})").error().field == "from_ms");
  CHECK(heartbeats_from(R"({"seq":1,"from_ms":0,"to_ms":1e30})").error().field == "to_ms");
  CHECK(heartbeats_from(R"({"seq":1,"from_ms":0,"to_ms":18446744073709551615})").error().field == "to_ms");
  CHECK(heartbeats_from(R"({"seq":1,"from_ms":0,"to_ms":1,"wall_ms":-9223372036854775808})").error().field ==
        "wall_ms");
  CHECK(heartbeats_from(R"({"seq":1,"from_ms":0,"to_ms":1,"wall_ms":1,"form":5})").error().field == "form");
  std::string many = "[";
  for (int i = 0; i < 65; ++i)
    many += std::string(i > 0 ? "," : "") + R"({"seq":1,"from_ms":0,"to_ms":1,"wall_ms":1})";
  CHECK(heartbeats_from(many + "]").error().field == "heartbeats");
}

TEST_CASE("The answer to heartbeats is the JSON that the document promises") {
  services::HeartbeatAnswer answer;
  answer.results = {{1, courses::Verdict::accepted, Milliseconds{15'000}},
                    {2, courses::Verdict::superseded, Milliseconds{0}}};
  answer.progress.first_gap = Milliseconds{300'000};
  answer.course_points = 3;
  const auto json = nlohmann::json::parse(api::text_of(answer));
  CHECK(json["results"][0] ==
        nlohmann::json::parse(R"({"seq":1,"accepted":true,"reason":"","credited_ms":15000})"));
  CHECK(json["results"][1]["reason"] == "SUPERSEDED");
  CHECK(json["results"][1]["accepted"] == false);
  CHECK(json["progress"] == api::json_of(answer.progress, 3));
  CHECK(json["progress"]["first_gap_ms"] == 300'000);
}
