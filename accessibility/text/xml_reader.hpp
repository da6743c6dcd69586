// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// XML 1.0 with namespaces, read piece by piece: small, strict and without anything that a hostile document
/// could use. A document type, and with it every entity that a document declares, is refused; nothing is ever
/// fetched.
namespace tongxing::accessibility {

enum class XmlErrorKind : std::uint8_t {
  malformed,      ///< not well-formed, or a prefix without a namespace
  document_type,  ///< <!DOCTYPE …> or an entity that only one could declare
  too_deep        ///< more than one of the limits below
};

struct XmlError {
  XmlErrorKind kind = XmlErrorKind::malformed;
  std::size_t line = 0;  ///< 1-based
};

inline constexpr std::size_t kMostXmlDepth = 1024;      ///< elements in each other
inline constexpr std::size_t kMostXmlAttributes = 64;   ///< in one element
inline constexpr std::size_t kMostXmlValue = 2048;      ///< bytes of one attribute
inline constexpr std::size_t kMostXmlNamespaces = 256;  ///< that are declared at the same time
inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

struct XmlAttribute {
  std::string space;  ///< namespace; empty for a name without prefix
  std::string name;   ///< local name
  std::string value;  ///< references resolved, white space as spaces
};

enum class XmlTokenKind : std::uint8_t { start, end, text, finish };

struct XmlToken {
  XmlTokenKind kind = XmlTokenKind::finish;
  std::string space{};  ///< of start and end
  std::string name{};   ///< local name, of start and end
  std::string text{};   ///< of text: references resolved, line ends as LF; CDATA is text
  std::vector<XmlAttribute> attributes{};
  std::size_t line = 0;  ///< where it begins
};

/// The text must outlive the reader and be UTF-8; a byte order mark is skipped. Time and memory are linear in
/// its size.
class XmlReader {
 public:
  explicit XmlReader(std::string_view utf8);

  /// The next piece; comments and processing instructions are left out, <a/> gives a start and an end. After
  /// an error the reader is at its end.
  [[nodiscard]] std::expected<XmlToken, XmlError> next();

 private:
  struct Binding {
    std::string prefix;
    std::string space;
    std::size_t depth = 0;
  };
  struct Open {
    std::string_view qualified;
    std::string space;
    std::string name;
  };
  using Result = std::expected<XmlToken, XmlError>;

  [[nodiscard]] std::unexpected<XmlError> failed(XmlErrorKind kind = XmlErrorKind::malformed);
  void take(std::size_t count);
  void skip_space();
  std::string_view take_name();
  /// Skips to behind `end`; false: it is missing.
  bool skip_behind(std::string_view end);
  Result markup();
  Result text();
  Result cdata();
  Result start_tag();
  Result end_tag();
  Result close();
  std::expected<void, XmlError> attributes(XmlToken& token, std::vector<std::string_view>& names);
  std::expected<void, XmlError> resolve(XmlToken& token, const std::vector<std::string_view>& names);
  std::expected<std::string, XmlError> unescaped(std::string_view raw, std::string_view space);
  [[nodiscard]] const std::string* space_of(std::string_view prefix) const;

  std::string_view rest_;
  std::size_t line_ = 1;
  std::vector<Open> open_;
  std::vector<Binding> bindings_;
  bool seen_root_ = false;
  bool empty_element_ = false;
};

}  // namespace tongxing::accessibility
