// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/render/locale.hpp"

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace tongxing::render {

/// Whether a form can be sent without the field.
enum class Need { required, optional };

/// A line of text. `label` and `hint` are message keys. The control's id is its name too.
struct TextField {
  std::string name;
  std::string label;
  std::string value{};
  std::string hint{};
  std::string type = "text";   ///< HTML's input types: text, password, email, url, number, date …
  std::string autocomplete{};  ///< HTML's autofill names: username, current-password, new-password, name …
                               ///< (WCAG 1.3.5)
  std::string input_mode{};    ///< numeric, tel …
  int max_length = 0;          ///< in UTF-16 units, as browsers count; 0: none
  Need need = Need::required;
};

struct TextArea {
  std::string name;
  std::string label;
  std::string value{};
  std::string hint{};
  int rows = 5;
  int max_length = 0;
  Need need = Need::required;
};

/// One of the options of a choice. `text` and `description` are finished texts, not keys: options are often
/// data.
struct Option {
  std::string value;
  std::string text;
  std::string description{};
};

/// A select, radio buttons or check boxes over the same options.
struct Choice {
  std::string name;
  std::string label;
  std::vector<Option> options;
  std::vector<std::string> selected{};
  std::string hint{};
  Need need = Need::required;
};

struct CheckBox {
  std::string name;
  std::string label;
  bool checked = false;
  std::string hint{};
  std::string value = "yes";
};

struct FileField {
  std::string name;
  std::string label;
  std::string hint{};
  std::string accept{};
  Need need = Need::required;
};

/// Makes the data of the form components (web/templates/components) in one language and puts each error
/// beside its field and into the summary. Lives for one page; one thread; `messages` must outlive it.
class FormView {
 public:
  FormView(const Messages& messages, Locale locale) : messages_(messages), locale_(locale) {}

  /// Records what was wrong with the form sent, before the fields are made. Without a field it is in the
  /// summary only.
  void fail(const Error& error);

  [[nodiscard]] nlohmann::json text(const TextField& field) const;
  [[nodiscard]] nlohmann::json textarea(const TextArea& field) const;
  [[nodiscard]] nlohmann::json select(const Choice& field) const;
  [[nodiscard]] nlohmann::json radios(const Choice& field) const;
  [[nodiscard]] nlohmann::json checkboxes(const Choice& field) const;
  [[nodiscard]] nlohmann::json checkbox(const CheckBox& field) const;
  [[nodiscard]] nlohmann::json file(const FileField& field) const;

  /// What the layout takes as `errors`: [{field, text}], where field is the id of the control.
  [[nodiscard]] nlohmann::json errors() const;

 private:
  struct Failure {
    std::string field;
    std::string text;
  };

  [[nodiscard]] nlohmann::json common(const std::string& name, const std::string& label,
                                      const std::string& hint) const;

  const Messages& messages_;
  Locale locale_;
  std::vector<Failure> failures_;
};

}  // namespace tongxing::render
