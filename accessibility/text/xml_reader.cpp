// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/xml_reader.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kLongestReference = 12;
constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

/// Control characters that no XML document may hold.
bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 && kSpace.find(c) == std::string_view::npos;
}

struct Qualified {
  std::string_view prefix;
  std::string_view name;
};

/// nullopt: more than one colon, or nothing on a side of it.
std::optional<Qualified> split(std::string_view qualified) {
  const auto colon = qualified.find(':');
  if (colon == std::string_view::npos) return Qualified{{}, qualified};
  const Qualified parts{qualified.substr(0, colon), qualified.substr(colon + 1)};
  if (parts.prefix.empty() || parts.name.empty() || !is_name_start(parts.name.front())) return std::nullopt;
  if (parts.name.find(':') != std::string_view::npos) return std::nullopt;
  return parts;
}

/// The five names, and numbers. nullopt: none of them.
std::optional<char32_t> reference(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 5> kNames{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [known, code] : kNames) {
    if (name == known) return code;
  }
  if (!name.starts_with('#')) return std::nullopt;
  const bool hexadecimal = name.starts_with("#x");
  name.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  if (control || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF) {
    return std::nullopt;
  }
  return static_cast<char32_t>(code);
}

}  // namespace

XmlReader::XmlReader(std::string_view utf8)
    : rest_{utf8},
      bindings_{{"xml", std::string{kXmlNamespace}, 0}, {"xmlns", std::string{kXmlnsNamespace}, 0}} {
  if (rest_.starts_with(kBom)) rest_.remove_prefix(kBom.size());
}

std::unexpected<XmlError> XmlReader::failed(XmlErrorKind kind) {
  rest_ = {};
  open_.clear();
  empty_element_ = false;
  seen_root_ = true;
  return std::unexpected(XmlError{kind, line_});
}

void XmlReader::take(std::size_t count) {
  line_ += static_cast<std::size_t>(std::ranges::count(rest_.substr(0, count), '\n'));
  rest_.remove_prefix(count);
}

void XmlReader::skip_space() {
  take(std::min(rest_.find_first_not_of(kSpace), rest_.size()));
}

std::string_view XmlReader::take_name() {
  if (rest_.empty() || !is_name_start(rest_.front())) return {};
  const auto end = std::ranges::find_if_not(rest_, is_name_part) - rest_.begin();
  const auto name = rest_.substr(0, static_cast<std::size_t>(end));
  rest_.remove_prefix(name.size());
  return name;
}

bool XmlReader::skip_behind(std::string_view end) {
  const auto at = rest_.find(end);
  if (at == std::string_view::npos) return false;
  take(at + end.size());
  return true;
}

std::expected<XmlToken, XmlError> XmlReader::next() {
  if (std::exchange(empty_element_, false)) return close();
  while (!rest_.empty()) {
    if (rest_.starts_with("<!--")) {
      take(4);
      if (!skip_behind("-->")) return failed();
    } else if (rest_.starts_with("<?")) {
      if (!skip_behind("?>")) return failed();
    } else if (rest_.starts_with('<')) {
      return markup();
    } else if (open_.empty()) {
      skip_space();
      if (!rest_.empty() && !rest_.starts_with('<')) return failed();
    } else {
      return text();
    }
  }
  if (!open_.empty() || !seen_root_) return failed();
  return XmlToken{.line = line_};
}

XmlReader::Result XmlReader::markup() {
  if (rest_.starts_with("<![CDATA[")) return open_.empty() ? Result{failed()} : cdata();
  if (rest_.starts_with("<!")) return failed(XmlErrorKind::document_type);
  return rest_.starts_with("</") ? end_tag() : start_tag();
}

XmlReader::Result XmlReader::text() {
  XmlToken token{.kind = XmlTokenKind::text, .line = line_};
  const auto raw = rest_.substr(0, rest_.find('<'));
  auto text = unescaped(raw, "\n");
  if (!text) return std::unexpected(text.error());
  token.text = std::move(*text);
  take(raw.size());
  return token;
}

XmlReader::Result XmlReader::cdata() {
  XmlToken token{.kind = XmlTokenKind::text, .line = line_};
  take(9);
  const auto end = rest_.find("]]>");
  if (end == std::string_view::npos || std::ranges::any_of(rest_.substr(0, end), is_forbidden))
    return failed();
  token.text = rest_.substr(0, end);
  std::erase(token.text, '\r');
  take(end + 3);
  return token;
}

