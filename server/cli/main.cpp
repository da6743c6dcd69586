// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: the only file that knows the option library.
#include "server/cli/captions_quality.hpp"
#include "server/cli/commands.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace {

using tongxing::app::ServeOptions;

void add_serve(CLI::App& app, ServeOptions& options) {
  app.add_option("--data", options.data, "Folder with the database and the media")->capture_default_str();
  app.add_option("--address", options.network.address, "Address to listen on")->capture_default_str();
  app.add_option("--port", options.network.port, "Port to listen on; 0 takes any free one")
      ->capture_default_str();
  app.add_option("--threads", options.network.threads, "Network threads")
      ->check(CLI::Range(1U, 64U))
      ->capture_default_str();
  app.add_option("--tls-certificate", options.network.tls_certificate,
                 "Certificate chain (PEM); with --tls-key")
      ->check(CLI::ExistingFile)
      ->envname("TONGXING_TLS_CERTIFICATE");
  app.add_option("--tls-key", options.network.tls_key, "Private key (PEM)")
      ->check(CLI::ExistingFile)
      ->envname("TONGXING_TLS_KEY");
  app.add_option("--trusted-proxy", options.network.trusted_proxies,
                 "Address of a reverse proxy whose X-Forwarded-For and -Proto are believed; may be repeated");
  app.add_option("--host", options.network.allowed_hosts,
                 "Host name that is answered; may be repeated. None: every one");
  app.add_option("--worker", options.worker, "The media worker, if it is not beside this program");
  app.add_option("--upload-reserve", options.upload_reserve_bytes,
                 "Bytes of the disk that uploads leave free")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--upload-quota", options.upload_quota_bytes,
                 "Bytes of uploads that each instructor may keep")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_account(CLI::App& app, tongxing::cli::NewAccount& account) {
  app.add_option("--data", account.data, "Data folder; the server may be running")->capture_default_str();
  app.add_option("--login", account.login, "Name to sign in with")->required();
  app.add_option("--name", account.name, "Name that others see; the login if left out");
  app.add_option("--role", account.roles,
                 "trainee, instructor, reviewer or administrator (or admin); may be repeated")
      ->required()
      ->transform([](std::string role) { return role == "admin" ? std::string("administrator") : role; })
      ->check(CLI::IsMember({"trainee", "instructor", "reviewer", "administrator"}));
  app.add_option("--locale", account.locale, "zh-Hans, zh-Hant or en")
      ->check(CLI::IsMember({"zh-Hans", "zh-Hant", "en"}))
      ->capture_default_str();
}

void add_caption_options(CLI::App& app, std::string& locale, tongxing::cli::CaptionsOutput& output) {
  using tongxing::cli::CaptionsOutput;
  app.add_flag_callback("--json", [&output] { output = CaptionsOutput::json; }, "Print one JSON object");
  app.add_option("--locale", locale, "Language of the messages: zh-Hans, zh-Hant or en")
      ->check(CLI::IsMember({"zh-Hans", "zh-Hant", "en"}))
      ->capture_default_str();
}

/// The sub-commands of `tongxing captions`, and what they are given.
struct CaptionCommands {
  tongxing::cli::CaptionsParse parse_options;
  tongxing::cli::CaptionsConvert convert_options;
  CLI::App* parse = nullptr;
  CLI::App* convert = nullptr;
};

void add_captions(CLI::App& captions, CaptionCommands& commands) {
  auto& parse = commands.parse_options;
  commands.parse =
      captions.add_subcommand("parse", "Print what is in a caption file, and what is wrong with it");
  commands.parse->add_option("file", parse.file, "WebVTT, SRT, SBV, ASS, SSA or TTML; - reads standard input")
      ->required();
  commands.parse->add_option("--from", parse.format,
                             "Its format: vtt, srt, sbv, ass or ttml; else by its name or text");
  add_caption_options(*commands.parse, parse.locale, parse.output);
  auto& convert = commands.convert_options;
  commands.convert =
      captions.add_subcommand("convert", "Write a caption file in another format, and say what is lost");
  commands.convert->add_option("input", convert.input_file, "File to read; - reads standard input")
      ->required();
  commands.convert
      ->add_option("output", convert.output_file, "File to write (.vtt, .srt, .ttml); - is standard output")
      ->required();
  commands.convert->add_option("--from", convert.from, "Format of the input");
  commands.convert->add_option("--to", convert.to,
                               "Format of the output: vtt, srt or ttml; else by its name");
  commands.convert->add_option("--language", convert.language,
                               "Language of the captions (BCP 47), written into TTML");
  add_caption_options(*commands.convert, convert.locale, convert.output);
}

