// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/services/catalogue.hpp"
#include "server/storage/connection.hpp"

namespace tongxing::services {

/// Completes what is known of one playable lesson by what its package holds beside picture and sound: stills,
/// the signer. Reads the package's description, which grows with the lesson: for the page of one lesson, not
/// for lists.
void add_package_facts(storage::Connection& db, LessonFact& lesson);

}  // namespace tongxing::services
