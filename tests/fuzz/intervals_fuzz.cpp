// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as stored intervals, any bytes as heartbeats: credit never exceeds what was played.
#include "courses/learning/counting.hpp"
#include "courses/learning/intervals.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

using namespace tongxing::courses;

void require(bool good) {
  if (!good) std::abort();
}

void check_text(std::string_view text) {
  const auto parsed = Intervals::parse(text);
  if (!parsed) return;
  require(parsed->text() == text);
  Milliseconds sum{0};
  for (const auto& gap : parsed->gaps(Intervals::kMaxTime)) sum += gap.to - gap.from;
  require(sum + parsed->total() == Intervals::kMaxTime);
}

struct Numbers {
  std::int64_t seq, from, to, wall, passes;
};

void check_heartbeats(const std::uint8_t* data, std::size_t size) {
  LessonState lesson{.duration = Milliseconds{600'000}, .intervals = {}};
  DayState days;
  Milliseconds now{1'790'136'000'000};
  auto session = new_session(now);
  for (; size >= sizeof(Numbers); data += sizeof(Numbers), size -= sizeof(Numbers)) {
    Numbers numbers{};
    std::memcpy(&numbers, data, sizeof numbers);
    now += Milliseconds{numbers.passes % 100'000};
    const auto judged = judge(open_policy(), lesson, days, session,
                              {.seq = numbers.seq,
                               .from = Milliseconds{numbers.from},
                               .to = Milliseconds{numbers.to},
                               .wall = Milliseconds{numbers.wall},
                               .received_at = now});
    lesson = judged.lesson;
    days = judged.days;
    session = judged.session;
    require(lesson.credited <= lesson.intervals.total());
    require(lesson.intervals.total() <= lesson.duration);
    require(judged.credited().count() >= 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_text({reinterpret_cast<const char*>(data), size});
  check_heartbeats(data, size);
  return 0;
}
