// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/epub/book_pages.hpp"

#include "accessibility/epub/xml_text.hpp"

#include <algorithm>
#include <string_view>

namespace tongxing::accessibility {
namespace {

std::string lesson_name(std::size_t index) {
  return "lesson-" + std::to_string(index + 1);
}

std::string head_of(std::string_view title, std::string_view language) {
  const std::string lang = xml_text(language);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
         "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"" +
         lang + "\" xml:lang=\"" + lang + "\">\n<head>\n<title>" + xml_text(title) +
         "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body>\n";
}

std::string entry_html(const Entry& entry, std::string_view language) {
  std::string html = "<p id=\"" + xml_text(entry.anchor) + "\"";
  if (entry.kind == EntryKind::description) {
    return html + " class=\"description\">" + std::string(description_mark(language)) + " " +
           xml_text(entry.text) + "</p>\n";
  }
  html += ">";
  if (!entry.speaker.empty()) {
    html += "<span class=\"speaker\">" + xml_text(entry.speaker) + std::string(speaker_colon(language)) +
            "</span>";
  }
  return html + xml_text(entry.text) + "</p>\n";
}

bool any_sound(const Book& book) {
  return std::ranges::any_of(book.lessons, [](const BookLesson& lesson) { return lesson.sound.has_value(); });
}

std::string meta(std::string_view property, std::string_view value, std::string_view more = {}) {
  return "<meta property=\"" + std::string(property) + "\"" + std::string(more) + ">" + xml_text(value) +
         "</meta>\n";
}

/// EPUB Accessibility 1.1 §2.2. The book holds nothing to look at, and nothing that flashes or moves.
std::string access_metadata(const Book& book) {
  const bool sound = any_sound(book);
  const bool all = std::ranges::all_of(book.lessons, [](const BookLesson& l) { return l.sound.has_value(); });
  std::string out = meta("schema:accessMode", "textual");
  if (sound) out += meta("schema:accessMode", "auditory");
  out += meta("schema:accessModeSufficient", "textual");
  if (all && sound) out += meta("schema:accessModeSufficient", "auditory");
  for (const char* feature :
       {"tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"}) {
    out += meta("schema:accessibilityFeature", feature);
  }
  if (sound) {
    out += meta("schema:accessibilityFeature", "synchronizedAudioText");
    out += meta("schema:accessibilityFeature", "transcript");
  }
  out += meta("schema:accessibilityHazard", "none");
  return out + meta("schema:accessibilitySummary", book.words.summary);
}

std::string overlay_metadata(const Book& book) {
  if (!any_sound(book)) return {};
  std::string out;
  Milliseconds total{0};
  for (std::size_t i = 0; i < book.lessons.size(); ++i) {
    if (!book.lessons[i].sound) continue;
    total += *book.lessons[i].sound;
    out += meta("media:duration", smil_time(*book.lessons[i].sound),
                " refines=\"#smil-" + std::to_string(i + 1) + "\"");
  }
  return out + meta("media:duration", smil_time(total)) + meta("media:active-class", "playing");
}

std::string manifest_of(const Book& book) {
  std::string out =
      "<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" "
      "properties=\"nav\"/>\n"
      "<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n";
  for (std::size_t i = 0; i < book.lessons.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const bool sound = book.lessons[i].sound.has_value();
    out += "<item id=\"lesson-" + number + "\" href=\"lesson-" + number +
           ".xhtml\" media-type=\"application/xhtml+xml\"" +
           (sound ? " media-overlay=\"smil-" + number + "\"" : std::string()) + "/>\n";
    if (!sound) continue;
    out += "<item id=\"smil-" + number + "\" href=\"lesson-" + number +
           ".smil\" media-type=\"application/smil+xml\"/>\n";
    out += "<item id=\"audio-" + number + "\" href=\"audio/lesson-" + number +
           ".m4a\" media-type=\"audio/mp4\"/>\n";
  }
  return out + "</manifest>\n";
}

std::string par(const Clip& clip, const std::string& page, const std::string& sound, std::size_t number) {
  std::string out = "<par id=\"p-" + std::to_string(number) + "\"><text src=\"" + page + "#" +
                    xml_text(clip.anchor) + "\"/>";
  if (clip.begin) {
    out += "<audio src=\"" + sound + "\" clipBegin=\"" + smil_time(*clip.begin) + "\" clipEnd=\"" +
           smil_time(clip.end) + "\"/>";
  }
  return out + "</par>\n";
}

}  // namespace

std::string smil_time(Milliseconds time) {
  const auto count = std::max<std::int64_t>(0, time.count());
  std::string thousandths = std::to_string(count % 1000);
  thousandths.insert(0, 3 - thousandths.size(), '0');
  return std::to_string(count / 1000) + "." + thousandths + "s";
}

std::string package_document(const Book& book) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" "
      "version=\"3.0\" "
      "unique-identifier=\"id\" xml:lang=\"" +
      xml_text(book.language) + "\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n";
  const auto dublin = [&](std::string_view name, std::string_view value, std::string_view more = {}) {
    const std::string tag(name);
    out += "<dc:" + tag + std::string(more) + ">" + xml_text(value) + "</dc:" + tag + ">\n";
  };
  dublin("identifier", book.identifier, " id=\"id\"");
  dublin("title", book.title);
  dublin("language", book.language);
  if (!book.publisher.empty()) dublin("publisher", book.publisher);
  out += meta("dcterms:modified", book.modified) + access_metadata(book) + overlay_metadata(book) +
         "</metadata>\n" + manifest_of(book) + "<spine>\n";
  for (std::size_t i = 0; i < book.lessons.size(); ++i)
    out += "<itemref idref=\"" + lesson_name(i) + "\"/>\n";
  return out + "</spine>\n</package>\n";
}

