// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/zip_file.hpp"

#include <stdexcept>

#include <zlib.h>

namespace tongxing::services {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kCentralHeader = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kTime = 0;
constexpr std::uint16_t kDate = (0 << 9) | (1 << 5) | 1;  ///< 1980-01-01, the first day of ZIP
constexpr std::size_t kPiece = 256UL * 1024;

/// Little-endian numbers, as ZIP has them.
class Bytes {
 public:
  Bytes& two(std::uint64_t value) { return put(value, 2); }
  Bytes& four(std::uint64_t value) { return put(value, 4); }
  Bytes& text(std::string_view value) {
    bytes_ += value;
    return *this;
  }
  [[nodiscard]] const std::string& str() const { return bytes_; }

 private:
  Bytes& put(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bytes_ += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return *this;
  }
  std::string bytes_;
};

std::uint32_t crc_of(std::uint32_t before, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// RFC 1951 without a frame.
std::string deflated(std::string_view content) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib can not begin");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // zlib does not write there
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = ::deflate(&stream, Z_FINISH);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("zlib can not end");
  out.resize(stream.total_out);
  return out;
}

}  // namespace

ZipFile::ZipFile(const std::filesystem::path& path) {
  out_.exceptions(std::ios::failbit | std::ios::badbit);
  out_.open(path, std::ios::binary | std::ios::trunc);
}

void ZipFile::write(std::string_view bytes) {
  if (position_ + bytes.size() > kLargest) throw std::length_error("an archive is too large");
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  position_ += bytes.size();
}

ZipFile::Entry& ZipFile::begin(std::string_view name, Method method) {
  if (entries_.size() >= kMostEntries) throw std::length_error("an archive has too many entries");
  entries_.push_back({std::string(name), method, 0, 0, 0, position_});
  write(Bytes()
            .four(kLocalHeader)
            .two(kVersion)
            .two(0)
            .two(static_cast<std::uint16_t>(method))
            .two(kTime)
            .two(kDate)
            .four(0)
            .four(0)
            .four(0)
            .two(name.size())
            .two(0)
            .text(name)
            .str());
  return entries_.back();
}

/// The sizes are known now: they belong into the header before the content.
void ZipFile::end(Entry& entry) {
  constexpr std::uint64_t kCrcInHeader = 14;
  out_.seekp(static_cast<std::streamoff>(entry.offset + kCrcInHeader));
  const std::string sizes = Bytes().four(entry.crc).four(entry.packed).four(entry.size).str();
  out_.write(sizes.data(), static_cast<std::streamsize>(sizes.size()));
  out_.seekp(static_cast<std::streamoff>(position_));
}

void ZipFile::store(std::string_view name, std::string_view content) {
  auto& entry = begin(name, Method::stored);
  entry.crc = crc_of(0, content);
  entry.packed = entry.size = content.size();
  write(content);
  end(entry);
}

void ZipFile::deflate(std::string_view name, std::string_view content) {
  if (content.size() > kLargest) throw std::length_error("an entry is too large");
  auto& entry = begin(name, Method::deflated);
  const std::string packed = deflated(content);
  entry.crc = crc_of(0, content);
  entry.size = content.size();
  entry.packed = packed.size();
  write(packed);
  end(entry);
}

void ZipFile::store_files(std::string_view name, std::span<const std::filesystem::path> files) {
  auto& entry = begin(name, Method::stored);
  std::string piece(kPiece, '\0');
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::ios_base::failure("can not read " + path.filename().string());
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
      const std::string_view read(piece.data(), static_cast<std::size_t>(in.gcount()));
      entry.crc = crc_of(entry.crc, read);
      entry.size += read.size();
      write(read);
    }
    if (in.bad()) throw std::ios_base::failure("can not read " + path.filename().string());
  }
  entry.packed = entry.size;
  end(entry);
}

void ZipFile::finish() {
  const auto start = position_;
  for (const auto& entry : entries_) {
    write(Bytes()
              .four(kCentralHeader)
              .two(kVersion)
              .two(kVersion)
              .two(0)
              .two(static_cast<std::uint16_t>(entry.method))
              .two(kTime)
              .two(kDate)
              .four(entry.crc)
              .four(entry.packed)
              .four(entry.size)
              .two(entry.name.size())
              .two(0)
              .two(0)
              .two(0)
              .two(0)
              .four(0)
              .four(entry.offset)
              .text(entry.name)
              .str());
  }
  const auto size = position_ - start;
  write(Bytes()
            .four(kEnd)
            .two(0)
            .two(0)
            .two(entries_.size())
            .two(entries_.size())
            .four(size)
            .four(start)
            .two(0)
            .str());
  out_.close();
}

}  // namespace tongxing::services
