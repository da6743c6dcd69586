// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/guarded_speech.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::media::description {

namespace {

using accessibility::Speech;
using accessibility::SpeechError;
using accessibility::SpeechRequest;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

/// What goes through the pipe before the samples.
struct Head {
  std::int32_t error = -1;  ///< SpeechError, or −1
  std::int32_t sample_rate = 0;
  std::uint64_t samples = 0;
};

class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

void put(int fd, const void* data, std::size_t size) {
  const char* from = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t done = ::write(fd, from, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) ::_exit(1);
    from += done;
    size -= static_cast<std::size_t>(done);
  }
}

/// The child: never returns, never runs a destructor of the parent's objects.
[[noreturn]] void answer(accessibility::SpeechEngine& engine, const SpeechRequest& request, int fd) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  std::signal(SIGPIPE, SIG_DFL);
  for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE}) std::signal(number, SIG_DFL);
  try {
    const auto speech = engine.speak(request);
    Head head;
    if (speech) {
      head.sample_rate = speech->sample_rate;
      head.samples = speech->samples.size();
    } else {
      head.error = static_cast<std::int32_t>(speech.error());
    }
    put(fd, &head, sizeof head);
    if (speech) put(fd, speech->samples.data(), speech->samples.size() * sizeof(std::int16_t));
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

/// Everything up to the end of the pipe; false where time ran out or there was too much.
bool read_all(int fd, Clock::time_point until, std::vector<char>& bytes) {
  std::vector<char> block(64 * 1024);
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{fd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    const ssize_t got = ::read(fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
    if (bytes.size() > kMostBytes) return false;
  }
}

std::expected<Speech, SpeechError> understood(const std::vector<char>& bytes, const SpeechRequest& request) {
  Head head;
  if (bytes.size() < sizeof head) return std::unexpected(SpeechError::failed);
  std::copy_n(bytes.data(), sizeof head, reinterpret_cast<char*>(&head));
  if (head.error >= 0) {
    return std::unexpected(
        static_cast<SpeechError>(std::min(head.error, static_cast<std::int32_t>(SpeechError::failed))));
  }
  if (head.samples != (bytes.size() - sizeof head) / sizeof(std::int16_t))
    return std::unexpected(SpeechError::failed);
  Speech speech;
  speech.sample_rate = head.sample_rate;
  speech.samples.resize(head.samples);
  std::copy_n(bytes.data() + sizeof head, head.samples * sizeof(std::int16_t),
              reinterpret_cast<char*>(speech.samples.data()));
  if (!plausible(speech, request)) return std::unexpected(SpeechError::failed);
  return speech;
}

}  // namespace

bool plausible(const Speech& speech, const SpeechRequest& request) {
  if (speech.sample_rate < 4'000 || speech.sample_rate > 192'000) return false;
  constexpr std::int64_t kLeastMs = 80;
  const std::int64_t most = 5'000 + 1'500 * static_cast<std::int64_t>(request.text.size());
  const std::int64_t length = speech.duration().count();
  if (length < kLeastMs || length > most) return false;
  constexpr int kAudible = 200;  // −44 dB
  return std::ranges::any_of(speech.samples, [](int sample) { return std::abs(sample) > kAudible; });
}

std::expected<Speech, SpeechError> GuardedSpeech::speak(const SpeechRequest& request) {
  if (request.text.size() > accessibility::kMaxSpokenBytes) return std::unexpected(SpeechError::too_long);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::unexpected(SpeechError::failed);
  Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return std::unexpected(SpeechError::failed);
  if (child == 0) answer(engine_, request, writing.fd());
  writing.close();
  const auto patience = patience_.fixed + patience_.a_byte * static_cast<std::int64_t>(request.text.size());
  std::vector<char> bytes;
  const bool whole = read_all(reading.fd(), Clock::now() + patience, bytes);
  if (!whole) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::unexpected(SpeechError::failed);
  return understood(bytes, request);
}

}  // namespace tongxing::media::description
