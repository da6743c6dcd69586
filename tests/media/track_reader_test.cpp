// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/track_reader.hpp"

#include "media/pipeline/pcm_reader.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

using namespace tongxing::tests;
namespace pipeline = tongxing::media::pipeline;
namespace fs = std::filesystem;

namespace {

/// A source that is open for the length of a test.
struct Opened {
  explicit Opened(const fs::path& path) : fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    auto found = pipeline::probe_source(fd);
    REQUIRE(found);
    source = std::move(*found);
    REQUIRE(source.audio);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() { ::close(fd); }

  int fd;
  pipeline::SourceInfo source;
};

std::vector<float> all_of(pipeline::PcmReader& pcm) {
  std::vector<float> all;
  std::vector<float> block;
  while (pcm.next(block)) all.insert(all.end(), block.begin(), block.end());
  return all;
}

}  // namespace

TEST_CASE("a reader that starts again gives the same samples") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 3;
  options.width = 320;
  options.height = 180;
  options.clicks = 0.5;
  options.audio_start = GENERATE(0.0, 0.7);
  options.index = GENERATE(MediaOptions::Index::front, MediaOptions::Index::back);
  const std::string name = GENERATE("a.mp4", "a.mov", "a.mkv", "a.ts");
  CAPTURE(name, options.audio_start);
  make_test_video(scratch / name, options);
  const Opened file(scratch / name);
  const int stream = file.source.audio->stream;

  auto track = pipeline::TrackReader::open(file.fd, file.source, stream, 1);
  REQUIRE(track);
  pipeline::PcmReader first(std::move(*track));
  const auto once = all_of(first);
  CHECK(once.size() > 100'000);

  auto rewound = pipeline::TrackReader::again(std::move(first).release(), file.fd, file.source, stream, 1);
  REQUIRE(rewound);
  pipeline::PcmReader second(std::move(*rewound));
  CHECK(all_of(second) == once);
}
