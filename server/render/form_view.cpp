// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/form_view.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tongxing::render {
namespace {

bool chosen(const Choice& field, const Option& option) {
  return std::ranges::find(field.selected, option.value) != field.selected.end();
}

}  // namespace

void FormView::fail(const Error& error) {
  failures_.push_back({error.field, messages_.text(locale_, error.message, error.args)});
}

nlohmann::json FormView::common(const std::string& name, const std::string& label,
                                const std::string& hint) const {
  const auto failure = std::ranges::find(failures_, name, &Failure::field);
  return {{"id", name},
          {"name", name},
          {"label", messages_.text(locale_, label)},
          {"hint", hint.empty() ? "" : messages_.text(locale_, hint)},
          {"error", failure == failures_.end() ? "" : failure->text}};
}

nlohmann::json FormView::text(const TextField& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["value"] = field.type == "password" ? "" : field.value;  // a password never goes back over the wire
  data["type"] = field.type;
  data["autocomplete"] = field.autocomplete;
  data["input_mode"] = field.input_mode;
  data["max_length"] = field.max_length > 0 ? std::to_string(field.max_length) : "";
  data["spellcheck_off"] = field.autocomplete == "username" || field.type == "password";
  data["required"] = field.need == Need::required;
  return data;
}

nlohmann::json FormView::textarea(const TextArea& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["value"] = field.value;
  data["rows"] = field.rows;
  data["max_length"] = field.max_length > 0 ? std::to_string(field.max_length) : "";
  data["required"] = field.need == Need::required;
  return data;
}

nlohmann::json FormView::select(const Choice& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["required"] = field.need == Need::required;
  data["options"] = nlohmann::json::array();
  for (const auto& option : field.options) {
    data["options"].push_back(
        {{"value", option.value}, {"text", option.text}, {"selected", chosen(field, option)}});
  }
  return data;
}

nlohmann::json FormView::radios(const Choice& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["options"] = nlohmann::json::array();
  for (const auto& option : field.options) {
    // The first control carries the field's own id: the error summary leads to it.
    const auto id = field.name + (data["options"].empty() ? "" : "-" + option.value);
    data["options"].push_back({{"id", id},
                               {"value", option.value},
                               {"text", option.text},
                               {"description", option.description},
                               {"selected", chosen(field, option)}});
  }
  return data;
}

nlohmann::json FormView::checkboxes(const Choice& field) const {
  return radios(field);
}

nlohmann::json FormView::checkbox(const CheckBox& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["value"] = field.value;
  data["checked"] = field.checked;
  return data;
}

nlohmann::json FormView::file(const FileField& field) const {
  auto data = common(field.name, field.label, field.hint);
  data["accept"] = field.accept;
  data["required"] = field.need == Need::required;
  return data;
}

nlohmann::json FormView::errors() const {
  auto list = nlohmann::json::array();
  for (const auto& failure : failures_) {
    list.push_back({{"field", failure.field}, {"text", failure.text}});
  }
  return list;
}

}  // namespace tongxing::render
