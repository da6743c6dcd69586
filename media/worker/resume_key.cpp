// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/resume_key.hpp"

#include "media/av/sha256.hpp"
#include "media/package_json/package_json.hpp"
#include "media/pipeline/libav_setup.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

/// To be raised with every change of what is encoded, so that no package is made of two kinds of segments.
constexpr int kEngine = 1;
constexpr std::size_t kEnd = 1U << 20U;

std::string digest_at(int fd, off_t place) {
  std::vector<std::byte> bytes(kEnd);
  const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), place);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return av::sha256_hex(bytes);
}

std::string facts_of(int fd) {
  struct stat info{};
  ::fstat(fd, &info);
  const auto last = std::max<off_t>(0, info.st_size - static_cast<off_t>(kEnd));
  return std::to_string(info.st_size) + '\n' + std::to_string(info.st_mtim.tv_sec) + '.' +
         std::to_string(info.st_mtim.tv_nsec) + '\n' + digest_at(fd, 0) + '\n' + digest_at(fd, last) + '\n';
}

}  // namespace

std::string resume_key(const model::JobSpec& job, std::span<const int> sources) {
  model::JobSpec settings = job;
  settings.input.clear();
  settings.output.clear();
  settings.threads = 0;
  for (model::ExtraAudio& audio : settings.extra_audio) audio.input.clear();
  if (!settings.sign.empty()) settings.sign = "there";
  std::string text =
      std::to_string(kEngine) + '\n' + pipeline::codec_version() + '\n' + to_json(settings) + '\n';
  for (const int source : sources) text += facts_of(source);
  return av::sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace tongxing::media::worker
