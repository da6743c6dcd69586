// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/disk_pool.hpp"

#include "server/base/log.hpp"

#include <exception>
#include <span>

namespace tongxing::net {

DiskPool::DiskPool(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

DiskPool::~DiskPool() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void DiskPool::post(Job job) {
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  ready_.notify_one();
}

void DiskPool::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

void SinkTask::write(std::vector<std::byte> piece,
                     std::move_only_function<void(bool, std::vector<std::byte>)> done) {
  enqueue([self = this, piece = std::move(piece), done = std::move(done)]() mutable {
    bool wanted = false;
    try {
      wanted = self->sink_->write(piece);
    } catch (const std::exception& fault) {
      log::error("upload_write_failed", {{"error", fault.what()}});
    }
    done(wanted, std::move(piece));
  });
}

void SinkTask::finish(bool complete, std::move_only_function<void(http::Response)> done) {
  enqueue([self = this, complete, done = std::move(done)]() mutable {
    http::Response response{500, {}, std::string{}};
    try {
      response = self->sink_->finish(complete);
    } catch (const std::exception& fault) {
      log::error("upload_finish_failed", {{"error", fault.what()}});
    }
    done(std::move(response));
  });
}

void SinkTask::enqueue(DiskPool::Job job) {
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
    if (std::exchange(running_, true)) return;
  }
  // The pool's job holds the task, so the raw pointers in `jobs_` stay good until the queue is empty.
  pool_.post([self = shared_from_this()] { self->run_next(); });
}

void SinkTask::run_next() {
  for (;;) {
    DiskPool::Job job;
    {
      const std::scoped_lock lock(mutex_);
      if (jobs_.empty()) {
        running_ = false;
        return;
      }
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

}  // namespace tongxing::net
