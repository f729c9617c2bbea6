// Times word lists over posts: gazetteer_bench [POSTS] [NAMES]. Posts of about 20 words and names of one to four words
// are drawn from 50,000 made-up words by Zipf's law; nothing is read but memory, but for the list file, which is
// written to the temporary folder.

#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/gazetteer/gazetteer.h"
#include "core/gazetteer/list_file.h"

namespace {

using namespace mnerva;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

long peakMiB() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

class Language {
public:
    Language() {
        for (int i = 0; i < 50'000; ++i) {
            std::string word;
            for (int rest = i + 3; rest > 0; rest /= 21) word += kSyllables[static_cast<std::size_t>(rest % 21)];
            if (i % 3 == 0) word[0] = static_cast<char>(word[0] - 'a' + 'A');
            m_words.push_back(std::move(word));
        }
    }
    const std::string& word() {
        const double u = std::uniform_real_distribution<double>(0, 1)(m_dice);
        return m_words[static_cast<std::size_t>(std::pow(50'000.0, u)) - 1];
    }
    /// Names are of rarer words.
    const std::string& rareWord() { return m_words[200 + m_dice() % 49'800]; }
    int upTo(int n) { return static_cast<int>(m_dice() % static_cast<unsigned>(n)); }

private:
    static constexpr const char* kSyllables[] = {"ba", "ko", "ri", "ta", "ne", "mu", "sa", "lo",  "vi",  "de", "ra",
                                                 "ti", "no", "pe", "gu", "fa", "mi", "zo", "che", "lan", "sto"};
    std::mt19937 m_dice{14};
    std::vector<std::string> m_words;
};

}  // namespace

int main(int argc, char** argv) {
    const int posts = argc > 1 ? std::atoi(argv[1]) : 100'000, names = argc > 2 ? std::atoi(argv[2]) : 100'000;
    Language language;
    std::vector<std::string> texts;
    for (int i = 0; i < posts; ++i) {
        std::string text;
        for (int words = 10 + language.upTo(21); words > 0; --words)
            text += (text.empty() ? "" : "\n") + language.word();
        texts.push_back(std::move(text));
    }
    std::string list;
    for (int i = 0; i < names; ++i) {
        std::string name;
        for (int words = 1 + language.upTo(4); words > 0; --words)
            name += (name.empty() ? "" : " ") + language.rareWord();
        list += name + (i % 2 ? "\tPER\n" : "\tLOC\n");
    }
    const auto file = std::filesystem::temp_directory_path() / "gazetteer_bench.txt";
    writeFileAtomic(file, list);
    const long before = peakMiB();
    auto start = Clock::now();
    const gazetteer::ListContent content = gazetteer::readListFile(file);
    std::printf("read the list    %9.1f ms  %lld names, %zu bytes\n", msSince(start),
                static_cast<long long>(content.names), content.text.size());
    std::filesystem::remove(file);
    start = Clock::now();
    gazetteer::Source source;
    source.name = "list";
    std::vector<gazetteer::Source> sources{source};
    for (const char* pattern : {"[A-Z]\\w+ (Inc|Ltd|Corp)\\.?", "(Mr|Mrs|Dr)\\.? [A-Z]\\w+"}) {
        gazetteer::Source one;
        one.kind = gazetteer::Source::Kind::TextPattern;
        one.name = one.pattern = pattern;
        one.label = "ORG";
        if (argc > 3) sources.push_back(one);
    }
    gazetteer::Gazetteer gazetteer({"word-lists", sources});
    gazetteer::eachListed(content.text, file,
                          [&](const gazetteer::ListedName& one) { gazetteer.addName(0, one.name, one.label); });
    std::printf("make it ready    %9.1f ms  peak memory +%ld MiB\n", msSince(start), peakMiB() - before);
    start = Clock::now();
    std::size_t found = 0;
    for (const std::string& text : texts) found += gazetteer.find(text, JoinRule::Space).kept.size();
    std::printf("look at %7d  %9.1f ms  %zu found, %zu patterns\n", posts, msSince(start), found, sources.size() - 1);
    return 0;
}
