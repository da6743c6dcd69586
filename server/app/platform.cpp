// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/platform.hpp"

#include "server/api/upload_api.hpp"
#include "server/app/chores.hpp"
#include "server/app/gauges.hpp"
#include "server/app/program.hpp"
#include "server/app/routes.hpp"
#include "server/auth/passwords.hpp"
#include "server/auth/rate_limits.hpp"
#include "server/base/log.hpp"
#include "server/http/sse.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/render/assets.hpp"
#include "server/services/accounts.hpp"
#include "server/services/captions.hpp"
#include "server/services/descriptions.hpp"
#include "server/services/sessions.hpp"
#include "server/services/setup.hpp"
#include "server/services/uploads.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/idempotency_store.hpp"
#include "server/storage/old_versions.hpp"
#include "server/storage/session_store.hpp"

#include <atomic>
#include <chrono>
#include <utility>

namespace tongxing::app {
namespace {

constexpr std::size_t kSecretThreads = 2;
constexpr std::size_t kSecretQueue = 64;
constexpr std::size_t kKeptPages = 1'024;
/// Below so many free bytes only signing in and out, passwords and languages are still written.
constexpr std::uint64_t kLeastRoom = 16ULL << 20;
/// Of the log, kept on the disk for them: what it grows to between two checkpoints and as much again, yet
/// within the first part of SQLite's index of it (4062 pages), which needs no room either.
constexpr std::int64_t kLogReserve = 15LL << 20;
constexpr std::chrono::days kFormsRemembered{7};
constexpr Milliseconds kSelfTestLimit{10'000};

/// A tus body on its way from the network to the disk.
class UploadSink final : public net::UploadSink {
 public:
  explicit UploadSink(std::unique_ptr<api::UploadBody> body) : body_(std::move(body)) {}
  bool write(std::span<const std::byte> piece) override { return body_->write(piece); }
  http::Response finish(bool complete) override { return body_->finish(complete); }

 private:
  std::unique_ptr<api::UploadBody> body_;
};

OpenUpload open_upload_with(services::Uploads& uploads) {
  return
      [&uploads](routing::Context& ctx) -> std::expected<std::unique_ptr<net::UploadSink>, http::Response> {
        auto body = api::open_upload(ctx, uploads);
        if (!body) return std::unexpected(std::move(body.error()));
        return std::make_unique<UploadSink>(std::move(*body));
      };
}

services::UploadLimits upload_limits(const ServeOptions& options) {
  services::UploadLimits limits;
  limits.quota = options.upload_quota_bytes;
  limits.reserve = options.upload_reserve_bytes;
  return limits;
}

jobs::JobRunnerOptions runner_options(const ServeOptions& options) {
  jobs::JobRunnerOptions runner;
  runner.worker = options.worker.empty() ? jobs::default_worker() : options.worker;
  return runner;
}

}  // namespace

/// Every object of the running program, in the order in which it is built; members are destroyed from the
/// last to the first. Each line says why the object exists.
struct Platform::Parts {
  explicit Parts(const ServeOptions& options);
  ~Parts() { stop(); }
  void stop();
  void test_sandbox();

