// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/libav_setup.hpp"

#include <atomic>
#include <cstdarg>
#include <cstdio>

#include <malloc.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/cpu.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
}

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kLargestAllocation = 512U << 20U;
constexpr int kMapped = 1 << 20;
constexpr int kArenas = 2;
constexpr int kLines = 40;  // a broken file could otherwise fill the log

void log_line(void* context, int level, const char* format, va_list arguments) {
  static std::atomic<int> lines = 0;
  if (level > AV_LOG_ERROR || lines.fetch_add(1) >= kLines) return;
  char line[512];
  int prefix = 1;
  av_log_format_line2(context, level, format, arguments, line, sizeof line, &prefix);
  std::fputs(line, stderr);
}

}  // namespace

void set_up_libav() {
  // A container's index grows with the length of the source. Given back to the system as a whole, it leaves
  // no holes.
  mallopt(M_MMAP_THRESHOLD, kMapped);
  mallopt(M_ARENA_MAX, kArenas);
  av_max_alloc(kLargestAllocation);
  av_log_set_level(AV_LOG_ERROR);
  av_log_set_callback(&log_line);
  av_get_cpu_flags();
  av_cpu_count();
}

std::string codec_version() {
  return std::to_string(avcodec_version());
}

}  // namespace tongxing::media::pipeline
