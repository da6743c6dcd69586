// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/byte_source.hpp"

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

extern "C" {
#include <libavformat/avio.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {
constexpr int kBufferBytes = 64 * 1024;
}

struct ByteSource::State {
  int fd = -1;
  Reader reader;  // instead of fd
  std::int64_t size = 0;
  std::int64_t position = 0;
  AVIOContext* context = nullptr;
  std::vector<std::pair<std::int64_t, std::array<char, 4>>> overlays;

  explicit State(int descriptor) : fd(descriptor) {
    struct stat info{};
    if (::fstat(fd, &info) != 0) throw Fault("fstat", AVERROR(errno));
    size = info.st_size;
    make_context();
  }
  explicit State(Reader from) : reader(std::move(from)), size(INT64_MAX) {
    make_context();
    context->seekable = 0;
  }
  void make_context() {
    auto* buffer = static_cast<unsigned char*>(check_pointer(av_malloc(kBufferBytes), "read buffer"));
    context = avio_alloc_context(buffer, kBufferBytes, 0, this, &State::read, nullptr,
                                 reader ? nullptr : &State::seek);
    if (context == nullptr) {
      av_free(buffer);
      throw Fault("avio_alloc_context", AVERROR(ENOMEM));
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    av_freep(&context->buffer);
    avio_context_free(&context);
  }

  void lay_over(std::uint8_t* read, std::int64_t count) const {
    for (const auto& [at, bytes] : overlays) {
      for (std::int64_t i = 0; i < 4; ++i) {
        const std::int64_t place = at + i - position;
        if (place >= 0 && place < count)
          read[place] = static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
      }
    }
  }

  static int read(void* opaque, std::uint8_t* to, int bytes) {
    auto& self = *static_cast<State*>(opaque);
    if (self.reader) {
      const std::size_t count = self.reader(to, static_cast<std::size_t>(bytes));
      return count == 0 ? AVERROR_EOF : static_cast<int>(count);
    }
    ssize_t got = 0;
    do {
      got = ::pread(self.fd, to, static_cast<std::size_t>(bytes), self.position);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return AVERROR(errno);
    if (got == 0) return AVERROR_EOF;
    self.lay_over(to, got);
    self.position += got;
    return static_cast<int>(got);
  }

  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& self = *static_cast<State*>(opaque);
    std::int64_t base = 0;
    switch (whence & ~AVSEEK_FORCE) {
      case AVSEEK_SIZE:
        return self.size;
      case SEEK_SET:
        break;
      case SEEK_CUR:
        base = self.position;
        break;
      case SEEK_END:
        base = self.size;
        break;
      default:
        return AVERROR(EINVAL);
    }
    if (offset < -base || offset > INT64_MAX - base) return AVERROR(EINVAL);
    self.position = base + offset;
    return self.position;
  }
};

ByteSource::ByteSource(int fd) : state_(std::make_unique<State>(fd)) {}
ByteSource::ByteSource(Reader read) : state_(std::make_unique<State>(std::move(read))) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;
void ByteSource::overlay(std::int64_t at, const std::array<char, 4>& bytes) {
  state_->overlays.emplace_back(at, bytes);
}
AVIOContext* ByteSource::context() const noexcept {
  return state_->context;
}
std::int64_t ByteSource::size() const noexcept {
  return state_->size;
}

}  // namespace tongxing::media::av
