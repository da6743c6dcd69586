// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/packet.hpp"

#include "media/av/error.hpp"

namespace tongxing::media::av {

Packet::Packet() : packet_(check_pointer(av_packet_alloc(), "packet")) {}

}  // namespace tongxing::media::av
