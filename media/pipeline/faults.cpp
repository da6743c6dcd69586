// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/faults.hpp"

#include <cerrno>
#include <new>
#include <system_error>

extern "C" {
#include <libavutil/error.h>
}

#include "media/av/error.hpp"
#include "media/pipeline/output_folder.hpp"

namespace tongxing::media::pipeline {

bool lack_of_resources(const std::exception& error) noexcept {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
  if (dynamic_cast<const DiskFault*>(&error) != nullptr) return true;
  if (const auto* fault = dynamic_cast<const av::Fault*>(&error)) return fault->code() == AVERROR(ENOMEM);
  const auto* system = dynamic_cast<const std::system_error*>(&error);  // no more threads
  return system != nullptr && system->code() == std::errc::resource_unavailable_try_again;
}

}  // namespace tongxing::media::pipeline
