// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/readiness.hpp"

namespace tongxing::app {

Readiness::Answer Readiness::ask() const {
  Answer answer;
  std::string checks;
  const auto note = [&](const std::string& name, bool holds) {
    answer.ready = answer.ready && holds;
    checks += (checks.empty() ? "\"" : ",\"") + name + (holds ? "\":true" : "\":false");
  };
  note("accepting", !draining_);
  for (const auto& [name, check] : checks_) note(name, check());
  answer.json =
      std::string("{\"ready\":") + (answer.ready ? "true" : "false") + ",\"checks\":{" + checks + "}}\n";
  return answer;
}

}  // namespace tongxing::app
