// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/serve_options.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// What the sub-commands do. Each returns the exit code: 0 done, 1 failed, 2 the input was wrong.
namespace tongxing::cli {

/// Starts the platform and returns after SIGTERM or SIGINT and a graceful stop; a second signal ends at once.
int serve(const app::ServeOptions& options);

struct NewAccount {
  std::filesystem::path data = "data";
  std::string login;
  std::string name;
  std::vector<std::string> roles;  ///< trainee, instructor, reviewer, administrator
  std::string locale = "zh-Hans";
};
/// Asks for the password on the terminal (without echo), or reads one line of standard input.
int create_account(const NewAccount& account);

/// Prints what is wrong with a data folder and how to mend it; 1 when something is broken.
int doctor(const std::filesystem::path& data, const std::string& locale_tag);
int backup(const std::filesystem::path& data, const std::filesystem::path& file);
int print_openapi();
/// `tongxing media …`: `package` and `probe` run the worker program beside this one and tell what it says in
/// the user's language; everything else is handed over to it.
int media(const std::vector<std::string>& arguments);
/// `tongxing describe …`: the worker's command; what it refuses is told in the user's language (--locale).
int describe(const std::vector<std::string>& arguments);

enum class CaptionsOutput { text, json };

/// `tongxing captions parse`: everything that is in a caption file. 2: it can not be read.
struct CaptionsParse {
  std::string file;    ///< "-": standard input
  std::string format;  ///< empty: by the extension, or by what is in it
  std::string locale = "zh-Hans";
  CaptionsOutput output = CaptionsOutput::text;
};
int parse_captions(const CaptionsParse& options);

/// `tongxing captions convert`: into WebVTT, SRT or TTML; what is lost is told on standard error. 2: the
/// input can not be read, or the formats are not known.
struct CaptionsConvert {
  std::string input_file;
  std::string output_file;  ///< "-": standard output
  std::string from;         ///< as CaptionsParse::format
  std::string to;           ///< empty: by the extension
  std::string language;     ///< of the captions, for TTML; may be empty
  std::string locale = "zh-Hans";
  CaptionsOutput output = CaptionsOutput::text;
};
int convert_captions(const CaptionsConvert& options);

}  // namespace tongxing::cli
