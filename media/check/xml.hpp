// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include <pugixml.hpp>

/// Small helpers for reading manifests with pugixml; for the sources of this room only.
namespace tongxing::media::check {

/// Without the namespace prefix: manifests are written with and without one.
[[nodiscard]] inline std::string_view local_name(pugi::xml_node node) {
  const std::string_view name{node.name()};
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The value of an attribute; empty where it is missing. Lives as long as the document.
[[nodiscard]] inline std::string_view text_of(pugi::xml_node node, const char* attribute) {
  return node.attribute(attribute).value();
}

/// The first child of this name; an empty node where there is none.
[[nodiscard]] inline pugi::xml_node child_of(pugi::xml_node node, std::string_view name) {
  return node.find_child([name](pugi::xml_node child) { return local_name(child) == name; });
}

}  // namespace tongxing::media::check
