// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

/// The locked room: what is opened before stays open, nothing else can be reached. libav is treated as
/// exploitable; this is the control, not its patch level.
namespace tongxing::media::worker {

/// What the process is going to do: decides the size of the room.
enum class Room { probe, package, verify };

/// Which walls stand. Some need a kernel or a container that allows them.
struct Walls {
  bool limits = false;             ///< memory, CPU time, file size, descriptors, no core file
  bool no_new_privileges = false;  ///< also: dies with its parent, cannot be traced
  bool namespaces = false;         ///< an empty network, own IPC and mounts
  bool root = false;               ///< the output folder is all there is of the file system
  bool no_capabilities = false;
  bool landlock = false;  ///< only the output folder can be written, nothing can be read
  int landlock_abi = 0;
  bool seccomp = false;  ///< only the calls that the work needs: no sockets, no exec, no fork

  /// Media work is allowed: the system call filter and the limits stand, and files are shut off by at least
  /// one wall.
  [[nodiscard]] bool sufficient() const noexcept;
  /// For logs: "limits no_new_privileges … landlock(7) seccomp", missing ones as "-name".
  [[nodiscard]] std::string describe() const;
};

/// Locks this process in for good. `folder_fd` is an open folder that stays writable (readable instead, in
/// the room for verifying), or −1. Call it before any thread is started and after everything is opened that
/// will be read.
[[nodiscard]] Walls lock_in(int folder_fd, Room room);

/// Narrows the CPU time to twenty times the length of the source (at most six hours). Inside the room.
void limit_cpu(std::chrono::microseconds source_length);

}  // namespace tongxing::media::worker
