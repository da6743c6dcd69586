// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as package.json: what is believed must be within its limits and must survive being written again.
#include "media/package_json/package_json.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using namespace tongxing::media;

void require(bool good) {
  if (!good) std::abort();
}

void check_stretches(const std::vector<model::Stretch>& stretches) {
  require(stretches.size() <= model::kMostStretches);
  auto before = std::chrono::milliseconds{0};
  for (const auto& stretch : stretches) {
    require(stretch.start >= before && stretch.end > stretch.start);
    before = stretch.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto package = read_package({reinterpret_cast<const char*>(data), size});
  if (!package) return 0;
  require(!package->renditions.empty());
  const auto again = read_package(to_json(*package));
  require(again && again->facts == package->facts);
  if (!package->facts) return 0;
  if (const auto& sound = package->facts->sound) {
    check_stretches(sound->speech);
    check_stretches(sound->heard);
  }
  if (const auto& picture = package->facts->picture) {
    require(picture->flashes.size() <= model::kMostFlashes && std::ranges::is_sorted(picture->cuts));
  }
  return 0;
}
