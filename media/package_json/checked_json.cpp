// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/checked_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

bool is_word(std::string_view text, std::string_view also) {
  return std::ranges::all_of(text, [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || also.contains(c);
  });
}

constexpr std::array<std::pair<std::string_view, model::AudioRole>, 3> kRoles{
    {{"main", model::AudioRole::main},
     {"description", model::AudioRole::description},
     {"dub", model::AudioRole::dub}}};

}  // namespace

const Json& member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Fault{JsonFault::wrong_shape};
  return *found;
}

std::int64_t whole(const Json& value, std::int64_t least, std::int64_t most) {
  if (!value.is_number_integer()) throw Fault{JsonFault::wrong_shape};
  // An unsigned number above the signed range would turn negative in get<int64_t>.
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) {
    throw Fault{JsonFault::bad_value};
  }
  const auto number = value.get<std::int64_t>();
  if (number < least || number > most) throw Fault{JsonFault::bad_value};
  return number;
}

int small(const Json& value, int most) {
  return static_cast<int>(whole(value, 0, most));
}

std::string text(const Json& value, std::size_t longest) {
  if (!value.is_string()) throw Fault{JsonFault::wrong_shape};
  auto found = value.get<std::string>();
  if (found.size() > longest) throw Fault{JsonFault::bad_value};
  return found;
}

std::string word(const Json& value, std::size_t longest, std::string_view also) {
  std::string found = text(value, longest);
  if (!is_word(found, also)) throw Fault{JsonFault::bad_value};
  return found;
}

const Json& list(const Json& value, std::size_t most) {
  if (!value.is_array()) throw Fault{JsonFault::wrong_shape};
  if (value.size() > most) throw Fault{JsonFault::bad_value};
  return value;
}

double rate(const Json& value) {
  if (!value.is_number()) throw Fault{JsonFault::wrong_shape};
  const auto number = value.get<double>();
  if (!(number >= 0 && number <= 1'000)) throw Fault{JsonFault::bad_value};
  return number;
}

model::AudioRole role_of(const Json& value) {
  const std::string name = text(value, 16);
  for (const auto& [known, role] : kRoles) {
    if (name == known) return role;
  }
  throw Fault{JsonFault::bad_value};
}

std::string role_text(model::AudioRole role) {
  for (const auto& [name, known] : kRoles) {
    if (role == known) return std::string(name);
  }
  return "main";
}

namespace {

Json parse_shallow(std::string_view text) {
  const auto shallow = [](int depth, Json::parse_event_t, Json&) {
    if (depth > 8) throw Fault{JsonFault::not_json};
    return true;
  };
  return Json::parse(text, shallow, false);
}

}  // namespace

Json parse(std::string_view text) {
  Json json = parse_shallow(text);
  if (!json.is_object()) throw Fault{JsonFault::not_json};
  return json;
}

Json parse_list(std::string_view text) {
  Json json = parse_shallow(text);
  if (!json.is_array()) throw Fault{JsonFault::not_json};
  return json;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tongxing::media
