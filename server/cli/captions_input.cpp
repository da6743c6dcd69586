// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/captions_input.hpp"

#include "accessibility/caption_quality/language.hpp"
#include "accessibility/text/utf8.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/lesson_measures.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::BurnedInText;
using accessibility::CaptionContext;
using accessibility::Milliseconds;
using accessibility::PictureArea;
using accessibility::TimeSpan;
using accessibility::TrackUse;
using nlohmann::json;

// A day has 86,400,000 ms: whatever is longer than a hundred of them is a mistake.
constexpr std::int64_t kLongestMs = 8'640'000'000;
constexpr std::size_t kMostFactBytes = 16U * 1024 * 1024;

std::optional<Milliseconds> time_of(const json& value) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  if (!(number >= 0 && number <= static_cast<double>(kLongestMs))) return std::nullopt;
  return Milliseconds{static_cast<std::int64_t>(number + 0.5)};
}

std::optional<TimeSpan> span_of(const json& value) {
  std::optional<Milliseconds> from;
  std::optional<Milliseconds> to;
  if (value.is_array() && value.size() == 2) {
    from = time_of(value[0]);
    to = time_of(value[1]);
  } else if (value.is_object()) {
    from = time_of(value.value("start_ms", json{}));
    to = time_of(value.value("end_ms", json{}));
  }
  if (!from || !to || *to < *from) return std::nullopt;
  return TimeSpan{*from, *to};
}

/// Reads every element of an array; false: one of them is none.
template <typename Value, typename Read>
bool read_all(const json& list, Read read, std::optional<std::vector<Value>>& out) {
  if (!list.is_array()) return false;
  std::vector<Value> values;
  for (const auto& item : list) {
    auto value = read(item);
    if (!value) return false;
    values.push_back(std::move(*value));
  }
  out = std::move(values);
  return true;
}

std::optional<BurnedInText> mark_of(const json& value) {
  const auto span = span_of(value);
  if (!span || !value.is_object()) return std::nullopt;
  const auto area = value.value("area", json("bottom"));
  if (area == "bottom") return BurnedInText{*span, PictureArea::bottom};
  if (area == "middle") return BurnedInText{*span, PictureArea::middle};
  if (area == "top") return BurnedInText{*span, PictureArea::top};
  return std::nullopt;
}

bool add_object(const json& facts, CaptionContext& context) {
  bool good = true;
  const auto member = [&](const char* name) { return facts.contains(name) ? &facts[name] : nullptr; };
  if (const auto* list = member("speech")) good = read_all(*list, span_of, context.speech) && good;
  // speech.json of a package says "heard", which is any sound, and does not know speech from music.
  if (const auto* list = member("heard")) good = read_all(*list, span_of, context.sound) && good;
  if (const auto* list = member("sound")) good = read_all(*list, span_of, context.sound) && good;
  if (const auto* list = member("cuts")) good = read_all(*list, time_of, context.shot_changes) && good;
  if (const auto* list = member("burned_in")) good = read_all(*list, mark_of, context.burned_in) && good;
  if (const auto* length = member("duration_ms"); length != nullptr && !context.media_duration) {
    context.media_duration = time_of(*length);
    good = good && context.media_duration.has_value();
  }
  return good;
}

TrackUse use_of(std::string_view kind) {
  if (kind == "easy" || kind == "easy_read") return TrackUse::easy_read;
  return kind == "subtitle" ? TrackUse::subtitle : TrackUse::sdh;
}

bool turns_direction(char32_t code) {
  return code == 0x200E || code == 0x200F || code == 0x061C || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::expected<std::string, CaptionFault> read_file(const std::filesystem::path& path) {
  const auto fault = [] {
    return std::unexpected(CaptionFault{"caption_check.cannot_open", {{"why", std::strerror(errno)}}});
  };
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fault();
  std::string bytes;
  std::vector<char> part(64U * 1024);
  while (in && bytes.size() <= kMostFactBytes) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    bytes.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return fault();
  return bytes;
}

std::expected<void, CaptionFault> add_facts(std::string_view text, CaptionContext& context) {
  const auto facts = json::parse(text, nullptr, false);
  const bool good = facts.is_object() ? add_object(facts, context) : read_all(facts, span_of, context.speech);
  if (!good) return std::unexpected(CaptionFault{"caption_check.facts_unreadable"});
  return {};
}

namespace {

std::expected<void, CaptionFault> add_package(const std::filesystem::path& folder, CaptionContext& context) {
  const auto text = read_file(folder / "package.json");
  if (!text) return std::unexpected(text.error());
  const auto package = media::read_package(*text);
  if (!package) return std::unexpected(CaptionFault{"caption_check.facts_unreadable"});
  auto measures = services::measures_of(package->duration, &*package);
  if (context.media_duration) measures.length = *context.media_duration;
  services::add_measures(measures, context);
  return {};
}

/// A package's folder, or a file with facts beside one (speech.json).
std::expected<void, CaptionFault> add_media(const std::filesystem::path& path, CaptionContext& context) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return add_package(path, context);
  const auto facts = read_file(path);
  if (!facts) return std::unexpected(facts.error());
  return add_facts(*facts, context);
}

}  // namespace

std::expected<CaptionInput, CaptionFault> read_caption_input(const CaptionQualityOptions& options) {
  const auto bytes = read_file(options.file);
  if (!bytes) return std::unexpected(bytes.error());
  auto file = accessibility::read_captions(*bytes);
  if (!file) {
    return std::unexpected(
        CaptionFault{"errors.captions." + std::string(accessibility::name_of(file.error().kind)),
                     {{"line", std::to_string(file.error().line)}}});
  }
  CaptionInput input;
  input.language_guessed = options.language.empty();
  auto& context = input.context;
  context.language = options.language.empty() ? accessibility::guess_language(file->track) : options.language;
  context.use = use_of(options.kind);
  context.origin =
      accessibility::caption_origin_from(options.origin).value_or(accessibility::CaptionOrigin::unknown);
  context.audio_language = options.audio_language;
  if (options.media_duration_ms) context.media_duration = Milliseconds{*options.media_duration_ms};
  input.file = std::move(*file);
  if (!options.media.empty()) {
    if (const auto added = add_media(options.media, context); !added) return std::unexpected(added.error());
  }
  if (!options.facts.empty()) {
    const auto facts = read_file(options.facts);
    if (!facts) return std::unexpected(facts.error());
    if (const auto added = add_facts(*facts, context); !added) return std::unexpected(added.error());
  }
  return input;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char32_t code : accessibility::decode(text)) {
    if (code == U'\n') {
      out += " / ";
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || turns_direction(code)) {
      accessibility::append_utf8(out, accessibility::kReplacement);
    } else {
      accessibility::append_utf8(out, code);
    }
  }
  return out;
}

}  // namespace tongxing::cli
