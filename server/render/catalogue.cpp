// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/catalogue.hpp"

#include "server/base/log.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace tongxing::embedded {
std::span<const EmbeddedFile> locales();
}

namespace tongxing::render {
namespace {

constexpr std::array kLocales{Locale::zh_hans, Locale::zh_hant, Locale::en};

/// "zh-Hans/accounts.json" → "accounts", "zh-Hans/errors_upload.json" → "errors.upload".
std::string area_prefix(std::string_view file_name) {
  constexpr std::string_view kErrors = "errors_";
  auto area = file_name.substr(file_name.find('/') + 1);
  area.remove_suffix(std::string_view(".json").size());
  if (area.starts_with(kErrors)) return "errors." + std::string(area.substr(kErrors.size()));
  return std::string(area);
}

void add(Catalogue& catalogue, const std::string& key, const nlohmann::json& value, Locale locale) {
  if (value.is_string()) {
    const auto inserted = catalogue.try_emplace(key, value.get_ref<const std::string&>(), locale).second;
    if (!inserted) throw std::invalid_argument(key + " is in two files");
    return;
  }
  if (!value.is_object()) throw std::invalid_argument(key + " is neither text nor object");
  for (const auto& [name, child] : value.items()) {
    if (name.empty() || name.find('.') != std::string::npos)
      throw std::invalid_argument(key + ": bad name " + name);
    add(catalogue, key + "." + name, child, locale);
  }
}

class BuiltMessages final : public Messages {
 public:
  explicit BuiltMessages(std::span<const EmbeddedFile> files)
      : catalogues_{read_catalogue(files, kLocales[0]), read_catalogue(files, kLocales[1]),
                    read_catalogue(files, kLocales[2])} {}

  std::string text(Locale locale, std::string_view key, const MessageArgs& args) const override {
    const auto& catalogue = of(locale);
    const auto found = catalogue.find(key);
    if (found != catalogue.end()) return found->second.format(args);
    log::error("message_missing", {{"key", key}, {"locale", tag(locale)}});
    return "⟦" + std::string(key) + "⟧";
  }

  bool has(std::string_view key) const override { return of(Locale::zh_hans).contains(key); }

  std::string bundle(Locale locale, std::string_view prefix) const override {
    const auto& catalogue = of(locale);
    const auto start = std::string(prefix) + ".";
    auto tree = nlohmann::json::object();
    for (auto at = catalogue.lower_bound(start); at != catalogue.end() && at->first.starts_with(start);
         ++at) {
      auto* node = &tree;
      auto rest = std::string_view(at->first).substr(start.size());
      for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
        node = &(*node)[std::string(rest.substr(0, dot))];
        rest = rest.substr(dot + 1);
      }
      (*node)[std::string(rest)] = at->second.pattern();
    }
    return tree.dump();
  }

 private:
  [[nodiscard]] const Catalogue& of(Locale locale) const {
    return catalogues_[static_cast<std::size_t>(locale)];
  }

  std::array<Catalogue, kLocales.size()> catalogues_;  ///< by the value of Locale
};

}  // namespace

Catalogue read_catalogue(std::span<const EmbeddedFile> files, Locale locale) {
  Catalogue catalogue;
  const auto folder = std::string(tag(locale)) + "/";
  for (const auto& file : files) {
    if (!file.name.starts_with(folder) || !file.name.ends_with(".json")) continue;
    const auto content = nlohmann::json::parse(file.bytes, nullptr, false);
    if (!content.is_object()) throw std::invalid_argument(std::string(file.name) + " is not a JSON object");
    try {
      add(catalogue, area_prefix(file.name), content, locale);
    } catch (const std::invalid_argument& problem) {
      throw std::invalid_argument(std::string(file.name) + ": " + problem.what());
    }
  }
  return catalogue;
}

std::shared_ptr<const Messages> messages_from(std::span<const EmbeddedFile> files) {
  return std::make_shared<BuiltMessages>(files);
}

std::span<const EmbeddedFile> built_in_locale_files() {
  return embedded::locales();
}

std::shared_ptr<const Messages> Messages::built_in() {
  return messages_from(embedded::locales());
}

bool Messages::has(std::string_view key) const {
  return !text(Locale::zh_hans, key).starts_with("⟦");
}

std::string Messages::bundle(Locale, std::string_view) const {
  return "{}";
}

}  // namespace tongxing::render
