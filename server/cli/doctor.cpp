// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/doctor.hpp"

#include "server/cli/commands.hpp"
#include "server/render/locale.hpp"

#include <algorithm>
#include <cstdio>

namespace tongxing::cli {

int doctor(const std::filesystem::path& data, const std::string& locale_tag) {
  const auto messages = render::Messages::built_in();
  const render::Locale locale = render::locale_from_tag(locale_tag);
  const auto findings = storage::examine(storage::DataLayout(data));
  for (const storage::Finding& finding : findings) {
    std::printf("[%s] %s\n", storage::to_text(finding.severity),
                messages->text(locale, finding.key, finding.args).c_str());
    if (!finding.remedy.empty())
      std::printf("    → %s\n", messages->text(locale, finding.remedy, finding.args).c_str());
  }
  if (findings.empty()) std::printf("%s\n", messages->text(locale, "doctor.all_well").c_str());
  const bool broken = std::ranges::any_of(
      findings, [](const storage::Finding& f) { return f.severity == storage::Finding::Severity::error; });
  return broken ? 1 : 0;
}

}  // namespace tongxing::cli
