// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"
#include "server/http/message.hpp"
#include "server/services/catalogue.hpp"

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// What search engines and other catalogues read of a course: schema.org in JSON-LD.
namespace tongxing::pages {

/// A Course with its lessons as parts. Addresses are relative: the page is cached for all visitors, whatever
/// name they call us by. `facts` are those of the lessons, in order.
[[nodiscard]] nlohmann::json course_structured_data(const services::CourseView& view,
                                                    const std::vector<accessibility::AccessFacts>& facts,
                                                    const std::string& provider);

/// Puts the data into the page, before the end of its body. A browser executes no element of that type, so
/// the page's content policy lets it be; < > & are written as escapes of JSON, so nothing can end the
/// element. Templates have no way to write it, for all they write is escaped as HTML.
void add_structured_data(http::Response& page, const nlohmann::json& data);

}  // namespace tongxing::pages
