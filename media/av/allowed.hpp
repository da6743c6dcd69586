// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// What may be opened at all. Formats that name other files (hls, dash, concat, sdp, imf, image2, vobsub) or
/// draw text (tty) are not here and never will be: they would let one upload read another.
namespace tongxing::media::av {

inline constexpr const char* kFormats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,wav,w64,mp3,flac,aac";

inline constexpr const char* kCodecs =
    "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,mpeg1video,mpeg2video,mjpeg,prores,h263,flv,theora,"
    "aac,aac_latm,mp3float,mp3,mp2float,mp2,opus,vorbis,flac,alac,ac3,eac3,wmav2,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_u8,pcm_s8,"
    "pcm_alaw,pcm_mulaw";

/// True where a decoder's name is on the list above.
[[nodiscard]] bool codec_allowed(std::string_view decoder_name) noexcept;

}  // namespace tongxing::media::av
