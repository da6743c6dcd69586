// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/separate_engine.hpp"

#include "media/speech/engines.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::media::speech {

namespace {

using namespace accessibility;

constexpr std::uint32_t kMostSamples = 48'000U * 3600U;
constexpr std::uint32_t kSpoken = 0;  ///< status of an answer; others are 1 + SpeechError

struct Question {
  std::uint32_t text_bytes = 0;
  std::uint32_t language_bytes = 0;
  std::int32_t rate = 0;
};

struct Answer {
  std::uint32_t status = kSpoken;
  std::int32_t sample_rate = 0;
  std::uint32_t samples = 0;
};

bool read_all(int fd, std::span<std::byte> into) {
  while (!into.empty()) {
    const ssize_t count = ::read(fd, into.data(), into.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;  // the end, an error, or the time limit of the socket
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

bool write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

/// While it lives, writing to somebody who is gone is an error, not a signal.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
  }
  ~NoPipeSignal() {
    if (restore_) ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  /// A signal is waiting: to unblock it would end the process.
  void keep() noexcept { restore_ = false; }

 private:
  sigset_t before_{};
  bool restore_ = true;
};

template <typename Value>
std::span<const std::byte> bytes_of(const Value& value) {
  return std::as_bytes(std::span(&value, 1));
}

bool ask(int fd, const SpeechRequest& request) {
  NoPipeSignal guard;
  const Question question{static_cast<std::uint32_t>(request.text.size()),
                          static_cast<std::uint32_t>(request.language.size()), request.units_a_minute};
  const bool fine = write_all(fd, bytes_of(question)) &&
                    write_all(fd, std::as_bytes(std::span(request.text))) &&
                    write_all(fd, std::as_bytes(std::span(request.language)));
  if (!fine) guard.keep();
  return fine;
}

std::optional<SpeechRequest> next_request(int fd) {
  Question question;
  if (!read_all(fd, std::as_writable_bytes(std::span(&question, 1)))) return std::nullopt;
  constexpr std::uint32_t longest_tag = 64;
  if (question.text_bytes > kMaxSpokenBytes || question.language_bytes > longest_tag) return std::nullopt;
  SpeechRequest request;
  request.text.resize(question.text_bytes);
  request.language.resize(question.language_bytes);
  request.units_a_minute = question.rate;
  const bool whole = read_all(fd, std::as_writable_bytes(std::span(request.text))) &&
                     read_all(fd, std::as_writable_bytes(std::span(request.language)));
  return whole ? std::optional(std::move(request)) : std::nullopt;
}

bool answer(int fd, const std::expected<Speech, SpeechError>& speech) {
  Answer head;
  if (!speech) {
    head.status = 1 + static_cast<std::uint32_t>(speech.error());
    return write_all(fd, bytes_of(head));
  }
  head.sample_rate = speech->sample_rate;
  head.samples = static_cast<std::uint32_t>(speech->samples.size());
  return write_all(fd, bytes_of(head)) && write_all(fd, std::as_bytes(std::span(speech->samples)));
}

/// The life of the other process.
[[noreturn]] void serve(int fd, const SeparateEngine::Factory& factory, unsigned seconds) noexcept {
  constexpr rlim_t cpu_seconds = 3600;
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  const rlimit cpu{cpu_seconds, cpu_seconds};
  ::setrlimit(RLIMIT_CPU, &cpu);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGALRM, SIG_DFL);
  try {
    const auto engine = factory();
    for (auto request = next_request(fd); request && engine; request = next_request(fd)) {
      ::alarm(seconds);  // nobody listens any more after that: a voice that hangs ends here
      const auto speech = engine->speak(*request);
      ::alarm(0);
      if (!answer(fd, speech)) break;
    }
  } catch (const std::exception&) {
    ::_exit(1);  // seen from the other side as the end of the socket
  }
  ::_exit(0);
}

/// A grandchild, so that nobody has to wait for it: waiting is not allowed in the locked room.
bool start(int theirs, int ours, const SeparateEngine::Factory& factory, unsigned seconds) {
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    ::close(ours);
    const pid_t grandchild = ::fork();
    if (grandchild == 0) serve(theirs, factory, seconds);
    ::_exit(grandchild > 0 ? 0 : 1);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

SeparateEngine::SeparateEngine(const Factory& factory, std::chrono::milliseconds time_limit) {
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time_limit);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(time_limit - seconds);
  const timeval limit{seconds.count(), rest.count()};
  ::setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(pair[0], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const bool started = start(pair[1], pair[0], factory, static_cast<unsigned>(seconds.count()) + 1);
  const int error = errno;
  ::close(pair[1]);
  socket_ = pair[0];
  if (!started) {
    give_up();
    throw std::system_error(error, std::generic_category(), "no process for speech");
  }
}

SeparateEngine::~SeparateEngine() {
  give_up();
}

void SeparateEngine::give_up() noexcept {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

std::expected<Speech, SpeechError> SeparateEngine::speak(const SpeechRequest& request) {
  constexpr std::size_t longest_tag = 64;
  if (request.text.size() > kMaxSpokenBytes) return std::unexpected(SpeechError::too_long);
  if (request.language.size() > longest_tag) return std::unexpected(SpeechError::unsupported_language);
  Answer head;
  const bool heard = socket_ >= 0 && ask(socket_, request) &&
                     read_all(socket_, std::as_writable_bytes(std::span(&head, 1))) &&
                     head.samples <= kMostSamples;
  if (heard && head.status > kSpoken && head.status <= 1 + static_cast<std::uint32_t>(SpeechError::failed))
    return std::unexpected(static_cast<SpeechError>(head.status - 1));
  Speech speech;
  if (heard && head.status == kSpoken) {
    speech.sample_rate = head.sample_rate;
    speech.samples.resize(head.samples);
    if (read_all(socket_, std::as_writable_bytes(std::span(speech.samples)))) return speech;
  }
  give_up();
  return std::unexpected(SpeechError::failed);
}

std::unique_ptr<SpeechEngine> make_separate_engine(const std::string& command) {
  constexpr std::chrono::minutes limit{2};
  return std::make_unique<SeparateEngine>([&command] { return make_engine(command); }, limit);
}

}  // namespace tongxing::media::speech
