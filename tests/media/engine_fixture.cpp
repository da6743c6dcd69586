// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/engine_fixture.hpp"

#include "media/av/decoder.hpp"
#include "media/av/input.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/packager.hpp"
#include "tests/media/fragment_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace tongxing::tests {

namespace fs = std::filesystem;
namespace model = media::model;
namespace av = media::av;

namespace {

class OpenFile {
 public:
  explicit OpenFile(const fs::path& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw std::runtime_error("cannot open " + path.string());
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { ::close(fd_); }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int count_of(const std::string& text, const std::string& what) {
  int count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

av::Input open_input(int fd) {
  auto input = av::Input::open(av::ByteSource(fd));
  if (!input) throw std::runtime_error("own output cannot be opened: " + input.error().key);
  return std::move(*input);
}

void read_packets(const fs::path& file, ReadBack& result) {
  const OpenFile open(file);
  av::Input input = open_input(open.fd());
  const AVStream& stream = *input.streams()[0];
  auto decoder = av::Decoder::open(stream, 1);
  if (!decoder) throw std::runtime_error("own output cannot be decoded");
  const double base = av_q2d(stream.time_base);
  media::pipeline::LoudnessMeter meter;
  av::Packet packet;
  av::Frame frame;
  const auto take = [&] {
    while (decoder->receive(frame) == av::Step::ready) {
      ++result.decoded_frames;
      if (frame->nb_samples == 0) continue;
      const auto* samples = reinterpret_cast<const float*>(frame->data[0]);
      meter.add({samples, static_cast<std::size_t>(frame->nb_samples)});
      for (int i = 0; i < frame->nb_samples; ++i) {
        result.peak = std::max(result.peak, static_cast<double>(std::abs(samples[i])));
      }
    }
  };
  while (input.read(packet) >= 0) {
    result.packets.push_back({static_cast<double>(packet->pts) * base,
                              static_cast<double>(packet->dts) * base,
                              (packet->flags & AV_PKT_FLAG_KEY) != 0});
    if (decoder->send(&packet) != av::Step::ready) throw std::runtime_error("damaged packet in own output");
    take();
  }
  static_cast<void>(decoder->send(nullptr));
  take();
  result.loudness = meter.integrated();
  result.true_peak = meter.true_peak();
}

/// First packet of one segment, alone behind the init segment: what a player that seeks there sees.
void read_start(const fs::path& file, ReadBack& result) {
  const OpenFile open(file);
  av::Input input = open_input(open.fd());
  av::Packet packet;
  if (input.read(packet) < 0) throw std::runtime_error("segment without a packet");
  result.segment_starts.push_back(static_cast<double>(packet->pts) * av_q2d(input.streams()[0]->time_base));
  result.segment_starts_key.push_back((packet->flags & AV_PKT_FLAG_KEY) != 0);
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "tongxing-media-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

bool Made::warned(const std::string& key) const {
  return std::ranges::any_of(events, [&](const model::JobEvent& event) {
    const auto* warning = std::get_if<model::Warning>(&event);
    return warning != nullptr && warning->key == key;
  });
}

model::Outcome<Made> make_package(const fs::path& source, const fs::path& output) {
  fs::create_directory(output);
  const OpenFile file(source);
  const auto info = media::pipeline::probe_source(file.fd());
  if (!info) return std::unexpected(info.error());
  const media::pipeline::OutputFolder folder(::open(output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  Made made;
  auto package = media::pipeline::package_source(
      file.fd(), *info, folder, {}, [&](const model::JobEvent& event) { made.events.push_back(event); });
  if (!package) return std::unexpected(package.error());
  made.package = std::move(*package);
  return made;
}

ReadBack read_back(const fs::path& output, const model::Rendition& rendition) {
  const fs::path folder = output / rendition.name;
  const std::string init = read_file(folder / "init.mp4");
  const fs::path joined = output / ("joined-" + rendition.name + ".mp4");
  ReadBack result;
  std::ofstream whole(joined, std::ios::binary);
  whole << init;
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const std::string segment = read_file(folder / ("s" + std::to_string(i) + ".m4s"));
    result.fragments.push_back(count_of(segment, "moof"));
    whole << segment;
    const FragmentTimes times = read_fragment(segment);
    result.end += static_cast<double>(times.duration()) / time_scale(init);
    result.shown.push_back(static_cast<double>(times.first_shown() - edit_start(init)) / time_scale(init));
    const fs::path one = output / "one.mp4";
    std::ofstream(one, std::ios::binary) << init << segment;
    read_start(one, result);
  }
  whole.close();
  read_packets(joined, result);
  return result;
}

int first_pictures(const fs::path& file) {
  const OpenFile open(file);
  av::Input input = open_input(open.fd());
  auto decoder = av::Decoder::open(*input.streams()[0], 1);
  if (!decoder) throw std::runtime_error("own output cannot be decoded");
  av::Packet packet;
  av::Frame frame;
  int count = 0;
  while (input.read(packet) >= 0) {
    static_cast<void>(decoder->send(&packet));
    while (decoder->receive(frame) == av::Step::ready) ++count;
  }
  static_cast<void>(decoder->send(nullptr));
  while (decoder->receive(frame) == av::Step::ready) ++count;
  return count;
}

double duration_of(const model::Rendition& rendition) {
  std::int64_t total = 0;
  for (const model::Segment& segment : rendition.segments) total += segment.duration_us;
  return static_cast<double>(total) / 1e6;
}

}  // namespace tongxing::tests