/// Resolves references. `space` is what a line end becomes: LF in text, a space in an attribute.
std::expected<std::string, XmlError> XmlReader::unescaped(std::string_view raw, std::string_view space) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c == '&') {
      const auto end = raw.substr(i, kLongestReference).find(';');
      const auto name = raw.substr(i + 1, end == std::string_view::npos ? 0 : end - 1);
      const auto code = reference(name);
      if (!code) {
        line_ += static_cast<std::size_t>(std::ranges::count(raw.substr(0, i), '\n'));
        const bool named = !name.empty() && is_name_start(name.front());
        return failed(named ? XmlErrorKind::document_type : XmlErrorKind::malformed);
      }
      append_utf8(out, *code);
      i += end;
    } else if (is_forbidden(c)) {
      line_ += static_cast<std::size_t>(std::ranges::count(raw.substr(0, i), '\n'));
      return failed();
    } else if (c == '\r') {
      if (i + 1 == raw.size() || raw[i + 1] != '\n') out += space;
    } else if (c == '\n') {
      out += space;
    } else {
      out += c == '\t' && space == " " ? ' ' : c;
    }
  }
  return out;
}

XmlReader::Result XmlReader::start_tag() {
  if (open_.empty() && seen_root_) return failed();
  XmlToken token{.kind = XmlTokenKind::start, .line = line_};
  rest_.remove_prefix(1);
  const auto qualified = take_name();
  if (qualified.empty()) return failed();
  if (open_.size() == kMostXmlDepth) return failed(XmlErrorKind::too_deep);
  seen_root_ = true;
  open_.push_back({qualified, {}, {}});
  std::vector<std::string_view> names{qualified};
  if (auto read = attributes(token, names); !read) return std::unexpected(read.error());
  if (auto resolved = resolve(token, names); !resolved) return std::unexpected(resolved.error());
  open_.back().space = token.space;
  open_.back().name = token.name;
  return token;
}

/// Up to and with the > of a start tag. `names` gets the qualified name of each attribute.
std::expected<void, XmlError> XmlReader::attributes(XmlToken& token, std::vector<std::string_view>& names) {
  for (;;) {
    const auto before = rest_.size();
    skip_space();
    if (rest_.starts_with("/>")) {
      empty_element_ = true;
      take(2);
      return {};
    }
    if (rest_.starts_with('>')) {
      take(1);
      return {};
    }
    if (rest_.size() == before) return failed();
    const auto name = take_name();
    skip_space();
    if (name.empty() || !rest_.starts_with('=')) return failed();
    take(1);
    skip_space();
    if (!rest_.starts_with('"') && !rest_.starts_with('\'')) return failed();
    const auto end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos) return failed();
    const auto raw = rest_.substr(1, end - 1);
    if (raw.find('<') != std::string_view::npos ||
        std::ranges::find(names.begin() + 1, names.end(), name) != names.end()) {
      return failed();
    }
    if (token.attributes.size() == kMostXmlAttributes || raw.size() > kMostXmlValue)
      return failed(XmlErrorKind::too_deep);
    auto value = unescaped(raw, " ");
    if (!value) return std::unexpected(value.error());
    take(end + 1);
    names.push_back(name);
    token.attributes.push_back({{}, {}, std::move(*value)});
  }
}

/// Namespaces of the element and of its attributes; those that declare one are left out.
std::expected<void, XmlError> XmlReader::resolve(XmlToken& token,
                                                 const std::vector<std::string_view>& names) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    const auto& value = token.attributes[i - 1].value;
    if (bindings_.size() == kMostXmlNamespaces) return failed(XmlErrorKind::too_deep);
    if (names[i] == "xmlns") bindings_.push_back({{}, value, open_.size()});
    if (names[i].starts_with("xmlns:"))
      bindings_.push_back({std::string{names[i].substr(6)}, value, open_.size()});
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto parts = split(names[i]);
    if (!parts) return failed();
    const bool attribute = i > 0;
    const auto* space = attribute && parts->prefix.empty() ? nullptr : space_of(parts->prefix);
    if (space == nullptr && !parts->prefix.empty()) return failed();
    auto& target_space = attribute ? token.attributes[i - 1].space : token.space;
    auto& target_name = attribute ? token.attributes[i - 1].name : token.name;
    target_space = space == nullptr ? std::string{} : *space;
    target_name = parts->name;
    if (attribute && names[i] == "xmlns") target_space = kXmlnsNamespace;
  }
  std::erase_if(token.attributes, [](const XmlAttribute& each) { return each.space == kXmlnsNamespace; });
  return {};
}

const std::string* XmlReader::space_of(std::string_view prefix) const {
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
    if (binding->prefix == prefix) return &binding->space;
  }
  return nullptr;
}

XmlReader::Result XmlReader::end_tag() {
  take(2);
  const auto name = take_name();
  skip_space();
  if (open_.empty() || name != open_.back().qualified || !rest_.starts_with('>')) return failed();
  take(1);
  return close();
}

XmlReader::Result XmlReader::close() {
  XmlToken token{
      .kind = XmlTokenKind::end, .space = open_.back().space, .name = open_.back().name, .line = line_};
  while (!bindings_.empty() && bindings_.back().depth == open_.size()) bindings_.pop_back();
  open_.pop_back();
  return token;
}

}  // namespace tongxing::accessibility
