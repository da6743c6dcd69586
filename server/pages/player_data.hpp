// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/page_view.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/lesson_progress.hpp"

#include <optional>

#include <nlohmann/json_fwd.hpp>

namespace tongxing::pages {

/// Whether play is put on record: only for learners, never in previews of authors and reviewers.
enum class Recording { on, off };

/// Where the player begins.
struct PlayerStart {
  Milliseconds resume{0};  ///< where the learner stopped last time
  Milliseconds asked{0};   ///< what the address asks for (?t=…); 0: nothing
};

/// The data of components/player.mustache, for a lesson that is playable(): address of the stream, tracks,
/// settings of the script. Put it into the page's data as "player".
[[nodiscard]] nlohmann::json player_data(const routing::PageView& ctx, const services::LessonFact& lesson,
                                         Recording recording, const PlayerStart& start);

/// The same for a lesson whose package is still being made: what is ready of it, for its author
/// (server/app/growing_route.hpp). The script goes over to the finished package by itself.
[[nodiscard]] nlohmann::json growing_player_data(const routing::PageView& ctx,
                                                 const services::LessonFact& lesson);

/// The seconds of the query parameter "t" as milliseconds; 0 where there is none or it can not be read.
[[nodiscard]] Milliseconds asked_start(const http::Request& request);

}  // namespace tongxing::pages
