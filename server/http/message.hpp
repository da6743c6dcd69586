// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// HTTP as plain values. Nothing here knows sockets, threads or Beast; all types may be copied between
/// threads.
namespace tongxing::http {

enum class Method { get, head, post, put, patch, del, options };

/// Field names compare without regard to case (RFC 9110 §5.1). Keeps order; a name may occur more than once.
class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// Replaces every field of that name.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  /// The first field's value, or nothing.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const noexcept {
    return fields_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Name-value pairs of a query string or a form, decoded, in order.
class Params {
 public:
  void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  [[nodiscard]] std::string get_or(std::string_view name, std::string_view otherwise = {}) const;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const noexcept {
    return values_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

/// One part of a multipart/form-data body that has a file name (RFC 7578). `filename` is for display only.
struct FilePart {
  std::string name;
  std::string filename;
  std::string content_type;
  std::string bytes;
};

/// A request as handlers see it: already guarded (server/http/guard.hpp), path decoded, body whole or absent.
struct Request {
  Method method = Method::get;
  std::string path;    ///< percent-decoded, begins with '/', no "..", valid UTF-8
  std::string target;  ///< as sent, for links back; at most 8 KiB
  Params query;
  Headers headers;
  std::map<std::string, std::string, std::less<>> cookies;
  std::map<std::string, std::string, std::less<>> path_params;  ///< from the route's {names}
  std::string body;                                             ///< raw; empty where the route takes none
  Params form;                                                  ///< decoded form fields, for form bodies
  std::vector<FilePart> files;
  std::string remote_address;  ///< the client's, behind trusted proxies taken from X-Forwarded-For
  bool secure = false;         ///< TLS here, or at a trusted proxy
  std::string origin;          ///< our own origin as the client sees it: "http://127.0.0.1:8080"
};

/// A file on disk, sent with sendfile(2). Ranges, conditional requests and HEAD are answered by server/net.
struct FileBody {
  std::filesystem::path path;
  std::string etag{};  ///< with quotes; empty: made from size and time of the file
  /// How long the file may be served without looking at the disk again: minutes for what never changes under
  /// its name (segments), 0 for what is replaced (playlists).
  std::chrono::milliseconds fresh_for{0};
};

/// A stream of server-sent events (WHATWG HTML §9.2): `first` at once, then what is published on `topic`.
struct EventStreamBody {
  std::string topic;
  std::string first;  ///< complete event text, ends with an empty line; may be empty
};

/// Bytes that several responses share (pages cached, assets built into the program).
using SharedBody = std::shared_ptr<const std::string>;

struct Response {
  unsigned status = 200;
  Headers headers;
  std::variant<std::string, SharedBody, FileBody, EventStreamBody> body;
};

[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] std::optional<Method> method_from(std::string_view token);
[[nodiscard]] constexpr bool is_safe(Method m) {
  return m == Method::get || m == Method::head || m == Method::options;
}

[[nodiscard]] Response html(unsigned status, std::string body);
[[nodiscard]] Response json(unsigned status, std::string body, std::string content_type = "application/json");
/// 303 See Other: what every successful form post answers. `location` is a path of ours.
[[nodiscard]] Response see_other(std::string location);
[[nodiscard]] Response no_content();

}  // namespace tongxing::http