std::string navigation(const Book& book) {
  std::string out = head_of(book.title, book.language) +
                    "<nav epub:type=\"toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n"
                    "<h1 id=\"toc-title\">" +
                    xml_text(book.words.contents) + "</h1>\n<ol>\n";
  for (std::size_t i = 0; i < book.lessons.size(); ++i) {
    const auto& document = book.lessons[i].document;
    const std::string page = lesson_name(i) + ".xhtml";
    out += "<li><a href=\"" + page + "\">" + xml_text(document.title) + "</a>";
    std::string chapters;
    for (const auto& section : document.sections) {
      if (section.title.empty()) continue;
      chapters += "<li><a href=\"" + page + "#" + xml_text(section.anchor) + "\">" + xml_text(section.title) +
                  "</a></li>\n";
    }
    if (!chapters.empty()) out += "\n<ol>\n" + chapters + "</ol>\n";
    out += "</li>\n";
  }
  return out + "</ol>\n</nav>\n</body>\n</html>\n";
}

std::string lesson_page(const Document& document) {
  std::string out = head_of(document.title, document.language) +
                    "<section id=\"lesson\" epub:type=\"chapter\" role=\"doc-chapter\" "
                    "aria-labelledby=\"title\">\n<h1 id=\"title\">" +
                    xml_text(document.title) + "</h1>\n";
  for (const auto& section : document.sections) {
    const std::string anchor = xml_text(section.anchor);
    if (section.title.empty()) {
      out += "<div id=\"" + anchor + "\">\n";
    } else {
      out += "<section id=\"" + anchor + "\" aria-labelledby=\"" + anchor + "-title\">\n<h2 id=\"" + anchor +
             "-title\">" + xml_text(section.title) + "</h2>\n";
    }
    for (const auto& entry : section.entries) out += entry_html(entry, document.language);
    out += section.title.empty() ? "</div>\n" : "</section>\n";
  }
  return out + "</section>\n</body>\n</html>\n";
}

std::string overlay(const BookLesson& lesson, std::size_t index) {
  const std::string page = lesson_name(index) + ".xhtml";
  const std::string sound = "audio/" + lesson_name(index) + ".m4a";
  const Milliseconds length = lesson.sound.value_or(Milliseconds{0});
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smil xmlns=\"http://www.w3.org/ns/SMIL\" "
      "xmlns:epub=\"http://www.idpf.org/2007/ops\" version=\"3.0\">\n<body epub:textref=\"" +
      page + "#lesson\">\n";
  const auto clips = clips_of(lesson.document, length);
  const bool heard = std::ranges::any_of(clips, [](const Clip& clip) { return clip.begin.has_value(); });
  std::size_t number = 0;
  // Sound without words belongs to the title.
  if (!heard) out += par({"title", Milliseconds{0}, length}, page, sound, ++number);
  auto clip = clips.begin();
  for (const auto& section : lesson.document.sections) {
    if (section.entries.empty()) continue;
    out += "<seq id=\"s-" + xml_text(section.anchor) + "\" epub:textref=\"" + page + "#" +
           xml_text(section.anchor) + "\">\n";
    for (std::size_t i = 0; i < section.entries.size(); ++i) out += par(*clip++, page, sound, ++number);
    out += "</seq>\n";
  }
  return out + "</body>\n</smil>\n";
}

}  // namespace tongxing::accessibility
