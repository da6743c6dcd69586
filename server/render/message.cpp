// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/message.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>

#include <unicode/fmtable.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

namespace tongxing::render {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

[[noreturn]] void refuse(std::string_view pattern, std::string_view why) {
  throw std::invalid_argument("message pattern \"" + std::string(pattern) + "\": " + std::string(why));
}

const char* kind_name(UMessagePatternArgType type) {
  switch (type) {
    case UMSGPAT_ARG_TYPE_PLURAL:
      return ":plural";
    case UMSGPAT_ARG_TYPE_SELECTORDINAL:
      return ":ordinal";
    case UMSGPAT_ARG_TYPE_SELECT:
      return ":select";
    case UMSGPAT_ARG_TYPE_SIMPLE:
      return ":number";
    default:
      return "";
  }
}

std::string argument_name(const icu::MessagePattern& parsed, std::int32_t start) {
  const auto& part = parsed.getPart(start + 1);
  return utf8(parsed.getPatternString().tempSubString(part.getIndex(), part.getLength()));
}

/// Name → kind suffix, for every argument at any depth.
std::map<std::string, std::string> arguments_of(const icu::MessagePattern& parsed, std::string_view pattern) {
  std::map<std::string, std::string> found;
  for (std::int32_t i = 0; i < parsed.countParts(); ++i) {
    const auto& part = parsed.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER)
      refuse(pattern, "arguments must have names, not numbers");
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
    auto& kind = found[argument_name(parsed, i)];
    if (kind.empty()) kind = kind_name(part.getArgType());
  }
  return found;
}

/// Text that is a whole number becomes one, so that plural rules can see it; all else stays text.
icu::Formattable typed_value(const std::string& text, bool numeric) {
  std::int64_t whole = 0;
  const auto* end = text.data() + text.size();
  if (numeric) {
    if (const auto parsed = std::from_chars(text.data(), end, whole);
        parsed.ec == std::errc{} && parsed.ptr == end) {
      return icu::Formattable(whole);
    }
    double real = 0;
    if (const auto parsed = std::from_chars(text.data(), end, real);
        parsed.ec == std::errc{} && parsed.ptr == end) {
      return icu::Formattable(real);
    }
  }
  return icu::Formattable(utf16(text));
}

const char* icu_locale(Locale locale) {
  switch (locale) {
    case Locale::zh_hant:
      return "zh_Hant_HK";
    case Locale::en:
      return "en";
    case Locale::zh_hans:
      break;
  }
  return "zh_Hans_CN";
}

}  // namespace

struct Message::Complex {
  Complex(const icu::UnicodeString& pattern, const icu::Locale& locale, UParseError& where,
          UErrorCode& status)
      : format(pattern, locale, where, status) {}

  std::mutex mutex;
  icu::MessageFormat format;
  std::map<std::string, std::string> kinds;
};

Message::Message(std::string_view pattern, Locale locale) : pattern_(pattern) {
  if (pattern.find_first_of("{'") == std::string_view::npos) {
    pieces_.push_back({pattern_, {}});
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const auto text = utf16(pattern);
  const icu::MessagePattern parsed(text, &where, status);
  if (U_FAILURE(status) != 0) refuse(pattern, u_errorName(status));
  const auto kinds = arguments_of(parsed, pattern);
  for (const auto& [name, kind] : kinds) arguments_.push_back(name + kind);
  if (!std::ranges::all_of(kinds, [](const auto& entry) { return entry.second.empty(); })) {
    complex_ = std::make_unique<Complex>(text, icu::Locale(icu_locale(locale)), where, status);
    if (U_FAILURE(status) != 0) refuse(pattern, u_errorName(status));
    complex_->kinds = kinds;
    return;
  }
  icu::UnicodeString literal;
  std::int32_t previous = parsed.getPart(0).getLimit();
  for (std::int32_t i = 1; i < parsed.countParts(); ++i) {
    const auto& part = parsed.getPart(i);
    literal.append(text, previous, part.getIndex() - previous);
    previous = part.getLimit();
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
    pieces_.push_back({utf8(literal), argument_name(parsed, i)});
    literal.remove();
    i = parsed.getLimitPartIndex(i);
    previous = parsed.getPart(i).getLimit();
  }
  pieces_.push_back({utf8(literal), {}});
}

Message::~Message() = default;
Message::Message(Message&&) noexcept = default;
Message& Message::operator=(Message&&) noexcept = default;

std::string Message::format(const MessageArgs& args) const {
  std::string out;
  if (!complex_) {
    for (const auto& piece : pieces_) {
      out += piece.literal;
      if (piece.argument.empty()) continue;
      const auto value = std::ranges::find(args, piece.argument, &MessageArgs::value_type::first);
      out += value == args.end() ? "{" + piece.argument + "}" : value->second;
    }
    return out;
  }
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : args) {
    const auto kind = complex_->kinds.find(name);
    names.push_back(utf16(name));
    values.push_back(typed_value(
        value, kind != complex_->kinds.end() && kind->second != ":select" && !kind->second.empty()));
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result;
  {
    const std::scoped_lock lock(complex_->mutex);
    complex_->format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), result,
                            status);
  }
  return U_FAILURE(status) != 0 ? pattern_ : utf8(result);
}

}  // namespace tongxing::render
