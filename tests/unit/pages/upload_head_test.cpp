// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/upload_head.hpp"

#include "tests/support/catch.hpp"

namespace tongxing::api {
namespace {

/// lesson "l1", and what else stands in the metadata (values in base64).
Result<services::NewUpload> announced(const std::string& more) {
  http::Request request;
  request.headers.set("Upload-Length", "10");
  request.headers.set("Upload-Metadata", "lesson bDE=" + more);
  return read_creation(request);
}

}  // namespace

TEST_CASE("An announced file is the lesson itself unless it says otherwise") {
  REQUIRE(announced(""));
  CHECK_FALSE(announced("")->side);
  CHECK_FALSE(announced(",purpose dmlkZW8=,offset MS41")->side);  // "video"; an offset means nothing to it
  CHECK(announced("")->lesson == LessonId{"l1"});
}

TEST_CASE("A signer's video comes with its offset, and a recorded description without") {
  const auto sign = announced(",purpose c2lnbg==,offset LTAuOA==");  // "sign", "-0.8"
  REQUIRE(sign);
  CHECK(sign->side == storage::SideKind::sign);
  CHECK(sign->side_offset == Milliseconds{-800});
  CHECK(announced(",purpose c2lnbg==")->side_offset == Milliseconds{0});
  const auto recording = announced(",purpose ZGVzY3JpcHRpb24=,offset bm9uZQ==");  // "description", "none"
  REQUIRE(recording);
  CHECK(recording->side == storage::SideKind::description);
}

TEST_CASE("A purpose or an offset that is none is refused") {
  CHECK(announced(",purpose bm9uZQ==").error().message == "errors.upload.bad_header");
  const auto offset = announced(",purpose c2lnbg==,offset bm9uZQ==");
  REQUIRE_FALSE(offset);
  CHECK(offset.error().message == "errors.sign.offset");
  CHECK(offset.error().code == ErrorCode::invalid);
}

}  // namespace tongxing::api
