// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tongxing::http {

/// Finds the endpoint of a decoded path. Patterns are literal segments, `{name}` for one segment, and
/// `{name...}` last for the rest of the path. A literal beats a name; first added wins between equals. Built
/// once, then read by any thread.
template <typename Endpoint>
class Router {
 public:
  struct Match {
    const Endpoint* endpoint;
    std::string_view pattern;  ///< for metrics and logs: never holds user data
    std::map<std::string, std::string, std::less<>> params;
  };
  struct NotFound {};
  struct MethodNotAllowed {
    std::string allow;  ///< value of the Allow field
  };
  using Outcome = std::variant<Match, NotFound, MethodNotAllowed>;

  void add(Method method, std::string pattern, Endpoint endpoint) {
    Route route{method, std::move(pattern), {}, std::move(endpoint)};
    for (const auto part : split(route.pattern)) route.segments.emplace_back(part);
    routes_.push_back(std::move(route));
  }

  /// HEAD falls back to GET's endpoint.
  [[nodiscard]] Outcome match(Method method, std::string_view path) const {
    const auto parts = split(path);
    const Route* best = nullptr;
    int best_rank = -1;
    std::vector<Method> allowed;
    for (const Route& route : routes_) {
      const int rank = fit(route, parts);
      if (rank < 0) continue;
      allowed.push_back(route.method);
      const bool takes = route.method == method || (method == Method::head && route.method == Method::get);
      if (takes && rank > best_rank) {
        best = &route;
        best_rank = rank;
      }
    }
    if (best != nullptr) return Match{&best->endpoint, best->pattern, capture(*best, parts)};
    if (allowed.empty()) return NotFound{};
    std::string allow;
    for (const Method m : allowed) {
      if (!allow.empty()) allow += ", ";
      allow += to_string(m);
    }
    return MethodNotAllowed{std::move(allow)};
  }

  /// Every route, in the order added: for the OpenAPI test and the CSRF and authorisation matrices.
  template <typename Visit>
  void each(Visit visit) const {
    for (const Route& route : routes_) visit(route.method, route.pattern, route.endpoint);
  }

 private:
  struct Route {
    Method method;
    std::string pattern;
    std::vector<std::string> segments;
    Endpoint endpoint;
  };

  static std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    std::size_t begin = 1;
    while (begin <= path.size()) {
      const auto end = std::min(path.find('/', begin), path.size());
      parts.push_back(path.substr(begin, end - begin));
      begin = end + 1;
    }
    return parts;
  }
  static bool is_name(std::string_view s) { return s.size() > 2 && s.front() == '{' && s.back() == '}'; }
  static bool is_rest(std::string_view s) { return is_name(s) && s.ends_with("...}"); }

  /// −1: no fit; else the number of literal segments, so that the most literal pattern wins.
  static int fit(const Route& route, const std::vector<std::string_view>& parts) {
    const bool rest = !route.segments.empty() && is_rest(route.segments.back());
    if (rest ? parts.size() < route.segments.size() : parts.size() != route.segments.size()) return -1;
    int rank = rest ? 0 : 1;
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
      const std::string& want = route.segments[i];
      if (is_name(want)) {
        if (parts[i].empty()) return -1;
      } else if (want == parts[i]) {
        rank += 2;
      } else {
        return -1;
      }
    }
    return rank;
  }

  static std::map<std::string, std::string, std::less<>> capture(const Route& route,
                                                                 const std::vector<std::string_view>& parts) {
    std::map<std::string, std::string, std::less<>> params;
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
      const std::string_view want = route.segments[i];
      if (is_rest(want)) {
        std::string rest(parts[i]);
        for (std::size_t j = i + 1; j < parts.size(); ++j) rest.append("/").append(parts[j]);
        params.emplace(want.substr(1, want.size() - 5), std::move(rest));
      } else if (is_name(want)) {
        params.emplace(want.substr(1, want.size() - 2), parts[i]);
      }
    }
    return params;
  }

  std::vector<Route> routes_;
};

}  // namespace tongxing::http
