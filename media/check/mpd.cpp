// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/mpd.hpp"

#include "media/check/mpd_segments.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/xml.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kMostSets = 200;
constexpr std::size_t kMostRepresentations = 1'000;  ///< of the whole manifest
constexpr std::size_t kMostChildren = 2'000;         ///< of one element that is searched again and again
constexpr std::size_t kMostDescriptors = 64;
constexpr std::size_t kMostSegmentsInAll = 200'000;

std::vector<Descriptor> descriptors(pugi::xml_node parent, std::string_view name) {
  std::vector<Descriptor> found;
  for (const auto node : parent.children()) {
    if (local_name(node) != name || found.size() == kMostDescriptors) continue;
    found.push_back({std::string{text_of(node, "schemeIdUri")}, std::string{text_of(node, "value")}});
  }
  return found;
}

std::vector<Descriptor> properties(pugi::xml_node parent) {
  auto found = descriptors(parent, "EssentialProperty");
  std::ranges::move(descriptors(parent, "SupplementalProperty"), std::back_inserter(found));
  return found;
}

/// The value of an attribute of the representation, or of its set.
std::string inherited(pugi::xml_node node, pugi::xml_node set, const char* name) {
  return std::string{text_of(node.attribute(name) ? node : set, name)};
}

int pixels(const std::string& text) {
  const auto number = whole_number(text);
  return number && *number < 100'000 ? static_cast<int>(*number) : 0;
}

std::string base_url(pugi::xml_node node, const std::string& base) {
  const auto own = child_of(node, "BaseURL");
  return own ? joined(base, std::string_view{own.child_value()}) : base;
}

bool is_crowded(pugi::xml_node node) {
  std::size_t count = 0;
  for (auto child = node.first_child(); child; child = child.next_sibling()) {
    if (++count > kMostChildren) return true;
  }
  return false;
}

/// How much has been taken from one manifest.
struct Taken {
  std::size_t representations = 0;
  std::size_t segments = 0;
};

/// What all sets of a period share.
struct Period {
  std::string base;
  std::int64_t duration_us = 0;
  pugi::xml_node node;
};

std::expected<Representation, std::string> read_representation(pugi::xml_node node, pugi::xml_node set,
                                                               const Period& period,
                                                               const std::string& base) {
  Representation found;
  found.id = text_of(node, "id");
  found.mime = inherited(node, set, "mimeType");
  found.codecs = inherited(node, set, "codecs");
  found.bandwidth = whole_number(text_of(node, "bandwidth")).value_or(0);
  found.width = pixels(inherited(node, set, "width"));
  found.height = pixels(inherited(node, set, "height"));
  found.properties = properties(set);
  std::ranges::move(properties(node), std::back_inserter(found.properties));
  found.url = base_url(node, base);
  const SegmentSource source{{node, set, period.node}, period.duration_us};
  if (auto fault = add_segments(source, found)) return std::unexpected(std::move(*fault));
  return found;
}

std::string content_of(pugi::xml_node set) {
  const auto content = text_of(set, "contentType");
  if (!content.empty()) return std::string{content};
  auto mime = text_of(set, "mimeType");
  if (mime.empty()) mime = text_of(child_of(set, "Representation"), "mimeType");
  const auto kind = mime.substr(0, mime.find('/'));
  return std::string{mime.starts_with("application/ttml") ? "text" : kind};
}

std::expected<AdaptationSet, std::string> read_set(pugi::xml_node node, const Period& period, Taken& taken) {
  if (is_crowded(node)) return std::unexpected("an adaptation set with more than 2,000 elements");
  AdaptationSet set;
  set.id = text_of(node, "id");
  set.content = content_of(node);
  set.mime = text_of(node, "mimeType");
  set.lang = text_of(node, "lang");
  set.selection_priority = whole_number(text_of(node, "selectionPriority")).value_or(1);
  set.roles = descriptors(node, "Role");
  set.accessibility = descriptors(node, "Accessibility");
  set.properties = properties(node);
  const std::string base = base_url(node, period.base);
  for (const auto child : node.children()) {
    if (local_name(child) == "Label" && set.labels.size() < kMostDescriptors) {
      set.labels.emplace_back(child.child_value());
      set.label_languages.emplace_back(text_of(child, "lang"));
    }
    if (local_name(child) != "Representation") continue;
    if (++taken.representations > kMostRepresentations) {
      return std::unexpected("more than 1,000 representations");
    }
    auto found = read_representation(child, node, period, base);
    if (!found) return std::unexpected(std::move(found.error()));
    taken.segments += found->segments.size();
    if (taken.segments > kMostSegmentsInAll) return std::unexpected("more than 200,000 segments");
    set.representations.push_back(std::move(*found));
  }
  return set;
}

}  // namespace

