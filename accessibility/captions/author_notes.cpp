// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/author_notes.hpp"

#include "accessibility/captions/timestamp.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace tongxing::accessibility {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kOrigin = "origin:";
constexpr std::string_view kBurnedIn = "burned-in:";

constexpr std::array<std::string_view, 4> kOrigins{"", "human", "machine", "machine-reviewed"};
constexpr std::array<std::string_view, 3> kAreas{"top", "middle", "bottom"};

struct AreaWord {
  std::string_view word;
  PictureArea area;
};
constexpr std::array kAreaWords{
    AreaWord{"top", PictureArea::top},       AreaWord{"middle", PictureArea::middle},
    AreaWord{"bottom", PictureArea::bottom}, AreaWord{"上", PictureArea::top},
    AreaWord{"中", PictureArea::middle},     AreaWord{"下", PictureArea::bottom},
    AreaWord{"", PictureArea::bottom}};

std::string_view trimmed(std::string_view text) {
  skip_space(text);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' ||
                           text.back() == '\n' || text.back() == '\f')) {
    text.remove_suffix(1);
  }
  return text;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<std::int64_t> take_number(std::string_view& text, std::size_t most) {
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > most) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Thousandths of a second from one to three digits.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > 3) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return value;
}

/// "1:05", "1:05.5", "0:01:05,500", with a narrow or a wide colon: what people type.
std::optional<milliseconds> take_time(std::string_view& text) {
  const auto colon = [&] { return take(text, ":") || take(text, "："); };
  std::array<std::int64_t, 3> parts{};
  std::size_t count = 0;
  do {
    const auto number = take_number(text, count == 0 ? 4 : 2);
    if (!number || (count > 0 && *number > 59)) return std::nullopt;
    parts[count++] = *number;
  } while (count < parts.size() && colon());
  if (count < 2) return std::nullopt;
  const auto seconds = count == 3 ? (parts[0] * 60 + parts[1]) * 60 + parts[2] : parts[0] * 60 + parts[1];
  std::int64_t thousandths = 0;
  if (take(text, ".") || take(text, ",")) {
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    thousandths = *fraction;
  }
  return milliseconds{seconds * 1000 + thousandths};
}

/// What stands between the two times; false: nothing does.
bool take_separator(std::string_view& text) {
  const auto before = text.size();
  skip_space(text);
  for (const std::string_view word : {"-", "–", "—", "~", "～", "至", "到"}) {
    if (take(text, word)) break;
  }
  skip_space(text);
  return text.size() != before;
}

/// One line up to LF, taken away.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::string_view name_of(CaptionOrigin origin) {
  return kOrigins[static_cast<std::size_t>(origin)];
}

std::optional<CaptionOrigin> caption_origin_from(std::string_view name) {
  for (const auto origin :
       {CaptionOrigin::human, CaptionOrigin::machine_unreviewed, CaptionOrigin::machine_reviewed}) {
    if (name_of(origin) == name) return origin;
  }
  return std::nullopt;
}

std::optional<BurnedInText> burned_in_from(std::string_view line) {
  line = trimmed(line);
  const auto start = take_time(line);
  if (!start || !take_separator(line)) return std::nullopt;
  const auto end = take_time(line);
  if (!end || *end <= *start) return std::nullopt;
  const auto place = trimmed(line);
  for (const auto& row : kAreaWords) {
    if (row.word == place) return BurnedInText{{*start, *end}, row.area};
  }
  return std::nullopt;
}

std::string burned_in_text(const BurnedInText& mark) {
  return timestamp_text(mark.time.start) + " - " + timestamp_text(mark.time.end) + ' ' +
         std::string(kAreas[static_cast<std::size_t>(mark.area)]);
}

std::expected<std::vector<BurnedInText>, std::size_t> burned_in_list(std::string_view text) {
  std::vector<BurnedInText> marks;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = trimmed(take_line(text));
    if (line.empty()) continue;
    const auto mark = burned_in_from(line);
    if (!mark || marks.size() == kMaxBurnedIn) return std::unexpected(number);
    marks.push_back(*mark);
  }
  return marks;
}

std::string author_notes_text(const AuthorNotes& notes) {
  std::string out;
  if (notes.origin != CaptionOrigin::unknown) {
    out += "\nNOTE " + std::string(kOrigin) + ' ' + std::string(name_of(notes.origin)) + '\n';
  }
  if (notes.burned_in.empty()) return out;
  out += "\nNOTE " + std::string(kBurnedIn) + '\n';
  for (const auto& mark : notes.burned_in) out += burned_in_text(mark) + '\n';
  return out;
}

std::vector<std::string> read_author_note(std::string_view comment, AuthorNotes& notes) {
  skip_space(comment);
  std::vector<std::string> strange;
  if (take(comment, kOrigin)) {
    const auto said = trimmed(comment);
    if (const auto origin = caption_origin_from(said)) {
      notes.origin = *origin;
    } else {
      strange.push_back(std::string(kOrigin) + ' ' + std::string(said));
    }
  } else if (take(comment, kBurnedIn)) {
    while (!comment.empty()) {
      const auto line = trimmed(take_line(comment));
      if (line.empty()) continue;
      const auto mark = burned_in_from(line);
      if (mark && notes.burned_in.size() < kMaxBurnedIn) {
        notes.burned_in.push_back(*mark);
      } else {
        strange.emplace_back(line);
      }
    }
  }
  return strange;
}

}  // namespace tongxing::accessibility
