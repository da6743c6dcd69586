// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

struct AVIOContext;

namespace tongxing::media::av {

/// The bytes of one file that somebody else has opened: the only door through which libav reads.
/// Does not own the descriptor. Keeps its own position (pread), so several may read one descriptor side by
/// side. One thread at a time.
class ByteSource {
 public:
  explicit ByteSource(int fd);
  /// Bytes that come from somewhere else, in order and only once: `read` puts at most `most` of them at `to`
  /// and says how many; 0 is the end, and there is no way back.
  using Reader = std::function<std::size_t(std::uint8_t* to, std::size_t most)>;
  explicit ByteSource(Reader read);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// From now on four other bytes are read at this place of the file: "free" instead of a box's name hides
  /// it.
  void overlay(std::int64_t at, const std::array<char, 4>& bytes);
  [[nodiscard]] AVIOContext* context() const noexcept;
  /// INT64_MAX where nobody knows.
  [[nodiscard]] std::int64_t size() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
