// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The two walls that are long enough to have a file of their own. Used by sandbox.cpp.
namespace tongxing::media::worker {

/// The kernel's Landlock version; 0 where it has none.
[[nodiscard]] int landlock_abi() noexcept;
/// What may still be done below one folder.
enum class FolderUse { write, read };
/// Shuts the file system but for writing, or for reading, below `folder_fd` (−1: nothing at all). Needs
/// no_new_privs.
[[nodiscard]] bool raise_landlock(int folder_fd, FolderUse use) noexcept;
/// From here on a system call that is not on the list ends the process.
[[nodiscard]] bool raise_seccomp() noexcept;

}  // namespace tongxing::media::worker
