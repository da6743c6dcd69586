// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The Mandarin words that have a known reading, as one block of bytes that is made when the program is built
/// (media/speech/readings/make_readings.mjs) and handed in: this room opens no files.
///
/// The block, little-endian: "TXREAD01"; u32 syllables S, characters C, words of one … eight characters W1 …
/// W8; S × 8 bytes of a syllable ("yin2", filled up with NUL); C × (u32 code point, u16 character), sorted,
/// where a traditional character has the number of the simplified one; for each length L, its words, sorted:
/// L × u16 character, L × u16 syllable, u8 cost (−ln of the probability, times 12).
namespace tongxing::accessibility {

enum class ReadingTableError : std::uint8_t {
  not_a_table,  ///< does not begin with the mark
  wrong_size,   ///< shorter or longer than its own counts say
  broken,       ///< a number in it points outside of it, or it is not sorted
};

/// A view: the bytes must outlive it. Immutable, so any number of threads may read it.
class ReadingTable {
 public:
  static constexpr std::size_t kLongestWord = 8;

  /// One word that begins at a place of a text.
  struct Word {
    std::size_t length = 0;  ///< characters
    int cost = 0;            ///< 0 … 255; lower is more frequent
    std::size_t record = 0;
  };

  /// Checks every record, so that lookups need not: about 2 ms for 1.4 MB.
  [[nodiscard]] static std::expected<ReadingTable, ReadingTableError> open(std::string_view bytes);

  /// Its number in the table; nullopt: no reading is known for it.
  [[nodiscard]] std::optional<std::uint16_t> character(char32_t code) const;
  /// The words that `characters` begins with, shortest first.
  void words_at(std::span<const std::uint16_t> characters, std::vector<Word>& out) const;
  /// Syllable `index` (below word.length) of a word: "hang2".
  [[nodiscard]] std::string_view syllable(const Word& word, std::size_t index) const;
  [[nodiscard]] std::size_t syllable_count() const noexcept { return syllables_; }
  [[nodiscard]] std::string_view syllable_text(std::size_t number) const;

 private:
  explicit ReadingTable(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint16_t u16(std::size_t at) const;
  [[nodiscard]] std::uint32_t u32(std::size_t at) const;
  [[nodiscard]] bool sound() const;
  [[nodiscard]] bool sound_words(std::size_t length) const;
  [[nodiscard]] std::optional<std::size_t> find(std::span<const std::uint16_t> word) const;
  [[nodiscard]] int compare(std::size_t record, std::span<const std::uint16_t> word) const;

  std::string_view bytes_;
  std::size_t syllables_ = 0;
  std::size_t characters_ = 0;
  std::size_t characters_at_ = 0;
  std::array<std::size_t, kLongestWord + 1> words_{};     ///< how many of each length
  std::array<std::size_t, kLongestWord + 1> words_at_{};  ///< where they begin
};

}  // namespace tongxing::accessibility
