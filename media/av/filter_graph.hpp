// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"
#include "media/model/rational.hpp"

#include <memory>
#include <string>

namespace tongxing::media::av {

/// A chain of libav's video filters between one source and one sink; rebuilds itself where the pictures
/// change size or format. The description is ours, never text from outside. One thread at a time.
class FilterGraph {
 public:
  /// `description` such as "yadif=deint=interlaced,transpose=clock"; `time_base` of the pictures' times.
  FilterGraph(std::string description, model::Rational time_base);
  FilterGraph(FilterGraph&&) noexcept;
  FilterGraph& operator=(FilterGraph&&) noexcept;
  ~FilterGraph();

  void push(const Frame& picture);
  /// No more pictures come.
  void finish();
  /// True where a picture came out.
  [[nodiscard]] bool pull(Frame& picture);
  /// Of the times of the pictures that come out.
  [[nodiscard]] model::Rational time_base() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
