// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/mutation.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tongxing::tests {

namespace {

struct Recipe {
  const char* name;
  const char* options;
};

constexpr std::array kRecipes{
    Recipe{"h264.mp4", "-pix_fmt yuv420p -c:v libx264 -c:a aac"},
    Recipe{"hevc.mp4", "-pix_fmt yuv420p -c:v libx265 -x265-params log-level=none -c:a aac"},
    Recipe{"fragments.mp4", "-pix_fmt yuv420p -c:v libx264 -c:a aac -movflags +frag_keyframe+empty_moov"},
    Recipe{"prores.mov", "-c:v prores_ks -c:a pcm_s16le"},
    Recipe{"mjpeg.mov", "-c:v mjpeg -pix_fmt yuvj420p -c:a pcm_s16be"},
    Recipe{"h263.3gp", "-s 176x144 -r 25 -c:v h263 -c:a aac"},
    Recipe{"ten-bits.mkv", "-pix_fmt yuv420p10le -c:v libx264 -c:a flac"},
    Recipe{"av1.mkv", "-c:v libaom-av1 -cpu-used 8 -c:a libopus"},
    Recipe{"vp9.webm", "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus"},
    Recipe{"vp8.webm", "-c:v libvpx -cpu-used 8 -deadline realtime -c:a libvorbis"},
    Recipe{"mpeg4.avi", "-c:v mpeg4 -c:a libmp3lame"},
    Recipe{"mjpeg.avi", "-c:v mjpeg -pix_fmt yuvj420p -c:a pcm_u8"},
    Recipe{"h264.ts", "-pix_fmt yuv420p -c:v libx264 -c:a aac"},
    Recipe{"mpeg2.ts", "-r 25 -c:v mpeg2video -c:a mp2 -ar 44100"},
    Recipe{"mpeg2.mpg", "-r 25 -c:v mpeg2video -c:a mp2 -ar 44100"},
    Recipe{"h264.flv", "-pix_fmt yuv420p -c:v libx264 -c:a aac -ar 44100"},
    Recipe{"sorenson.flv", "-c:v flv1 -c:a libmp3lame -ar 44100"},
    Recipe{"theora.ogg", "-c:v libtheora -c:a libvorbis"},
    Recipe{"mpeg4.asf", "-c:v mpeg4 -c:a wmav2 -ar 44100"},
    Recipe{"sound.wav", "-map 1 -c:a pcm_s24le"},
    Recipe{"sound.mp3", "-map 1 -c:a libmp3lame"},
    Recipe{"sound.flac", "-map 1 -c:a flac"},
    Recipe{"alac.m4a", "-map 1 -c:a alac"},
    Recipe{"sound.aac", "-map 1 -c:a aac"},
};

/// Numerical Recipes' generator: the same row on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed * 2654435761U + 97U) {}
  std::uint32_t below(std::size_t limit) {
    state_ = state_ * 1664525U + 1013904223U;
    return limit == 0 ? 0 : static_cast<std::uint32_t>((state_ >> 8U) % limit);
  }
  char byte() { return static_cast<char>(below(256)); }

 private:
  std::uint32_t state_;
};

void turn_bits(std::string& file, Dice& dice) {
  const std::uint32_t count = 1U << dice.below(8);
  for (std::uint32_t i = 0; i < count; ++i) {
    char& byte = file[dice.below(file.size())];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << dice.below(8)));
  }
}

/// Four bytes that become a length, an offset or a count which nothing in the file bears out; mostly in the
/// head, where containers have theirs.
void falsify_length(std::string& file, Dice& dice) {
  static constexpr std::array<std::uint32_t, 8> usual{0,          1,          7,          0x7FFFFFFF,
                                                      0x80000000, 0xFFFFFFFF, 0xFFFFFFF0, 0x00100000};
  const std::size_t reach = dice.below(3) == 0 ? file.size() : std::min<std::size_t>(file.size(), 2048);
  if (reach < 8) return;
  const std::size_t at = dice.below(reach - 4);
  const std::uint32_t value = usual[dice.below(usual.size())];
  for (unsigned i = 0; i < 4; ++i) file[at + i] = static_cast<char>(value >> (24U - 8U * i));
}

/// The length in front of a box's name.
void falsify_box(std::string& file, Dice& dice) {
  static constexpr std::array names{"moov", "trak", "stts", "stsz", "stco", "avcC",
                                    "mdat", "moof", "trun", "LIST", "strh", "strf"};
  const auto at = file.find(names[dice.below(names.size())]);
  if (at == std::string::npos || at < 4 || at + 12 > file.size()) return falsify_length(file, dice);
  const std::size_t from = dice.below(2) == 0 ? at - 4 : at + 4;
  for (std::size_t i = 0; i < 4; ++i) file[from + i] = dice.byte();
}

void splice(std::string& file, const std::string& other, Dice& dice) {
  const std::size_t at = dice.below(file.size());
  const std::size_t from = dice.below(other.size());
  const std::size_t count =
      std::min<std::size_t>({other.size() - from, file.size() - at, 1 + dice.below(4096)});
  file.replace(at, count, other, from, count);
}

void rearrange(std::string& file, Dice& dice) {
  const std::size_t at = dice.below(file.size());
  const std::size_t count = std::min<std::size_t>(file.size() - at, 1 + dice.below(2048));
  switch (dice.below(3)) {
    case 0:
      file.erase(at, count);
      break;
    case 1:
      file.insert(dice.below(file.size()), file.substr(at, count));
      break;
    default:
      std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(at), count, dice.below(2) == 0 ? '\0' : '\xFF');
  }
}

}  // namespace

std::vector<Seed> make_seeds(const std::filesystem::path& folder) {
  const std::string source =
      "ffmpeg -v error -y -f lavfi -i testsrc2=s=64x48:r=10:d=1 -f lavfi -i sine=300:r=16000:d=1 ";
  std::vector<Seed> seeds;
  for (const Recipe& recipe : kRecipes) {
    const auto file = folder / recipe.name;
    if (std::system((source + recipe.options + " '" + file.string() + "' 2>/dev/null").c_str()) != 0) {
      throw std::runtime_error(std::string("cannot make ") + recipe.name);
    }
    std::ifstream stream(file, std::ios::binary);
    seeds.push_back(
        {recipe.name, {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}});
  }
  return seeds;
}

std::string mutant(const std::vector<Seed>& seeds, std::size_t seed, std::uint32_t number) {
  Dice dice(number * 31U + static_cast<std::uint32_t>(seed));
  std::string file = seeds[seed].content;
  for (std::uint32_t rounds = 1 + dice.below(2); rounds > 0 && !file.empty(); --rounds) {
    switch (dice.below(6)) {
      case 0:
        turn_bits(file, dice);
        break;
      case 1:
        file.resize(dice.below(file.size()));
        break;
      case 2:
        falsify_length(file, dice);
        break;
      case 3:
        falsify_box(file, dice);
        break;
      case 4:
        splice(file, seeds[dice.below(seeds.size())].content, dice);
        break;
      default:
        rearrange(file, dice);
    }
  }
  return file;
}

}  // namespace tongxing::tests
