// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/fake_app.hpp"

#include <fstream>
#include <stdexcept>

#include <unistd.h>

namespace tongxing::test {
namespace {

using http::Method;
using http::Response;

class RecordingSink final : public net::UploadSink {
 public:
  explicit RecordingSink(std::shared_ptr<UploadRecord> record) : record_(std::move(record)) {}
  bool write(std::span<const std::byte> piece) override {
    const std::scoped_lock lock(record_->mutex);
    record_->received.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return record_->received.size() <= record_->refuse_after;
  }
  Response finish(bool complete) override {
    const std::scoped_lock lock(record_->mutex);
    ++record_->finished;
    record_->complete = complete;
    record_->changed.notify_all();
    Response response{complete ? 204U : 507U, {}, std::string{}};
    response.headers.add("Upload-Offset", std::to_string(record_->received.size()));
    return response;
  }

 private:
  std::shared_ptr<UploadRecord> record_;
};

Response text(std::string body, unsigned status = 200) {
  Response response{status, {}, std::move(body)};
  response.headers.add("Content-Type", "text/plain");
  return response;
}

Response who(const http::Request& request) {
  return text(request.remote_address + " " + (request.secure ? "secure" : "plain") + " " + request.origin +
              " " + std::string(request.headers.get("X-Forwarded-For").value_or("none")));
}

std::string describe(const http::Request& request) {
  std::string out = "body=" + request.body;
  for (const auto& [name, value] : request.form.all()) out.append(" ").append(name).append("=").append(value);
  for (const auto& file : request.files)
    out.append(" file:").append(file.filename).append("=").append(file.bytes);
  return out + " trailer=" + std::string(request.headers.get("X-Trailer").value_or("none"));
}

}  // namespace

bool UploadRecord::wait_finished() {
  std::unique_lock lock(mutex);
  return changed.wait_for(lock, std::chrono::seconds(5), [this] { return finished > 0; });
}

FakeApp::FakeApp() {
  std::string pattern = (std::filesystem::temp_directory_path() / "tongxing-net-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

FakeApp::~FakeApp() {
  release();
  for (auto& thread : threads_) thread.join();
  std::filesystem::remove_all(folder_);
}

net::Plan FakeApp::begin(const http::Request& head) {
  net::Plan plan;
  const auto now = [&](Response response) {
    plan.immediate = std::make_unique<Response>(std::move(response));
  };
  if (head.path == "/hello") {
    now(text("hello " + head.query.get_or("name", "you")));
  } else if (head.path.starts_with("/file/")) {
    Response response{200, {}, http::FileBody{folder_ / head.path.substr(6)}};
    response.headers.add("Content-Type", "application/octet-stream");
    now(std::move(response));
  } else if (head.path == "/tagged") {
    Response response{200, {}, std::make_shared<const std::string>("tagged")};
    response.headers.add("ETag", "\"v1\"");
    response.headers.add("Content-Type", "text/plain");
    now(std::move(response));
  } else if (head.path == "/split") {
    Response response = text("x");
    response.headers.add("X-Name", "a\r\nX-Forged: 1");
    response.headers.add("Content-Length", "999");
    now(std::move(response));
  } else if (head.path == "/events") {
    now(Response{200, {}, http::EventStreamBody{"topic", "data: first\n\n"}});
  } else if (head.path == "/who") {
    now(who(head));
  } else if (head.path == "/fault") {
    throw std::runtime_error("begin fails");
  } else if (head.path == "/upload") {
    plan.body = {64 * 1024 * 1024, true};
  } else if (head.path == "/echo" || head.path == "/slow" || head.path == "/full" || head.path == "/never") {
    plan.body.limit = 100'000;
  } else {
    now(refusal(404, "", false));
  }
  return plan;
}

bool FakeApp::submit(std::shared_ptr<net::Exchange> /*exchange*/, http::Request request,
                     std::move_only_function<void(Response)> done) {
  ++submitted;
  if (request.path == "/full") return false;
  if (request.path == "/never") {
    const std::scoped_lock lock(mutex_);
    held_.push_back(std::move(done));
    return true;
  }
  const std::chrono::milliseconds delay(request.path == "/slow" ? 300 : 0);
  later(delay,
        [request = std::move(request), done = std::move(done)]() mutable { done(text(describe(request))); });
  return true;
}

bool FakeApp::open_upload(
    std::shared_ptr<net::Exchange> /*exchange*/, http::Request /*head*/,
    std::move_only_function<void(std::variant<std::unique_ptr<net::UploadSink>, Response>)> done) {
  if (upload_refused) {
    done(text("no", 409));
  } else {
    later(std::chrono::milliseconds(0), [sink = record, done = std::move(done)]() mutable {
      done(std::make_unique<RecordingSink>(std::move(sink)));
    });
  }
  return true;
}

Response FakeApp::refusal(unsigned status, std::string_view accept_language, bool wants_html) {
  return text(
      "refused " + std::to_string(status) + " " + std::string(accept_language) + (wants_html ? " html" : ""),
      status);
}

std::filesystem::path FakeApp::add_file(const std::string& name, const std::string& content) {
  const auto path = folder_ / name;
  const auto fresh = folder_ / (name + ".new");
  std::ofstream(fresh, std::ios::binary) << content;
  std::filesystem::rename(fresh, path);
  return path;
}

void FakeApp::release() {
  const std::scoped_lock lock(mutex_);
  for (auto& done : held_) done(text("late"));
  held_.clear();
}

void FakeApp::later(std::chrono::milliseconds delay, std::move_only_function<void()> job) {
  const std::scoped_lock lock(mutex_);
  threads_.emplace_back([delay, job = std::move(job)]() mutable {
    std::this_thread::sleep_for(delay);
    job();
  });
}

net::Limits quick_limits() {
  using std::chrono::milliseconds;
  net::Limits limits;
  limits.header_deadline = milliseconds(400);
  limits.idle_deadline = milliseconds(600);
  limits.slow_window = milliseconds(600);
  limits.drain_deadline = milliseconds(1500);
  limits.heartbeat = milliseconds(200);
  limits.min_send_rate = 100'000;
  limits.min_body_rate = 100'000;
  return limits;
}

net::ServerOptions quick_options() {
  net::ServerOptions options;
  options.port = 0;
  options.limits = quick_limits();
  return options;
}

}  // namespace tongxing::test
