// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <utility>

extern "C" {
#include <libavutil/dict.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

/// Options handed to libav by name. Move-only.
class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(Dictionary&& other) noexcept : dictionary_(std::exchange(other.dictionary_, nullptr)) {}
  Dictionary& operator=(Dictionary&& other) noexcept {
    std::swap(dictionary_, other.dictionary_);
    return *this;
  }
  ~Dictionary() { av_dict_free(&dictionary_); }

  void set(const char* name, const char* value) { check(av_dict_set(&dictionary_, name, value, 0), name); }
  void set(const char* name, std::integral auto value) {
    check(av_dict_set_int(&dictionary_, name, value, 0), name);
  }

  /// For libav functions that take the options out that they knew.
  [[nodiscard]] AVDictionary** address() noexcept { return &dictionary_; }

 private:
  AVDictionary* dictionary_ = nullptr;
};

}  // namespace tongxing::media::av
