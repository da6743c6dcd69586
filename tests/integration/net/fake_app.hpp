// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/application.hpp"
#include "server/net/server.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tongxing::test {

/// What became of an upload.
struct UploadRecord {
  std::mutex mutex;
  std::condition_variable changed;
  std::string received;
  int finished = 0;
  bool complete = false;
  std::size_t refuse_after = SIZE_MAX;  ///< the sink wants no more than this

  bool wait_finished();
};

/// An application with one path for each thing that the network side must do.
class FakeApp final : public net::Application {
 public:
  FakeApp();
  ~FakeApp() override;

  net::Plan begin(const http::Request& head) override;
  bool submit(std::shared_ptr<net::Exchange> exchange, http::Request request,
              std::move_only_function<void(http::Response)> done) override;
  bool open_upload(
      std::shared_ptr<net::Exchange> exchange, http::Request head,
      std::move_only_function<void(std::variant<std::unique_ptr<net::UploadSink>, http::Response>)> done)
      override;
  http::Response refusal(unsigned status, std::string_view accept_language, bool wants_html) override;

  /// Writes a file below /file/.
  std::filesystem::path add_file(const std::string& name, const std::string& content);
  /// Calls everything that /never holds back.
  void release();

  std::shared_ptr<UploadRecord> record = std::make_shared<UploadRecord>();
  std::atomic<int> submitted{0};
  std::atomic<bool> upload_refused{false};

 private:
  void later(std::chrono::milliseconds delay, std::move_only_function<void()> job);

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::vector<std::thread> threads_;
  std::vector<std::move_only_function<void(http::Response)>> held_;
};

/// Limits so short that time-outs can be tested.
net::Limits quick_limits();
net::ServerOptions quick_options();

}  // namespace tongxing::test
