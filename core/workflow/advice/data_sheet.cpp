#include "core/workflow/advice/data_sheet.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/text/utf8.h"
#include "core/workflow/sample/sample_words.h"

namespace mnerva::workflow {
namespace {

constexpr int kPage = 2000;
constexpr std::int64_t kMostPosts = 200'000, kPostsForLanguage = 4'000;
constexpr std::size_t kShortestContent = 12, kLongestContent = 32;  // characters
constexpr double kMostLetters = 0.6;                                // of a language, of all letters
constexpr double kSampleShare = 0.97;                               // of words that the generator knows
constexpr std::int64_t kFewestWords = 100;

bool isHan(char32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFF);
}

bool isAsciiLetter(char32_t point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

bool isLatin(char32_t point) {
    return isAsciiLetter(point) || (point >= 0xC0 && point <= 0x24F && point != 0xD7 && point != 0xF7);
}

/// Letters by script; only those that tell a language.
struct Letters {
    std::int64_t latin = 0, han = 0, other = 0;

    void add(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const char32_t point = text::nextCodePoint(text, at);
            if (isLatin(point))
                ++latin;
            else if (isHan(point))
                han += 3;                                // a character says as much as a few letters
            else if (point >= 0x370 && point <= 0x1FFF)  // Greek to Mongolian
                ++other;
        }
    }
    PostLanguage language() const {
        const double all = static_cast<double>(latin + han + other);
        if (all <= 0) return PostLanguage::Unknown;
        if (static_cast<double>(han) >= kMostLetters * all) return PostLanguage::Chinese;
        return static_cast<double>(latin) >= kMostLetters * all ? PostLanguage::Latin : PostLanguage::Other;
    }
};

std::unordered_set<std::string> wordsOfSample() {
    std::unordered_set<std::string> words;
    const auto add = [&](const std::vector<SampleWords::Phrase>& phrases) {
        for (const SampleWords::Phrase& phrase : phrases) words.insert(phrase.begin(), phrase.end());
    };
    const SampleWords& list = sampleWords(SampleLanguage::English);
    for (const auto* phrases : {&list.ambiguous, &list.introductions, &list.misc, &list.filler, &list.oddities})
        add(*phrases);
    for (const auto& names : list.plain) add(names);
    return words;
}

/// How many words of posts the generator could have written.
class SampleWatch {
public:
    /// The last word of a preview may be cut off.
    void add(std::string_view preview) {
        for (std::size_t from = 0; from < preview.size();) {
            const std::size_t end = preview.find(' ', from);
            if (end == std::string_view::npos) return;
            ++m_all;
            if (m_known.contains(std::string(preview.substr(from, end - from)))) ++m_found;
            from = end + 1;
        }
    }
    bool isSample() const {
        return m_all >= kFewestWords && static_cast<double>(m_found) >= kSampleShare * static_cast<double>(m_all);
    }

private:
    std::unordered_set<std::string> m_known = wordsOfSample();
    std::int64_t m_all = 0, m_found = 0;
};

}  // namespace

std::uint64_t contentId(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count < kLongestContent;) {
        const std::size_t from = at;
        const char32_t point = text::nextCodePoint(text, at);
        const bool isDigit = point >= '0' && point <= '9';
        if (!isAsciiLetter(point) && !isDigit && point < 0x2E80) continue;
        ++count;
        for (std::size_t byte = from; byte < at; ++byte) {
            auto value = static_cast<unsigned char>(text[byte]);
            if (value >= 'A' && value <= 'Z') value = static_cast<unsigned char>(value - 'A' + 'a');
            hash = (hash ^ value) * 0x100000001B3U;
        }
    }
    return count < kShortestContent ? 0 : hash;
}

DataSheet dataSheet(const project::Project& project, const std::stop_token& stop) {
    DataSheet sheet;
    const project::ProjectInfo info = project.info();
    constexpr std::array splits{Split::Train, Split::Valid, Split::Test};
    for (std::size_t i = 0; i < splits.size(); ++i)
        if (const auto found = info.postsOfSplit.find(splits[i]); found != info.postsOfSplit.end())
            sheet.posts[i] = found->second;
    sheet.types = info.labels.types;
    std::sort(sheet.types.begin(), sheet.types.end());
    Letters letters;
    SampleWatch watch;
    std::int64_t seen = 0;
    for (PostId after{0}; seen < kMostPosts;) {
        if (stop.stop_requested()) throw Cancelled{};
        const std::vector<project::PostSummary> page = project.summaries(after, kPage);
        if (page.empty()) break;
        after = page.back().id;
        for (const project::PostSummary& post : page) {
            if (++seen <= kPostsForLanguage) {
                letters.add(post.preview);
                watch.add(post.preview);
            }
            const std::uint64_t id = contentId(post.preview);
            if (id != 0 && id < kSketchLimit) sheet.contentIds.insert(id);
        }
    }
    sheet.language = letters.language();
    sheet.isSample = watch.isSample();
    return sheet;
}

}  // namespace mnerva::workflow
