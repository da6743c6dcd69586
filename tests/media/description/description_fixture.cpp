// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/description/description_fixture.hpp"

#include "media/pipeline/pcm_reader.hpp"

#include <cmath>
#include <complex>
#include <fstream>
#include <iterator>
#include <numbers>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace tongxing::tests {

namespace fs = std::filesystem;
namespace pipeline = media::pipeline;

media::description::Voice tone_voice(double hertz, double seconds, int rate) {
  media::description::Voice voice;
  voice.state = accessibility::Clip::State::made;
  voice.speech.sample_rate = rate;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    voice.speech.samples.push_back(
        static_cast<std::int16_t>(9'000 * std::sin(2 * std::numbers::pi * hertz * i / rate)));
  }
  return voice;
}

accessibility::Description description_of(std::string id, std::string text, int start, int end) {
  accessibility::Description one;
  one.id = std::move(id);
  one.text = std::move(text);
  one.wish = {accessibility::Milliseconds(start), accessibility::Milliseconds(end)};
  return one;
}

accessibility::Track captions_of(const std::vector<std::pair<int, int>>& times) {
  accessibility::Track track;
  for (const auto& [start, end] : times) {
    accessibility::Cue cue;
    cue.start = accessibility::Milliseconds(start);
    cue.end = accessibility::Milliseconds(end);
    cue.text = "说完了。";
    track.cues.push_back(cue);
  }
  return track;
}

media::description::DescriptionMade describe(const fs::path& source, const fs::path& output,
                                             const media::description::DescriptionJob& job) {
  fs::create_directories(output);
  const int fd = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
  const auto info = pipeline::probe_source(fd);
  if (!info) throw std::runtime_error(info.error().key);
  const pipeline::OutputFolder folder(::open(output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  auto made = media::description::render_description(fd, *info, folder, job);
  ::close(fd);
  if (!made) throw std::runtime_error(made.error().key);
  return std::move(*made);
}

std::vector<float> samples_of(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const auto info = pipeline::probe_source(fd);
  if (!info || !info->audio) throw std::runtime_error("no sound in " + file.string());
  auto track = pipeline::TrackReader::open(fd, *info, info->audio->stream, 1);
  if (!track) throw std::runtime_error(track.error().key);
  pipeline::PcmReader pcm(std::move(*track));
  std::vector<float> all;
  std::vector<float> block;
  while (pcm.next(block)) all.insert(all.end(), block.begin(), block.end());
  ::close(fd);
  return all;
}

std::vector<float> samples_of(const fs::path& package, const media::model::Rendition& made) {
  const fs::path joined = package / ("whole-" + made.name + ".mp4");
  std::ofstream whole(joined, std::ios::binary);
  whole << text_of(package / made.name / "init.mp4");
  for (std::size_t i = 0; i < made.segments.size(); ++i) {
    whole << text_of(package / made.name / ("s" + std::to_string(i) + ".m4s"));
  }
  whole.close();
  return samples_of(joined);
}

double amplitude(const std::vector<float>& samples, double hertz, double from_seconds, double seconds) {
  const auto first = static_cast<std::size_t>(from_seconds * 48'000);
  const auto count = static_cast<std::size_t>(seconds * 48'000);
  std::complex<double> sum;
  double weight = 0;
  for (std::size_t i = 0; i < count && first + i < samples.size(); ++i) {
    const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) /
                                               static_cast<double>(count));
    sum += static_cast<double>(samples[first + i]) * window *
           std::polar(1.0, -2 * std::numbers::pi * hertz * static_cast<double>(i) / 48'000);
    weight += window;
  }
  return 2 * std::abs(sum) / weight;
}

double difference_db(const std::vector<float>& a, const std::vector<float>& b, double from_seconds,
                     double to_seconds) {
  const auto first = static_cast<std::size_t>(from_seconds * 48'000);
  const auto end = std::min({a.size(), b.size(), static_cast<std::size_t>(to_seconds * 48'000)});
  double both = 0;
  double power = 1e-20;
  for (std::size_t i = first; i < end; ++i) {
    both += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    power += static_cast<double>(b[i]) * static_cast<double>(b[i]);
  }
  const double scale = both / power;
  double difference = 1e-20;
  for (std::size_t i = first; i < end; ++i) {
    const double d = static_cast<double>(a[i]) - scale * static_cast<double>(b[i]);
    difference += d * d;
  }
  power *= scale * scale;
  return 10 * std::log10(difference / power);
}

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace tongxing::tests
