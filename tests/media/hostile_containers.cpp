// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/hostile_containers.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string_view>

namespace tongxing::tests {

using namespace std::string_literals;

namespace {

void add_hls(std::vector<std::string>& files, const Targets& to) {
  const std::string head = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n";
  const std::string end = "\n#EXT-X-ENDLIST\n";
  for (const std::string& address :
       {"secret.ts"s, to.folder + "/secret.ts", "file://" + to.folder + "/secret.ts", "../secret.ts"s,
        to.web + "/a.ts", "concat:" + to.web + "/a|secret.ts",
        "subfile,,start,0,end,100,,:" + to.folder + "/secret.ts", "crypto:" + to.web + "/a.ts",
        "data:video/mp2t;base64,R0AREABC"s, "async:" + to.web + "/a.ts"}) {
    files.push_back(head + address + end);
  }
  const std::string begin = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n";
  const std::string part = "\n#EXTINF:2,\nsecret.ts" + end;
  files.push_back(begin + "#EXT-X-KEY:METHOD=AES-128,URI=\"" + to.web + "/key\"" + part);
  files.push_back(begin + "#EXT-X-KEY:METHOD=AES-128,URI=\"file://" + to.folder + "/secret.txt\"" + part);
  files.push_back(begin + "#EXT-X-MAP:URI=\"" + to.web + "/init.mp4\"" + part);
  files.push_back("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + to.web + "/v.m3u8\n");
  files.push_back("#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",URI=\"" + to.web +
                  "/a.m3u8\"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\nsecret.ts\n");
}

void add_dash(std::vector<std::string>& files, const Targets& to) {
  const std::string head =
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
      "mediaPresentationDuration=\"PT2S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation "
      "id=\"1\" "
      "bandwidth=\"1000\">";
  const std::string end = "</Representation></AdaptationSet></Period></MPD>";
  for (const std::string& address :
       {to.web + "/x.mp4", "secret.mp4"s, "file://" + to.folder + "/secret.mp4"}) {
    files.push_back(head + "<BaseURL>" + address + "</BaseURL>" + end);
  }
  files.push_back(head + "<SegmentTemplate initialization=\"" + to.web + "/i.mp4\" media=\"" + to.web +
                  "/$Number$.m4s\" duration=\"1\"/>" + end);
  files.push_back(
      "<?xml version=\"1.0\"?><SmoothStreamingMedia MajorVersion=\"2\" Duration=\"1\"><StreamIndex Url=\"" +
      to.web + "/x\"/></SmoothStreamingMedia>");
}

void add_lists(std::vector<std::string>& files, const Targets& to) {
  for (const std::string& address :
       {"secret.mp4"s, "'" + to.folder + "/secret.txt'", "'" + to.web + "/x.mp4'", "'data:text/plain,x'"s,
        "'concat:secret.ts|secret.ts'"s}) {
    files.push_back("ffconcat version 1.0\nfile " + address + "\n");
  }
  files.push_back("[playlist]\nFile1=" + to.web + "/x.mp4\n");
  files.push_back("[Reference]\nRef1=" + to.web + "/x.asf\n");
  files.push_back("<asx version=\"3.0\"><entry><ref href=\"" + to.web + "/x.asf\"/></entry></asx>");
  files.push_back("RTSPtext\nrtsp://" + to.web.substr(7) + "/x\n");
  files.push_back(
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP "
      "96\na=rtpmap:96 H264/90000\n");
  files.push_back(
      "<?xml version=\"1.0\"?><AssetMap xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\"><Path>" +
      to.web + "</Path></AssetMap>");
  files.push_back(
      "<?xml version=\"1.0\"?><CompositionPlaylist "
      "xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>urn:uuid:1</Id></CompositionPlaylist>");
  files.push_back("<smil><body><video src=\"" + to.web + "/x.mp4\"/></body></smil>");
  files.push_back("Version()\nDirectShowSource(\"" + to.folder + "/secret.mp4\")\n");
}

void add_text(std::vector<std::string>& files, const Targets& to) {
  files.push_back(
      "# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\ntimestamp: 00:00:00:000, "
      "filepos: 0\n");
  files.push_back("\x1b[31mred\x1b[0m text for the tty demuxer\n");
  files.push_back(";FFMETADATA1\ntitle=x\n[CHAPTER]\nSTART=0\nEND=1\n");
  files.push_back("1\n00:00:00,000 --> 00:00:01,000\n<img src=\"" + to.web + "/x\">\n");
  files.push_back("movie=" + to.folder + "/secret.mp4\n");
  files.push_back("secret%03d.png\n");
  files.push_back("[Script Info]\n[V4+ Styles]\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,0,0,0,,x\n");
}

std::size_t number_at(const std::string& bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::string number(std::size_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += static_cast<char>(value >> static_cast<unsigned>(shift));
  return text;
}

}  // namespace

std::vector<std::string> hostile_containers(const Targets& targets) {
  std::vector<std::string> files;
  add_hls(files, targets);
  add_dash(files, targets);
  add_lists(files, targets);
  add_text(files, targets);
  return files;
}

std::string with_data_elsewhere(const std::string& mov, const std::string& kind, const std::string& address) {
  std::string file = mov;
  // Every track's: the reference that says "in this file" grows, and so does each box around it.
  for (std::size_t at = file.find("dref"); at != std::string::npos; at = file.find("dref", at + 4)) {
    const std::size_t entry = at + 12;
    const std::size_t old_size = number_at(file, entry);
    const std::string content = kind == "url " ? address + '\0' : std::string(150, '\0') + address;
    const std::string grown = number(content.size() + 12) + kind + number(0) + content;
    file.replace(entry, old_size, grown);
    const std::size_t more = grown.size() - old_size;
    std::size_t position = at;
    for (const std::string_view around : {"dref", "dinf", "minf", "mdia", "trak", "moov"}) {
      position = file.rfind(around, position);
      if (position == std::string::npos) throw std::runtime_error("no box around the data reference");
      file.replace(position - 4, 4, number(number_at(file, position - 4) + more));
    }
  }
  return file;
}

}  // namespace tongxing::tests
