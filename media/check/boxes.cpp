// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/boxes.hpp"

#include "media/check/byte_reader.hpp"

namespace tongxing::media::check {

std::optional<Box> BoxWalk::next() noexcept {
  if (broken_ || at_ == bytes_.size()) return std::nullopt;
  const auto left = bytes_.substr(at_);
  ByteReader reader(left);
  std::uint64_t size = reader.u32();
  const auto type = reader.take(4);
  if (size == 1) size = reader.u64();
  if (size == 0) size = left.size();  // to the end of the file
  if (type == "uuid") reader.skip(16);
  if (!reader.good() || size < reader.position() || size > left.size()) {
    broken_ = true;
    return std::nullopt;
  }
  const Box box{type, left.substr(reader.position(), static_cast<std::size_t>(size) - reader.position()), at_,
                static_cast<std::size_t>(size)};
  at_ += box.size;
  return box;
}

std::optional<Box> child(std::string_view body, std::string_view type) noexcept {
  BoxWalk walk(body);
  while (const auto box = walk.next()) {
    if (box->type == type) return box;
  }
  return std::nullopt;
}

std::optional<Box> descendant(std::string_view body, std::string_view path) noexcept {
  for (;;) {
    const auto slash = path.find('/');
    const auto box = child(body, path.substr(0, slash));
    if (!box || slash == std::string_view::npos) return box;
    body = box->body;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace tongxing::media::check
