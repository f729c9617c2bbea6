#include <algorithm>

#include "core/models/post_encoder_internal.h"

namespace mnerva::models {
namespace {

constexpr std::size_t kTinyVocabulary = 30000;

}  // namespace

EncodedPost encodePost(const text::WordPiece& wordPiece, const std::vector<std::string>& words, int longest) {
    EncodedPost out;
    const auto room = static_cast<std::size_t>(longest - 1);  // [SEP] comes after it
    out.ids.push_back(wordPiece.cls());
    std::vector<int> pieces;
    for (const std::string& word : words) {
        pieces.clear();
        const int count = wordPiece.appendIds(word, pieces);
        const auto kept = std::min(static_cast<std::size_t>(count), room - out.ids.size());
        out.words.push_back({static_cast<int>(out.ids.size()), static_cast<int>(kept)});
        out.ids.insert(out.ids.end(), pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(kept));
        if (count > 0 && kept == 0) ++out.cutWords;
    }
    out.ids.push_back(wordPiece.sep());
    return out;
}

text::WordPiece tinyWordPiece(const std::vector<const std::vector<std::string>*>& posts) {
    std::vector<std::string> words;
    for (const std::vector<std::string>* post : posts) words.insert(words.end(), post->begin(), post->end());
    return text::WordPiece::fromVocabulary(text::vocabularyOfWords(words, true, kTinyVocabulary), true);
}

}  // namespace mnerva::models
