// SPDX-License-Identifier: GPL-3.0-or-later
// Sign jobs: the signer's video becomes a ladder of its own beside the lesson, and one picture with it.
#include "server/jobs/job_run.hpp"
#include "server/storage/side_file_store.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tongxing::jobs {
namespace {

namespace fs = std::filesystem;

void strip(media::model::Package& package) {
  package.sign.clear();
  package.signed_picture.reset();
  if (package.facts) package.facts->signer.reset();
}

/// Takes an older signer out of a package's folder, also one that the package does not name any more. Only
/// names go: the files have a second one.
void strip(const fs::path& folder) {
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("sign")) old.push_back(entry.path());
  }
  for (const auto& path : old) fs::remove_all(path);
}

}  // namespace

bool JobRun::prepare_sign(const fs::path& out, media::model::Package& package) {
  std::optional<storage::SideFile> signer;
  around_.database.read([&](storage::Connection& connection) {
    signer = storage::SideFileStore(connection).of_asset(job_.asset, storage::SideKind::sign);
  });
  if (!signer) return false;
  strip(package);
  if (!goes_on_) strip(out);
  auto spec = extension(out);
  spec.sign = around_.layout.original(signer->id).string();
  spec.sign_offset = signer->offset;
  ask_to_extend(spec);
  return true;
}

}  // namespace tongxing::jobs
