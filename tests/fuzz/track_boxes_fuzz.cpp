// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file whose tracks are looked for: what is told lies inside the file, in order, and is the
// name of a track, for that is what a reader writes over.
#include "media/av/track_boxes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace {

constexpr std::size_t kMostTracks = 64;

void require(bool good) {
  if (!good) std::abort();
}

/// One file in memory for all inputs.
int file() {
  static const int fd = ::memfd_create("track_boxes", MFD_CLOEXEC);
  require(fd >= 0);
  return fd;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int fd = file();
  require(::ftruncate(fd, 0) == 0);
  require(size == 0 || ::pwrite(fd, data, size, 0) == static_cast<ssize_t>(size));
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto names = tongxing::media::av::track_boxes(fd);
  require(names.size() <= kMostTracks);
  std::int64_t last = 0;
  for (const std::int64_t at : names) {
    require(at > last && static_cast<std::size_t>(at) + 4 <= size);
    require(bytes.substr(static_cast<std::size_t>(at), 4) == "trak");
    last = at;
  }
  return 0;
}
