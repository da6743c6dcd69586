// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/report.hpp"
#include "tests/media/check_manifests.hpp"
#include "tests/media/engine_fixture.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tongxing::tests {

/// Segments made once by the real worker (14 s of 320×180 with sound), dressed by write_manifests() with
/// everything that a lesson can have. Every rule can be looked at in it, and holds.
[[nodiscard]] const FullPackage& good_package();

/// The folder in which the worker left it, untouched.
[[nodiscard]] const std::filesystem::path& worker_package();

/// A rung of the same length from a source of another shape (4:3).
struct OtherRung {
  std::filesystem::path folder;
  media::model::Rendition rendition;
};
[[nodiscard]] const OtherRung& square_rung();

/// A copy of good_package() that goes away with this object.
class PackageCopy {
 public:
  PackageCopy();
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
    return package.folder / name;
  }

 private:
  ScratchFolder scratch_;

 public:
  FullPackage package;
};

/// Ids of the rules that fail, in their order, joined by spaces: "H7"; "error: …" where nothing was checked.
[[nodiscard]] std::string failed_rules(const std::filesystem::path& folder);

[[nodiscard]] media::check::Report checked(const std::filesystem::path& folder);

}  // namespace tongxing::tests
