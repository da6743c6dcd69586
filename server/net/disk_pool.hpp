// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/application.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tongxing::net {

/// Threads that may block on the disk, so that I/O threads never do. Jobs must not throw.
class DiskPool {
 public:
  using Job = std::move_only_function<void()>;

  explicit DiskPool(unsigned threads);
  DiskPool(const DiskPool&) = delete;
  DiskPool& operator=(const DiskPool&) = delete;
  /// Runs what is queued, then joins.
  ~DiskPool();

  void post(Job job);

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

/// One upload's sink, its calls strictly one after another on the pool's threads. The owner calls
/// `finish` exactly once.
class SinkTask : public std::enable_shared_from_this<SinkTask> {
 public:
  SinkTask(DiskPool& pool, std::unique_ptr<UploadSink> sink) : pool_(pool), sink_(std::move(sink)) {}

  /// `done` is called from a disk thread with false where no more is wanted.
  void write(std::vector<std::byte> piece, std::move_only_function<void(bool, std::vector<std::byte>)> done);
  /// `done` is called from a disk thread; a sink that throws gives a response of status 500.
  void finish(bool complete, std::move_only_function<void(http::Response)> done);

 private:
  void enqueue(DiskPool::Job job);
  void run_next();

  DiskPool& pool_;
  std::unique_ptr<UploadSink> sink_;
  std::mutex mutex_;
  std::deque<DiskPool::Job> jobs_;
  bool running_ = false;
};

}  // namespace tongxing::net
