// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_arguments.hpp"

#include "accessibility/text/language_tag.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <string_view>
#include <utility>

namespace tongxing::cli {

namespace {

namespace model = media::model;
using Kind = model::TextTrack::Kind;
using Read = std::expected<void, Refusal>;

std::unexpected<Refusal> refuse(std::string key, MessageArgs args) {
  return std::unexpected(Refusal{"media_tool." + std::move(key), std::move(args)});
}

std::unexpected<Refusal> bad_value(std::string_view option, std::string_view value) {
  return refuse("bad_value", {{"option", std::string(option)}, {"value", std::string(value)}});
}

/// "FILE:REST" taken apart at the last colon; a file name may hold others.
std::pair<std::string, std::string> at_last_colon(const std::string& value) {
  const auto colon = value.rfind(':');
  if (colon == std::string::npos) return {value, {}};
  return {value.substr(0, colon), value.substr(colon + 1)};
}

std::expected<std::string, Refusal> language(std::string_view option, const std::string& value) {
  const auto tag = accessibility::parse_language_tag(value);
  if (!tag) return bad_value(option, value);
  return tag->text;
}

std::expected<int, Refusal> number(std::string_view option, const std::string& value, int least, int most) {
  int read = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
  if (error != std::errc{} || end != value.data() + value.size() || read < least || read > most) {
    return bad_value(option, value);
  }
  return read;
}

Read read_captions(PackageRequest& request, const std::string& value) {
  static constexpr std::array<std::pair<std::string_view, Kind>, 3> kinds{
      {{"sdh", Kind::caption}, {"easy", Kind::easy_read}, {"subtitle", Kind::subtitle}}};
  auto [rest, last] = at_last_colon(value);
  CaptionRequest captions;
  const auto* known = std::ranges::find(kinds, last, [](const auto& row) { return row.first; });
  if (known != kinds.end()) {
    captions.kind = known->second;
    std::tie(rest, last) = at_last_colon(rest);
  }
  auto tag = language("--captions", last);
  if (!tag) return std::unexpected(std::move(tag.error()));
  if (rest.empty()) return bad_value("--captions", value);
  captions.file = rest;
  captions.language = std::move(*tag);
  const auto same = [&](const CaptionRequest& other) {
    return other.language == captions.language && other.kind == captions.kind;
  };
  if (std::ranges::any_of(request.captions, same)) return refuse("captions_twice", {{"value", value}});
  request.captions.push_back(std::move(captions));
  return {};
}

Read read_audio(PackageRequest& request, const std::string& value) {
  const auto [file, last] = at_last_colon(value);
  auto tag = language("--audio", last);
  if (!tag) return std::unexpected(std::move(tag.error()));
  if (file.empty()) return bad_value("--audio", value);
  request.job.extra_audio.push_back({file, std::move(*tag), model::AudioRole::dub});
  return {};
}

Read read_language(std::string_view option, const std::string& value, std::string& into) {
  auto tag = language(option, value);
  if (!tag) return std::unexpected(std::move(tag.error()));
  into = std::move(*tag);
  return {};
}

Read read_kind(PackageRequest& request, const std::string& value) {
  using model::Subject;
  static constexpr std::array<std::pair<std::string_view, Subject>, 5> kinds{
      {{"auto", Subject::automatic},
       {"screen", Subject::screen},
       {"people", Subject::people},
       {"hand-work", Subject::hand_work},
       {"sign", Subject::sign}}};
  const auto* known = std::ranges::find(kinds, value, [](const auto& row) { return row.first; });
  if (known == kinds.end()) return bad_value("--kind", value);
  request.job.subject = known->second;
  return {};
}

Read read_segment(PackageRequest& request, const std::string& value) {
  const auto seconds = number("--segment", value, 1, 30);
  if (!seconds) return std::unexpected(seconds.error());
  request.job.segment = std::chrono::seconds{*seconds};
  return {};
}

Read read_sign_offset(PackageRequest& request, const std::string& value) {
  constexpr int kHour = 3'600'000;
  const auto offset = number("--sign-offset", value, -kHour, kHour);
  if (!offset) return std::unexpected(offset.error());
  request.job.sign_offset = media::model::Milliseconds{*offset};
  return {};
}

Read read_jobs(PackageRequest& request, const std::string& value) {
  const auto threads = number("--jobs", value, 1, 64);
  if (!threads) return std::unexpected(threads.error());
  request.job.threads = *threads;
  return {};
}

Read read_path(std::string_view option, const std::string& value, std::filesystem::path& into) {
  if (value.empty()) return bad_value(option, value);
  into = value;
  return {};
}

/// An option with a value; nothing where there is no such option.
std::optional<Read> read_option(PackageRequest& request, std::string_view option, const std::string& value) {
  if (option == "--out") return read_path(option, value, request.out);
  if (option == "--captions") return read_captions(request, value);
  if (option == "--audio") return read_audio(request, value);
  if (option == "--description") return read_path(option, value, request.description);
  if (option == "--chapters") return read_path(option, value, request.chapters);
  if (option == "--kind") return read_kind(request, value);
  if (option == "--segment") return read_segment(request, value);
  if (option == "--jobs") return read_jobs(request, value);
  if (option == "--language") return read_language(option, value, request.job.audio_language);
  if (option == "--sign-offset") return read_sign_offset(request, value);
  if (option == "--sign-language") return read_language(option, value, request.job.sign_language);
  if (option == "--sign") {
    if (value.empty()) return bad_value(option, value);
    request.job.sign = value;
    return Read{};
  }
  if (option == "--ladder") {
    if (value != "auto") return read_path(option, value, request.ladder);
    request.ladder.clear();
    return Read{};
  }
  return std::nullopt;
}

bool read_switch(PackageRequest& request, std::string_view option) {
  if (option == "--json") {
    request.speech = Speech::json;
  } else if (option == "--audio-only") {
    request.job.extent = model::Extent::audio_only;
  } else if (option == "--first-rung-only") {
    request.job.extent = model::Extent::first_rung_only;
  } else {
    return false;
  }
  return true;
}

Read take(PackageRequest& request, const std::vector<std::string>& arguments, std::size_t& at) {
  std::string option = arguments[at++];
  if (!option.starts_with("--")) {
    if (!request.job.input.empty()) return refuse("unknown_option", {{"option", option}});
    request.job.input = std::move(option);
    return {};
  }
  if (read_switch(request, option)) return {};
  std::string value;
  const auto equals = option.find('=');
  const bool joined = equals != std::string::npos;
  if (joined) {
    value = option.substr(equals + 1);
    option.resize(equals);
  } else if (at < arguments.size()) {
    value = arguments[at];
  }
  auto read = read_option(request, option, value);
  if (!read) return refuse("unknown_option", {{"option", option}});
  if (!joined && at++ >= arguments.size()) return refuse("needs_value", {{"option", option}});
  return std::move(*read);
}

}  // namespace

std::expected<PackageRequest, Refusal> read_package_arguments(const std::vector<std::string>& arguments) {
  PackageRequest request;
  for (std::size_t at = 0; at < arguments.size();) {
    if (auto read = take(request, arguments, at); !read) return std::unexpected(std::move(read.error()));
  }
  if (request.job.input.empty()) return refuse("no_file", {});
  if (request.out.empty()) return refuse("no_out", {});
  return request;
}

std::expected<ProbeRequest, Refusal> read_probe_arguments(const std::vector<std::string>& arguments) {
  ProbeRequest request;
  for (const std::string& argument : arguments) {
    if (argument == "--json") continue;  // it always is
    if (argument.starts_with("--") || !request.file.empty())
      return refuse("unknown_option", {{"option", argument}});
    request.file = argument;
  }
  if (request.file.empty()) return refuse("no_file", {});
  return request;
}

render::Locale take_locale(std::vector<std::string>& arguments) {
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (at->starts_with("--locale=")) {
      const auto locale = render::locale_from_tag(at->substr(9));
      arguments.erase(at);
      return locale;
    }
    if (*at == "--locale" && std::next(at) != arguments.end()) {
      const auto locale = render::locale_from_tag(*std::next(at));
      arguments.erase(at, at + 2);
      return locale;
    }
  }
  return render::Locale::zh_hans;
}

}  // namespace tongxing::cli
