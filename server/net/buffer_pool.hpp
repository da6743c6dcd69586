// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tongxing::net {

/// Read buffers of one I/O thread. A connection takes one when bytes have come and gives it back when they
/// are used up, so that idle connections hold none. Not thread-safe.
class BufferPool {
 public:
  static constexpr std::size_t kSize = 16 * 1024;
  using Block = std::array<char, kSize>;

  std::unique_ptr<Block> take() {
    if (spare_.empty()) return std::make_unique_for_overwrite<Block>();
    auto block = std::move(spare_.back());
    spare_.pop_back();
    return block;
  }
  void give_back(std::unique_ptr<Block> block) {
    if (block && spare_.size() < kSpare) spare_.push_back(std::move(block));
  }

 private:
  static constexpr std::size_t kSpare = 64;
  std::vector<std::unique_ptr<Block>> spare_;
};

/// A window of unread bytes in a pooled block. Holds a block only between `reserve` and `release`.
class ReadBuffer {
 public:
  explicit ReadBuffer(BufferPool& pool) : pool_(&pool) {}
  ReadBuffer(const ReadBuffer&) = delete;
  ReadBuffer& operator=(const ReadBuffer&) = delete;
  ~ReadBuffer() { release(); }

  [[nodiscard]] std::string_view unread() const noexcept {
    return block_ ? std::string_view(block_->data() + begin_, end_ - begin_) : std::string_view{};
  }
  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
  void consume(std::size_t bytes) noexcept { begin_ += bytes; }
  void received(std::size_t bytes) noexcept { end_ += bytes; }

  /// Room for more bytes; empty only when the block is full of unread ones.
  std::span<char> reserve() {
    if (!block_) block_ = pool_->take();
    if (begin_ > 0) {
      std::memmove(block_->data(), block_->data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    return std::span(*block_).subspan(end_);
  }
  void release() noexcept {
    if (block_) pool_->give_back(std::move(block_));
    begin_ = end_ = 0;
  }
  void release_if_empty() noexcept {
    if (empty()) release();
  }

 private:
  BufferPool* pool_;
  std::unique_ptr<BufferPool::Block> block_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace tongxing::net
