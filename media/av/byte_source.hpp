// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>

struct AVIOContext;

namespace tongxing::media::av {

/// The bytes of one file that somebody else has opened: the only door through which libav reads.
/// Does not own the descriptor. Keeps its own position (pread), so several may read one descriptor side by
/// side. One thread at a time.
class ByteSource {
 public:
  explicit ByteSource(int fd);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// From now on four other bytes are read at this place of the file: "free" instead of a box's name hides
  /// it.
  void overlay(std::int64_t at, const std::array<char, 4>& bytes);
  [[nodiscard]] AVIOContext* context() const noexcept;
  [[nodiscard]] std::int64_t size() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
