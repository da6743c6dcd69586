// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/reading_table.hpp"

namespace tongxing::accessibility {

namespace {

constexpr std::string_view kMark = "TXREAD01";
constexpr std::size_t kSyllableBytes = 8;
constexpr std::size_t kCharacterBytes = 6;
constexpr std::size_t kHeaderBytes = 8 + 4 * (2 + ReadingTable::kLongestWord);

constexpr std::size_t word_bytes(std::size_t length) {
  return 4 * length + 1;
}

}  // namespace

std::uint16_t ReadingTable::u16(std::size_t at) const {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes_[at + i]); };
  return static_cast<std::uint16_t>(byte(0) | byte(1) << 8U);
}

std::uint32_t ReadingTable::u32(std::size_t at) const {
  return u16(at) | static_cast<std::uint32_t>(u16(at + 2)) << 16U;
}

std::expected<ReadingTable, ReadingTableError> ReadingTable::open(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMark))
    return std::unexpected(ReadingTableError::not_a_table);
  ReadingTable table(bytes);
  table.syllables_ = table.u32(8);
  table.characters_ = table.u32(12);
  std::uint64_t size = kHeaderBytes + std::uint64_t{table.syllables_} * kSyllableBytes;
  table.characters_at_ = static_cast<std::size_t>(size);
  size += std::uint64_t{table.characters_} * kCharacterBytes;
  for (std::size_t length = 1; length <= kLongestWord; ++length) {
    table.words_[length] = table.u32(12 + 4 * length);
    table.words_at_[length] = static_cast<std::size_t>(size);
    size += std::uint64_t{table.words_[length]} * word_bytes(length);
  }
  if (size != bytes.size()) return std::unexpected(ReadingTableError::wrong_size);
  if (!table.sound()) return std::unexpected(ReadingTableError::broken);
  return table;
}

bool ReadingTable::sound() const {
  for (std::size_t i = 1; i < characters_; ++i) {
    const std::size_t at = characters_at_ + i * kCharacterBytes;
    if (u32(at) <= u32(at - kCharacterBytes)) return false;
  }
  for (std::size_t length = 1; length <= kLongestWord; ++length) {
    if (!sound_words(length)) return false;
  }
  return true;
}

bool ReadingTable::sound_words(std::size_t length) const {
  std::vector<std::uint16_t> word(length);
  for (std::size_t i = 0; i < words_[length]; ++i) {
    const std::size_t at = words_at_[length] + i * word_bytes(length);
    if (i > 0 && compare(at, word) <= 0) return false;
    for (std::size_t k = 0; k < length; ++k) {
      word[k] = u16(at + 2 * k);
      if (u16(at + 2 * (length + k)) >= syllables_) return false;
    }
  }
  return true;
}

std::optional<std::uint16_t> ReadingTable::character(char32_t code) const {
  std::size_t low = 0;
  std::size_t high = characters_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const std::size_t at = characters_at_ + middle * kCharacterBytes;
    const char32_t here = u32(at);
    if (here == code) return u16(at + 4);
    if (here < code)
      low = middle + 1;
    else
      high = middle;
  }
  return std::nullopt;
}

int ReadingTable::compare(std::size_t record, std::span<const std::uint16_t> word) const {
  for (std::size_t k = 0; k < word.size(); ++k) {
    const std::uint16_t here = u16(record + 2 * k);
    if (here != word[k]) return here < word[k] ? -1 : 1;
  }
  return 0;
}

std::optional<std::size_t> ReadingTable::find(std::span<const std::uint16_t> word) const {
  std::size_t low = 0;
  std::size_t high = words_[word.size()];
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const std::size_t at = words_at_[word.size()] + middle * word_bytes(word.size());
    const int order = compare(at, word);
    if (order == 0) return at;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return std::nullopt;
}

void ReadingTable::words_at(std::span<const std::uint16_t> characters, std::vector<Word>& out) const {
  out.clear();
  for (std::size_t length = 1; length <= kLongestWord && length <= characters.size(); ++length) {
    const auto record = find(characters.first(length));
    if (!record) continue;
    const int cost = static_cast<unsigned char>(bytes_[*record + 4 * length]);
    out.push_back({length, cost, *record});
  }
}

std::string_view ReadingTable::syllable(const Word& word, std::size_t index) const {
  return syllable_text(u16(word.record + 2 * (word.length + index)));
}

std::string_view ReadingTable::syllable_text(std::size_t number) const {
  const std::string_view field = bytes_.substr(kHeaderBytes + number * kSyllableBytes, kSyllableBytes);
  return field.substr(0, field.find('\0'));
}

}  // namespace tongxing::accessibility
