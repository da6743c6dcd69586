// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// What the worker program does. Each returns its exit code (media/model/job.hpp).
namespace tongxing::media::worker {

/// Reads a job file, makes the package, says events on standard output.
[[nodiscard]] int package_command(const std::string& job_file);
/// Reads a job file whose output folder holds a finished package of its input, and adds what the job asks for
/// beside the input: sounds, the signer. Of what the package had, only a signer is replaced. A run that was
/// killed is gone on with. Events as above.
[[nodiscard]] int extend_command(const std::string& job_file);
/// Reads a finished package as a player would, inside a room of its own that can only read that folder: says
/// `output` for each rendition that is right, then `done`, or `failed` with errors.media.unverified.
[[nodiscard]] int verify_command(const std::string& folder);
/// Looks into one file and says `probed` (or `failed`) on standard output.
[[nodiscard]] int probe_command(const std::string& file);

}  // namespace tongxing::media::worker
