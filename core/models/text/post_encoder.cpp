#include <algorithm>
#include <array>

#include "core/models/text/post_encoder_internal.h"
#include "core/models/text/word_vectors_internal.h"
#include "core/text/utf8.h"

namespace mnerva::models {
namespace {

constexpr std::size_t kTinyVocabulary = 30000;

}  // namespace

bool isOddWord(std::string_view word) {
    constexpr std::array<std::string_view, 4> kOdd{"\xEF\xB8\x8F", "\xE2\x80\x8D", "\xE2\x80\x8B", "\xC2\x92"};
    if (std::find(kOdd.begin(), kOdd.end(), word) != kOdd.end() || word.starts_with("http://t.co/")) return true;
    for (std::size_t at = 0; at < word.size();)
        if (!text::isWhiteSpace(text::nextCodePoint(word, at))) return false;
    return true;
}

std::int64_t vectorRowOf(const WordVectors& vectors, const std::string& word) {
    const std::ptrdiff_t row = vectors.rowOf(word);
    if (row >= 0) return row;
    std::string lower = word;
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return vectors.rowOf(lower);
}

EncodedPost encodePost(const text::Tokenizer& tokenizer, const std::vector<std::string>& words, int longest,
                       const TextLayout& layout) {
    EncodedPost out;
    const auto room = static_cast<std::size_t>(longest - 1);  // [SEP] comes after it
    out.ids.push_back(tokenizer.begin());
    std::vector<int> pieces;
    for (const std::string& word : words) {
        pieces.clear();
        const bool unknown = layout.oddWordsUnknown && isOddWord(word);
        if (unknown) pieces.push_back(tokenizer.unk());
        const int count = unknown ? 1 : tokenizer.appendIds(word, pieces);
        const auto kept = std::min(static_cast<std::size_t>(count), room - out.ids.size());
        out.words.push_back({static_cast<int>(out.ids.size()), static_cast<int>(kept)});
        out.ids.insert(out.ids.end(), pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(kept));
        if (count > 0 && kept == 0) ++out.cutWords;
        if (layout.wordVectors) out.vectorRows.push_back(vectorRowOf(*layout.wordVectors, word));
    }
    out.ids.push_back(tokenizer.end());
    return out;
}

EncodedPost encodePost(const text::Tokenizer& tokenizer, const std::vector<std::string>& words,
                       const std::vector<AuxiliaryText>& auxiliary, int longest, const TextLayout& layout) {
    EncodedPost out = encodePost(tokenizer, words, longest, layout);
    const std::size_t own = out.ids.size();
    const std::size_t room = static_cast<std::size_t>(longest) > own ? static_cast<std::size_t>(longest) - own - 1 : 0;
    std::vector<int> pieces;
    for (const AuxiliaryText& text : auxiliary)
        for (const std::string& word : text.words) {
            pieces.clear();
            const auto count = static_cast<std::size_t>(tokenizer.appendIds(word, pieces));
            const std::size_t kept = std::min(count, room - (out.ids.size() - own));
            out.ids.insert(out.ids.end(), pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(kept));
            if (count > 0 && kept == 0) ++out.cutAuxiliary;
        }
    if (out.ids.size() == own) return out;
    out.ids.push_back(tokenizer.end());
    out.auxiliaryIds = static_cast<int>(out.ids.size() - own);
    return out;
}

text::WordPiece tinyWordPiece(const std::vector<const std::vector<std::string>*>& posts) {
    std::vector<std::string> words;
    for (const std::vector<std::string>* post : posts) words.insert(words.end(), post->begin(), post->end());
    return text::WordPiece::fromVocabulary(text::vocabularyOfWords(words, true, kTinyVocabulary), true);
}

}  // namespace mnerva::models