  const ServeOptions options;
  storage::DataFolder folder;                        // the data folder, locked against a second server
  SystemClock clock;                                 // the only clock; everything below is handed it
  SystemRandom random;                               // ids, tokens, keys
  storage::DiskWatch disk;                           // stops ordinary writing before the disk is quite full
  std::unique_ptr<storage::Database> database;       // the records; migrated when it is open
  std::shared_ptr<const render::Messages> messages;  // every text, in three languages
  std::shared_ptr<const render::Assets> assets;      // scripts and styles built into the program
  std::unique_ptr<render::Renderer> renderer;        // pages from templates
  auth::SessionCache session_cache;                  // so that a heartbeat does not join three tables
  auth::Sessions sessions;                           // who is signed in
  auth::FormTokens form_tokens;                      // proof that a form is ours
  auth::RateLimits rate_limits;                      // brakes on guessing passwords
  auth::PasswordHasher hasher;                       // Argon2id
  services::Accounts accounts;                       // who may use the platform and how
  services::SignIns sign_ins;                        // signing in and out
  storage::UploadFiles upload_files;                 // files on their way in, on disk
  services::Uploads uploads;                         // uploads that resume
  services::Captions captions;                       // text tracks beside the segments
  PublishedMedia published;                          // what everybody may play, in memory
  PageCache pages;                                   // pages of visitors who are not signed in
  Metrics metrics;                                   // figures for /metrics
  Readiness readiness;                               // checks for /readyz
  routing::Middleware middleware;                    // what stands between a request and its handler
  jobs::PosixLauncher launcher;                      // starts worker processes
  std::atomic<bool> sandbox_stands = true;  // the worker's own test of its walls, asked at start and daily
  net::Server* network = nullptr;           // set once it listens; the runner below publishes through it
  jobs::JobRunner runner;                   // turns uploads into packages
  routing::Routes routes;                   // every page and every operation of the API
  SecretLane secret_lane;                   // where passwords are hashed
  StaticAssets static_assets;               // the scripts and styles, ready to send
  Program program;                          // the program as the network sees it
  std::optional<std::string> setup_token;   // for the link of the first start
  std::unique_ptr<net::Server> server;      // listens; from here on requests arrive
  std::unique_ptr<Chores> chores;           // what comes round again
};

Platform::Parts::Parts(const ServeOptions& given)
    : options(given),
      folder(given.data),
      disk(folder.layout().root(), kLeastRoom),
      database(storage::Database::open(folder.layout().database(),
                                       {.readers = given.reader_threads, .log_reserve_bytes = kLogReserve})),
      messages(render::Messages::built_in()),
      assets(render::Assets::built_in()),
      renderer(render::Renderer::built_in(messages)),
      session_cache(clock),
      sessions(clock, random, session_cache,
               [this](const SessionId& id, Timestamp seen) {
                 // On a full disk the room that is left is for signing in.
                 if (disk.is_full()) return;
                 // Losing one only makes a session look a minute older, so nobody waits for it.
                 static_cast<void>(database->submit_write(
                     [id, seen](storage::Connection& db) {
                       storage::SessionStore(db).touch(id, seen);
                       return storage::Verdict::commit;
                     },
                     {}));
               }),
      form_tokens(services::installation_secret(*database, random, "form-token-key"), random),
      rate_limits(clock),
      accounts(clock, random, hasher, sessions),
      sign_ins(clock, hasher, sessions, rate_limits, form_tokens),
      upload_files(folder.layout()),
      uploads(*database, upload_files, clock, random, upload_limits(given)),
      captions(folder.layout()),
      pages(kKeptPages),
      middleware({.messages = *messages,
                  .renderer = *renderer,
                  .clock = clock,
                  .random = random,
                  .sessions = sessions,
                  .form_tokens = form_tokens}),
      runner({.database = *database,
              .layout = folder.layout(),
              .launcher = launcher,
              .clock = clock,
              .random = random,
              .publish =
                  [this](const AssetId& asset, const std::string& event) {
                    network->events().publish("asset/" + asset.str(), http::format_event({.data = event}));
                  },
              .complete = {},
              .renew =
                  [this](storage::Connection& db, const storage::Asset& asset,
                         const media::model::Package& package, const std::filesystem::path& made) {
                    services::renew_text_tracks(db, folder.layout(), asset, package, made);
                  },
              .publish_description =
                  [this](const AssetId& asset, const std::string& event) {
                    network->events().publish("description/" + asset.str(),
                                              http::format_event({.data = event}));
                  }},
             runner_options(given)),
      routes(all_routes({.database = *database,
                         .layout = folder.layout(),
                         .clock = clock,
                         .random = random,
                         .messages = *messages,
                         .accounts = accounts,
                         .sign_ins = sign_ins,
                         .sessions = sessions,
                         .rate_limits = rate_limits,
                         .uploads = uploads,
                         .captions = captions})),
      secret_lane(folder.layout().database(), kSecretThreads, kSecretQueue),
      static_assets(*assets),
      program({.database = *database,
               .disk = disk,
               .secret_lane = secret_lane,
               .routes = routes,
               .middleware = middleware,
               .assets = static_assets,
               .pages = pages,
               .published = published,
               .metrics = metrics,
               .readiness = readiness,
               .media_root = folder.layout().media(),
               .open_upload = open_upload_with(uploads)}),
      setup_token(services::ensure_setup_link(*database, clock, random)),
      server(net::Server::start(given.network, program)) {
  network = server.get();
  readiness.add("media_sandbox", [this] { return sandbox_stands.load(); });
  add_gauges(metrics, readiness,
             {.database = *database, .folder = folder, .runner = runner, .server = *server});
  runner.start();
  chores = std::make_unique<Chores>(std::vector<Chores::Chore>{
      {"sandbox", std::chrono::hours{24}, [this] { test_sandbox(); }},
      {"uploads", std::chrono::minutes{10}, [this] { uploads.sweep(); }},
      {"old versions", std::chrono::hours{24},
       [this] {
         database->read([this](storage::Connection& db) {
           storage::remove_old_versions(db, folder.layout(), std::chrono::file_clock::now());
         });
       }},
      {"sessions", std::chrono::hours{1},
       [this] {
         database->write([this](storage::Connection& db) {
           storage::SessionStore(db).sweep(clock.now());
           storage::IdempotencyStore(db).sweep(clock.now() - kFormsRemembered);
           return storage::Verdict::commit;
         });
       }},
  });
}

void Platform::Parts::test_sandbox() {
  const auto worker = runner_options(options).worker;
  const auto process = launcher.start(
      {.arguments = {worker.string(), "self-test"}, .log = folder.layout().temporary("self-test.log")});
  const auto ended = process->wait(kSelfTestLimit);
  sandbox_stands = ended && !ended->by_signal && ended->code == 0;
  if (!sandbox_stands) {
    log::error("media_sandbox_missing", {{"error",
                                          "the media worker could not lock itself in: it refuses every file. "
                                          "Run `tongxing media self-test` to see which wall is missing."}});
  }
}

void Platform::Parts::stop() {
  readiness.drain();
  if (chores) chores->stop();
  runner.stop();
  if (server) server->stop();
  secret_lane.stop();
  database->close();
}

Platform::Platform(const ServeOptions& options) : parts_(std::make_unique<Parts>(options)) {}

Platform::~Platform() = default;

std::string Platform::address() const {
  const auto& network = parts_->options.network;
  const std::string scheme = network.tls_certificate.empty() ? "http://" : "https://";
  return scheme + network.address + ":" + std::to_string(parts_->server->port());
}

std::optional<std::string> Platform::setup_link() const {
  if (!parts_->setup_token) return std::nullopt;
  return address() + "/setup?token=" + *parts_->setup_token;
}

void Platform::stop() {
  parts_->stop();
}

}  // namespace tongxing::app
