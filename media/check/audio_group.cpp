// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/audio_group.hpp"

#include "media/check/numbers.hpp"

#include <algorithm>

namespace tongxing::media::check {

std::vector<Member> members_of(const Contents& contents, const Multivariant& master, std::string_view type,
                               std::string_view group) {
  std::vector<Member> members;
  for (const Tag& tag : master.playlist.media) {
    if (!tag.attributes.is("TYPE", type) || !tag.attributes.is("GROUP-ID", group)) continue;
    members.push_back({&tag, tag.uri.empty() ? nullptr : contents.list(master.file, tag.uri)});
  }
  return members;
}

std::vector<std::string_view> groups_of(const Multivariant& master, std::string_view type) {
  std::vector<std::string_view> groups;
  for (const Tag& tag : master.playlist.media) {
    const auto group = tag.attributes.text("GROUP-ID");
    if (tag.attributes.is("TYPE", type) && std::ranges::find(groups, group) == groups.end())
      groups.push_back(group);
  }
  return groups;
}

bool has_characteristic(const Tag& tag, std::string_view value) {
  const auto parts = split(tag.attributes.text("CHARACTERISTICS"), ',');
  return std::ranges::find(parts, value) != parts.end();
}

bool is_described(const Tag& tag) {
  return has_characteristic(tag, kDescribesVideo) || tag.attributes.text("NAME").contains("口述影像");
}

}  // namespace tongxing::media::check
