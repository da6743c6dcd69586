// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/renderer.hpp"

#include "server/base/log.hpp"
#include "server/render/assets.hpp"
#include "server/render/page_context.hpp"
#include "server/render/template_renderer.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::render {
namespace {

constexpr std::array kLocales{Locale::zh_hans, Locale::zh_hant, Locale::en};
constexpr std::string_view kMessage = "t.";
constexpr std::string_view kBundle = "bundle.";

/// Every message and bundle that some template names, once per locale; every asset's address.
std::array<Constants, kLocales.size()> constants_of(const Templates& templates, const Messages& messages,
                                                    const AssetNames& assets) {
  std::array<Constants, kLocales.size()> constants;
  for (const auto locale : kLocales) {
    auto& texts = constants.at(static_cast<std::size_t>(locale));
    for (const auto& [name, path] : assets) texts.emplace("asset." + name, path);
    for (const auto& [path, flat] : templates.all()) {
      for (const auto& name : flat.variables) {
        const std::string_view view = name;
        if (view.starts_with(kMessage))
          texts.try_emplace(name, messages.text(locale, view.substr(kMessage.size())));
        if (view.starts_with(kBundle))
          texts.try_emplace(name, messages.bundle(locale, view.substr(kBundle.size())));
      }
    }
  }
  return constants;
}

/// Rendering writes into the parsed template, so one is lent to one thread at a time and kept for the next.
/// As many are parsed as threads ever rendered the same page at once.
class Parsed {
 public:
  explicit Parsed(std::string text) : text_(std::move(text)) {}

  std::string render(PageContext& context) {
    auto mustache = borrow();
    auto html = mustache->render(context);
    if (!mustache->is_valid()) throw std::invalid_argument(mustache->error_message());
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(mustache));
    return html;
  }

 private:
  std::unique_ptr<kainjow::mustache::mustache> borrow() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        auto mustache = std::move(idle_.back());
        idle_.pop_back();
        return mustache;
      }
    }
    return std::make_unique<kainjow::mustache::mustache>(text_);
  }

  std::string text_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<kainjow::mustache::mustache>> idle_;
};

class TemplateRenderer final : public Renderer {
 public:
  TemplateRenderer(Templates templates, const Messages& messages, const AssetNames& assets,
                   MissingData missing)
      : templates_(std::move(templates)),
        constants_(constants_of(templates_, messages, assets)),
        missing_(missing) {
    for (const auto& [path, flat] : templates_.all())
      parsed_.emplace(path, std::make_unique<Parsed>(flat.text));
  }

  std::string page(std::string_view page, const nlohmann::json& data, Locale locale) const override {
    return render("pages/" + std::string(page), data, locale);
  }

  std::string fragment(std::string_view partial, const nlohmann::json& data, Locale locale) const override {
    return render(std::string(partial), data, locale);
  }

 private:
  [[nodiscard]] std::string render(const std::string& path, const nlohmann::json& data, Locale locale) const {
    const auto* flat = templates_.find(path);
    if (flat == nullptr) throw std::invalid_argument("there is no template " + path);
    const auto values = mustache_data(data);
    PageContext context(constants_.at(static_cast<std::size_t>(locale)), values, flat->sections);
    auto html = parsed_.at(path)->render(context);
    for (const auto& name : context.missing()) {
      if (missing_ == MissingData::fault) throw std::out_of_range("template " + path + " lacks " + name);
      log::warning("template_data_missing", {{"template", path}, {"name", name}});
    }
    return html;
  }

  Templates templates_;
  std::array<Constants, kLocales.size()> constants_;  ///< by the value of Locale
  std::map<std::string, std::unique_ptr<Parsed>> parsed_;
  MissingData missing_;
};

}  // namespace

std::unique_ptr<Renderer> make_renderer(Templates templates, const Messages& messages,
                                        const AssetNames& assets, MissingData missing) {
  return std::make_unique<TemplateRenderer>(std::move(templates), messages, assets, missing);
}

std::unique_ptr<Renderer> Renderer::built_in(std::shared_ptr<const Messages> messages, MissingData missing) {
  return make_renderer(Templates(built_in_template_files()), *messages, Assets::built_in()->names(), missing);
}

}  // namespace tongxing::render
