// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// Reading what a client sends as JSON (RFC 8259). Members that nobody asks for are passed over.
namespace tongxing::api {

/// The body as a JSON object. Errors: unsupported for another content type, malformed for what is no JSON
/// object or no UTF-8. Never throws.
[[nodiscard]] Result<nlohmann::json> json_object(const http::Request& request);

/// A text member. Errors (422) name the member: missing, or not a text.
[[nodiscard]] Result<std::string> text_member(const nlohmann::json& object, std::string_view name);
/// The same, empty where the member is missing or null.
[[nodiscard]] Result<std::string> optional_text_member(const nlohmann::json& object, std::string_view name);
/// A list of texts, empty where the member is missing.
[[nodiscard]] Result<std::vector<std::string>> text_list_member(const nlohmann::json& object,
                                                                std::string_view name);

}  // namespace tongxing::api
