// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/account_api.hpp"
#include "server/auth/passwords.hpp"
#include "server/http/text.hpp"
#include "server/pages/account_pages.hpp"
#include "server/services/setup.hpp"
#include "tests/unit/routing/gate.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::tests {

/// All pages and operations of accounts over a real database.
class Site : public Gate {
 public:
  auth::PasswordHasher hasher{{1, 8192}};
  auth::RateLimits limits{clock};
  services::Accounts accounts{clock, random, hasher, sessions};
  services::SignIns sign_ins{clock, hasher, sessions, limits, tokens};

  Site() {
    pages::add_account_pages(routes, {accounts, sign_ins, sessions, limits, random});
    api::add_account_api(routes, {accounts, sign_ins, sessions});
  }

  AccountId account(const std::string& login, const std::string& password,
                    const std::set<auth::Role>& roles) {
    return services::create_account(*database, accounts, {login, login, password, "", roles}).value();
  }
};

/// Somebody with a browser: keeps cookies, reads hidden fields of the page last seen and sends them with the
/// form.
class Browser {
 public:
  explicit Browser(Site& site) : site_(site) {}

  std::map<std::string, std::string, std::less<>> cookies;
  std::string address = "192.0.2.1";
  std::string language = "en";

  http::Response get(const std::string& path) {
    auto response = send(made(http::Method::get, path));
    page_ = text(response);
    return response;
  }

  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// Fills the form with this action on the page last seen.
  http::Response submit(const std::string& action, const Fields& typed) {
    Fields fields = typed;
    for (const auto& field : hidden_fields(action)) fields.push_back(field);
    return post(action, fields);
  }

  http::Response post(const std::string& path, const Fields& fields) {
    auto request = made(http::Method::post, path);
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.headers.add("Sec-Fetch-Site", "same-origin");
    for (const auto& [name, value] : fields) {
      request.body += (request.body.empty() ? "" : "&") + name + "=" + http::percent_encode(value);
    }
    auto response = send(std::move(request));
    if (response.status != 303) page_ = text(response);
    return response;
  }

  http::Response call(http::Method method, const std::string& path, const std::string& json = {}) {
    auto request = made(method, path);
    request.headers.add("X-CSRF", "1");
    if (!json.empty()) request.headers.add("Content-Type", "application/json");
    request.body = json;
    return send(std::move(request));
  }

  http::Response sign_in(const std::string& login, const std::string& password) {
    static_cast<void>(get("/sign-in"));
    return submit("/sign-in", {{"login", login}, {"password", password}});
  }

  /// Who the server takes this browser for: 200 or 303 at /account.
  bool is_in() { return send(made(http::Method::get, "/account")).status == 200; }

  /// Name and value of the hidden fields of one form.
  [[nodiscard]] Fields hidden_fields(const std::string& action) const {
    Fields fields;
    const auto form = page_.find("action=\"" + action + "\"");
    const auto end = page_.find("</form>", form);
    for (auto at = page_.find("<input type=\"hidden\"", form); at < end;
         at = page_.find("<input type=\"hidden\"", at + 1)) {
      fields.emplace_back(attribute(at, "name"), attribute(at, "value"));
    }
    return fields;
  }

 private:
  [[nodiscard]] std::string attribute(std::size_t at, const std::string& name) const {
    const auto begin = page_.find(" " + name + "=\"", at) + name.size() + 3;
    return page_.substr(begin, page_.find('"', begin) - begin);
  }

  http::Request made(http::Method method, const std::string& target) const {
    auto request = tests::request(method, target);
    if (const auto question = target.find('?'); question != std::string::npos) {
      const std::string query = target.substr(question + 1);
      const auto equals = query.find('=');
      request.query.add(query.substr(0, equals), query.substr(equals + 1));
    }
    request.cookies = cookies;
    request.remote_address = address;
    request.headers.add("Accept-Language", language);
    return request;
  }

  http::Response send(http::Request request) {
    auto response = site_.send(std::move(request));
    for (const auto& [name, value] : response.headers.all()) {
      if (name != "Set-Cookie") continue;
      const auto equals = value.find('=');
      const auto end = value.find(';');
      const std::string cookie = value.substr(0, equals);
      if (value.find("Max-Age=0") != std::string::npos)
        cookies.erase(cookie);
      else
        cookies[cookie] = value.substr(equals + 1, end - equals - 1);
    }
    return response;
  }

  Site& site_;
  std::string page_;
};

}  // namespace tongxing::tests
