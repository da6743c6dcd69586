// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/assets.hpp"

#include "server/base/embedded.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace tongxing::embedded {
std::span<const EmbeddedFile> assets();
}

namespace tongxing::render {
namespace {

// Layout (web/tools/pack.mjs): magic, the index's length in 4 bytes little-endian, the index as JSON, then
// the bytes that its [offset, length] pairs point to, counted from the end of the index.
constexpr std::string_view kMagic = "TXPACK01";

[[noreturn]] void refuse(const char* why) {
  throw std::invalid_argument(std::string("asset pack: ") + why);
}

struct Pack {
  nlohmann::json index;
  std::string_view bytes;
};

Pack open(std::string_view pack) {
  constexpr std::size_t kLength = 4;
  if (!pack.starts_with(kMagic) || pack.size() < kMagic.size() + kLength) refuse("no pack");
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLength; ++i) {
    length |= static_cast<std::size_t>(static_cast<std::uint8_t>(pack[kMagic.size() + i])) << (8 * i);
  }
  pack.remove_prefix(kMagic.size() + kLength);
  if (length > pack.size()) refuse("index longer than the pack");
  auto index = nlohmann::json::parse(pack.substr(0, length), nullptr, false);
  if (!index.is_object()) refuse("index is no JSON object");
  return {std::move(index), pack.substr(length)};
}

std::string_view slice(std::string_view bytes, const nlohmann::json& file, const char* encoding) {
  const auto found = file.find(encoding);
  if (found == file.end()) return {};
  const auto offset = found->at(0).get<std::size_t>();
  const auto length = found->at(1).get<std::size_t>();
  if (offset > bytes.size() || length > bytes.size() - offset) refuse("a file outside the pack");
  return bytes.substr(offset, length);
}

/// Types come from a closed list, so that they can be views that live as long as the program.
std::string_view content_type(std::string_view name) {
  const auto extension = name.substr(name.rfind('.') + 1);
  if (extension == "js") return "text/javascript; charset=utf-8";
  if (extension == "css") return "text/css; charset=utf-8";
  if (extension == "svg") return "image/svg+xml";
  if (extension == "json") return "application/json";
  if (extension == "png") return "image/png";
  if (extension == "woff2") return "font/woff2";
  return "application/octet-stream";
}

}  // namespace

Assets::Assets(std::string_view pack) {
  const auto [index, bytes] = open(pack);
  for (const auto& [path, file] : index.at("files").items()) {
    files_.emplace(path, Asset{content_type(path), slice(bytes, file, "identity"), slice(bytes, file, "br"),
                               slice(bytes, file, "gzip")});
  }
  for (const auto& [name, path] : index.at("names").items()) names_.emplace(name, path.get<std::string>());
}

std::shared_ptr<const Assets> Assets::built_in() {
  return std::make_shared<const Assets>(embedded::assets().front().bytes);
}

const Asset* Assets::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace tongxing::render
