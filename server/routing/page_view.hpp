// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"

#include <stdexcept>
#include <string_view>

namespace tongxing::routing {

/// The part of a context that pages and errors are made of. Every Context converts into one, so handlers pass
/// `ctx`; the middleware makes one without a database for what no handler saw. Refers to its source: use it
/// as a parameter only.
struct PageView {
  PageView(const Context& ctx)  // NOLINT: implicit on purpose
      : request(ctx.request),
        viewer(ctx.viewer),
        locale(ctx.locale),
        request_id(ctx.request_id),
        csrf(ctx.csrf),
        messages(present(ctx.messages)),
        renderer(present(ctx.renderer)) {}
  PageView(const http::Request& of_request, const auth::Viewer& of_viewer, render::Locale in_locale,
           std::string_view id, const render::Messages& with_messages, const render::Renderer& with_renderer)
      : request(of_request),
        viewer(of_viewer),
        locale(in_locale),
        request_id(id),
        csrf(),
        messages(with_messages),
        renderer(with_renderer) {}

  const http::Request& request;
  const auth::Viewer& viewer;
  render::Locale locale;
  std::string_view request_id;
  std::string_view csrf;
  const render::Messages& messages;
  const render::Renderer& renderer;

 private:
  template <typename T>
  static const T& present(const T* pointer) {
    if (pointer == nullptr) throw std::logic_error("a context without messages or renderer");
    return *pointer;
  }
};

}  // namespace tongxing::routing
