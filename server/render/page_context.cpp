// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/page_context.hpp"

#include <nlohmann/json.hpp>

namespace tongxing::render {

namespace mustache = kainjow::mustache;

PageContext::PageContext(const Constants& constants, const mustache::data& data,
                         const std::set<std::string>& optional)
    : constants_(constants), optional_(optional), stack_{&data} {}

const mustache::data* PageContext::get(const std::string& name) const {
  if (name == ".") return stack_.back();
  if (const auto constant = constants_.find(name); constant != constants_.end()) return &constant->second;
  const auto* found = find(name);
  if (found == nullptr && !optional_.contains(name)) missing_.insert(name);
  return found;
}

const mustache::data* PageContext::get_partial(const std::string&) const {
  return nullptr;
}

const mustache::data* PageContext::find(std::string_view name) const {
  const std::string first(name.substr(0, name.find('.')));
  const mustache::data* value = nullptr;
  // As Mustache has it: the innermost object that knows the first part decides.
  for (auto item = stack_.rbegin(); item != stack_.rend() && value == nullptr; ++item)
    value = (*item)->get(first);
  auto rest = name.substr(first.size());
  while (value != nullptr && !rest.empty()) {
    rest.remove_prefix(1);
    const auto part = rest.substr(0, rest.find('.'));
    value = value->get(std::string(part));
    rest = rest.substr(part.size());
  }
  return value;
}

namespace {

/// kainjow copies whatever is pushed into a list, and again whenever the list grows: nine tenths of the time
/// of a long page. So the list is made with its full length, of values that are nothing to copy, and each is
/// then moved into its place. The list is ours and not const; only the way to it is.
mustache::data list_data(const nlohmann::json& values) {
  mustache::data list(mustache::list(values.size(), mustache::data(false)));
  auto place = const_cast<mustache::list&>(list.list_value()).begin();
  for (const auto& value : values) *place++ = mustache_data(value);
  return list;
}

}  // namespace

mustache::data mustache_data(const nlohmann::json& value) {
  switch (value.type()) {
    case nlohmann::json::value_t::object: {
      if (value.empty()) return {false};
      mustache::data object(mustache::data::type::object);
      for (const auto& [name, child] : value.items()) object[name] = mustache_data(child);
      // Mustache cannot ask whether a list has items without repeating for each: has_<list> can.
      for (const auto& [name, child] : value.items()) {
        if (child.is_array()) object["has_" + name] = mustache::data(!child.empty());
      }
      return object;
    }
    case nlohmann::json::value_t::array:
      return list_data(value);
    case nlohmann::json::value_t::string: {
      const auto& text = value.get_ref<const std::string&>();
      return text.empty() ? mustache::data(false) : mustache::data(text);
    }
    case nlohmann::json::value_t::boolean:
      return {value.get<bool>()};
    case nlohmann::json::value_t::null:
    case nlohmann::json::value_t::discarded:
      return {false};
    default:
      return {value.dump()};
  }
}

}  // namespace tongxing::render