bool AdaptationSet::has_role(std::string_view value) const {
  return std::ranges::any_of(
      roles, [&](const Descriptor& role) { return role.scheme == kRoleScheme && role.value == value; });
}

bool AdaptationSet::has_accessibility(std::string_view scheme, std::string_view value) const {
  return std::ranges::any_of(
      accessibility, [&](const Descriptor& mark) { return mark.scheme == scheme && mark.value == value; });
}

const Descriptor* AdaptationSet::property(std::string_view scheme) const {
  const auto found = std::ranges::find(properties, scheme, &Descriptor::scheme);
  return found == properties.end() ? nullptr : &*found;
}

std::string AdaptationSet::name() const {
  std::string text = "AdaptationSet";
  if (!id.empty()) text += ' ' + shown(id);
  text += " (" + shown(content) + (lang.empty() ? "" : ' ' + shown(lang));
  if (!labels.empty()) text += " \"" + shown(labels.front()) + '"';
  return text + ')';
}

std::expected<Mpd, std::string> read_mpd(std::string_view text) {
  pugi::xml_document document;
  const auto result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) return std::unexpected("no XML: " + std::string{result.description()});
  const auto root = document.document_element();
  if (local_name(root) != "MPD") return std::unexpected("no MPD element");
  Mpd mpd;
  Taken taken;
  mpd.type = text_of(root, "type");
  mpd.duration_us = iso_duration_us(text_of(root, "mediaPresentationDuration")).value_or(0);
  for (const auto period : root.children()) {
    if (local_name(period) != "Period") continue;
    if (++mpd.periods > 1) continue;
    if (is_crowded(period)) return std::unexpected("a period with more than 2,000 elements");
    Period shared{base_url(period, base_url(root, {})), 0, period};
    shared.duration_us = iso_duration_us(text_of(period, "duration")).value_or(mpd.duration_us);
    for (const auto node : period.children()) {
      if (local_name(node) == "EventStream") mpd.event_schemes.emplace_back(text_of(node, "schemeIdUri"));
      if (local_name(node) != "AdaptationSet") continue;
      if (mpd.sets.size() == kMostSets) return std::unexpected("more than 200 adaptation sets");
      auto set = read_set(node, shared, taken);
      if (!set) return std::unexpected(std::move(set.error()));
      mpd.sets.push_back(std::move(*set));
    }
  }
  return mpd;
}

std::optional<std::int64_t> iso_duration_us(std::string_view text) {
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  bool time = false;
  std::int64_t total = 0;
  while (!text.empty()) {
    if (text.front() == 'T') {
      time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto end = text.find_first_not_of("0123456789.");
    if (end == std::string_view::npos) return std::nullopt;
    const auto value = seconds_to_us(text.substr(0, end));
    std::int64_t unit = 0;
    switch (text[end]) {
      case 'D':
        unit = time ? 0 : 86'400;
        break;
      case 'H':
        unit = time ? 3'600 : 0;
        break;
      case 'M':
        unit = time ? 60 : 0;
        break;
      case 'S':
        unit = time ? 1 : 0;
        break;
      default:
        break;
    }
    constexpr std::int64_t kLongest = 10'000'000'000'000;  // 10^7 seconds
    if (!value || unit == 0 || *value > kLongest / unit) return std::nullopt;
    total += *value * unit;
    if (total > kLongest) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return total;
}

}  // namespace tongxing::media::check
