// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/credits.hpp"

#include "tests/support/catch.hpp"

namespace {

using namespace tongxing::courses;
using namespace std::chrono_literals;

TEST_CASE("V12: class hours and points are rounded down") {
  struct Row {
    Milliseconds credited;
    const char* class_hours;
    std::int64_t points;
  };
  const auto& policy = credit_policy();
  for (const auto& row :
       {Row{269s, "0.09", 0}, Row{270s, "0.10", 1}, Row{2699s, "0.99", 9}, Row{2700s, "1.00", 10},
        Row{4050s, "1.50", 15}, Row{21600s, "8.00", 80}, Row{0s, "0.00", 0}, Row{269'999ms, "0.09", 0}}) {
    INFO(row.credited.count());
    CHECK(class_hour_text(class_hour_hundredths(policy, row.credited)) == row.class_hours);
    CHECK(time_points(policy, row.credited) == row.points);
  }
}

TEST_CASE("The ledger posts only what is new") {
  CHECK(points_due(10, 7) == 3);
  CHECK(points_due(10, 10) == 0);
  CHECK(points_due(7, 10) == 0);
}

TEST_CASE("Sums are rounded once, not lesson by lesson") {
  const auto& policy = open_policy();
  CHECK(time_points(policy, 135s) + time_points(policy, 135s) == 0);
  CHECK(time_points(policy, 135s + 135s) == 1);
}

TEST_CASE("Completing a course gives a fifth of its time points, rounded down twice") {
  const auto& policy = credit_policy();
  CHECK(completion_bonus(policy, 2700s) == 2);
  CHECK(completion_bonus(policy, 269s) == 0);
  CHECK(completion_bonus(policy, 1349s) == 0);
  CHECK(completion_bonus(policy, 1350s) == 1);
  CHECK(completion_bonus(policy, 21'600s) == 16);
}

TEST_CASE("Policies are found by id and by track, and differ where the rule book says so") {
  CHECK(find_policy("open-2026-1") == &open_policy());
  CHECK(find_policy("subsidised-2026-1") == &subsidised_policy());
  CHECK(find_policy("") == nullptr);
  CHECK(track_from("SUBSIDISED") == Track::subsidised);
  CHECK_FALSE(track_from("open").has_value());
  CHECK(&current_policy(Track::credit) == &credit_policy());
  CHECK(open_policy().rate_cap_percent == 200);
  CHECK(credit_policy().threshold_percent == 90);
  CHECK(subsidised_policy().rate_cap_percent == 100);
  CHECK(subsidised_policy().threshold_percent == 95);
  for (const auto track : {Track::open, Track::credit, Track::subsidised}) {
    CHECK(current_policy(track).daily_cap == 8 * current_policy(track).class_hour);
    CHECK(current_policy(track).max_speed_percent == 300);
    CHECK(track_from(name_of(track)) == track);
  }
}

}  // namespace