int run(int argc, char** argv) {
  CLI::App app{"Tongxing 同行: learning at home, for everybody"};
  app.require_subcommand(1);
  app.set_version_flag("--version", TONGXING_VERSION);

  ServeOptions serve_options;
  CLI::App* serve = app.add_subcommand("serve", "Start the platform");
  add_serve(*serve, serve_options);

  tongxing::cli::NewAccount account;
  CLI::App* accounts = app.add_subcommand("account", "Accounts");
  accounts->require_subcommand(1);
  CLI::App* create = accounts->add_subcommand("create", "Make an account; asks for its password");
  add_account(*create, account);

  std::string data = "data";
  std::string locale = "zh-Hans";
  CLI::App* doctor = app.add_subcommand("doctor", "Check a data folder and say how to mend what is wrong");
  doctor->add_option("--data", data, "Data folder")->capture_default_str();
  doctor->add_option("--locale", locale, "zh-Hans, zh-Hant or en")->capture_default_str();

  std::string file;
  CLI::App* backup =
      app.add_subcommand("backup", "Write a consistent copy of the database, also while serving");
  backup->add_option("--data", data, "Data folder")->capture_default_str();
  backup->add_option("file", file, "File to write; must not exist")->required();

  CLI::App* openapi = app.add_subcommand("openapi", "Print the OpenAPI document of the API");

  CLI::App* media = app.add_subcommand("media", "Media files without the platform: probe, package, check");
  media->prefix_command();
  CLI::App* describe = app.add_subcommand("describe", "Audio description of a lesson: plan, render");
  describe->prefix_command();

  CLI::App* caption_files =
      app.add_subcommand("captions", "Caption files without the platform: parse, convert, check, fix");
  caption_files->require_subcommand(1);
  const auto captions_quality = tongxing::cli::add_captions_quality(*caption_files);
  CaptionCommands captions;
  add_captions(*caption_files, captions);
  CLI::App* narrate =
      app.add_subcommand("narrate", "Say how a text is read, and speak it: narrate TEXT --out FILE.wav");
  narrate->prefix_command();
  narrate->set_help_flag();  // the worker's own help says more

  CLI11_PARSE(app, argc, argv);

  if (const auto code = captions_quality()) return *code;

  if (serve->parsed()) {
    if (serve_options.network.tls_certificate.empty() != serve_options.network.tls_key.empty()) {
      std::fputs("--tls-certificate and --tls-key go together.\n", stderr);
      return 2;
    }
    return tongxing::cli::serve(serve_options);
  }
  if (create->parsed()) return tongxing::cli::create_account(account);
  if (doctor->parsed()) return tongxing::cli::doctor(data, locale);
  if (backup->parsed()) return tongxing::cli::backup(data, file);
  if (openapi->parsed()) return tongxing::cli::print_openapi();
  if (describe->parsed()) return tongxing::cli::describe(describe->remaining());
  if (captions.parse->parsed()) return tongxing::cli::parse_captions(captions.parse_options);
  if (captions.convert->parsed()) return tongxing::cli::convert_captions(captions.convert_options);
  if (narrate->parsed()) {
    std::vector<std::string> arguments{"narrate"};
    for (const std::string& argument : narrate->remaining()) arguments.push_back(argument);
    return tongxing::cli::media(arguments);
  }
  return tongxing::cli::media(media->remaining());
}

}  // namespace

int main(int argc, char** argv) {
  // A client that goes away must not end the program: every write reports its own error.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tongxing: %s\n", error.what());
    return 1;
  }
}
