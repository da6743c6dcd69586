// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/filter_graph.hpp"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {
struct FreeInOut {
  void operator()(AVFilterInOut* list) const noexcept { avfilter_inout_free(&list); }
};
using InOut = std::unique_ptr<AVFilterInOut, FreeInOut>;
}  // namespace

struct FilterGraph::State {
  std::string description;
  model::Rational time_base;
  AVFilterGraph* graph = nullptr;
  AVFilterContext* source = nullptr;
  AVFilterContext* sink = nullptr;
  int width = 0;
  int height = 0;
  int format = -1;

  State(std::string text, model::Rational base) : description(std::move(text)), time_base(base) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { avfilter_graph_free(&graph); }

  [[nodiscard]] std::string source_arguments(const Frame& picture) const {
    const int sar_num = picture->sample_aspect_ratio.num;
    const int sar_den = picture->sample_aspect_ratio.den;
    return "video_size=" + std::to_string(picture->width) + "x" + std::to_string(picture->height) +
           ":pix_fmt=" + std::to_string(picture->format) + ":time_base=" + std::to_string(time_base.num) +
           "/" + std::to_string(time_base.den) + ":pixel_aspect=" + std::to_string(sar_num) + "/" +
           std::to_string(sar_den > 0 ? sar_den : 1);
  }

  void build(const Frame& picture) {
    avfilter_graph_free(&graph);
    graph = check_pointer(avfilter_graph_alloc(), "filter graph");
    graph->nb_threads = 1;
    check(avfilter_graph_create_filter(&source, avfilter_get_by_name("buffer"), "in",
                                       source_arguments(picture).c_str(), nullptr, graph),
          "filter source");
    check(avfilter_graph_create_filter(&sink, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr,
                                       graph),
          "filter sink");
    InOut outputs(check_pointer(avfilter_inout_alloc(), "filter ends"));
    outputs->name = av_strdup("in");
    outputs->filter_ctx = source;
    InOut inputs(check_pointer(avfilter_inout_alloc(), "filter ends"));
    inputs->name = av_strdup("out");
    inputs->filter_ctx = sink;
    AVFilterInOut* in = inputs.release();
    AVFilterInOut* out = outputs.release();
    const int parsed = avfilter_graph_parse_ptr(graph, description.c_str(), &in, &out, nullptr);
    avfilter_inout_free(&in);
    avfilter_inout_free(&out);
    check(parsed, "filter description");
    check(avfilter_graph_config(graph, nullptr), "filter graph");
    width = picture->width;
    height = picture->height;
    format = picture->format;
  }
};

FilterGraph::FilterGraph(std::string description, model::Rational time_base)
    : state_(std::make_unique<State>(std::move(description), time_base)) {}
FilterGraph::FilterGraph(FilterGraph&&) noexcept = default;
FilterGraph& FilterGraph::operator=(FilterGraph&&) noexcept = default;
FilterGraph::~FilterGraph() = default;

void FilterGraph::push(const Frame& picture) {
  State& state = *state_;
  if (state.graph == nullptr || picture->width != state.width || picture->height != state.height ||
      picture->format != state.format) {
    state.build(picture);
  }
  check(av_buffersrc_write_frame(state.source, picture.get()), "filter in");
}

void FilterGraph::finish() {
  if (state_->graph != nullptr) check(av_buffersrc_write_frame(state_->source, nullptr), "filter end");
}

model::Rational FilterGraph::time_base() const {
  if (state_->sink == nullptr) return state_->time_base;
  const AVRational base = av_buffersink_get_time_base(state_->sink);
  return {base.num, base.den};
}

bool FilterGraph::pull(Frame& picture) {
  if (state_->graph == nullptr) return false;
  picture.reset();
  const int got = av_buffersink_get_frame(state_->sink, picture.get());
  if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return false;
  check(got, "filter out");
  return true;
}

}  // namespace tongxing::media::av
