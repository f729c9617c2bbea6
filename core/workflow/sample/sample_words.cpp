#include "core/workflow/sample/sample_words.h"

#include <sstream>

namespace mnerva::workflow {
namespace {

using Phrase = SampleWords::Phrase;

/// "Mike Smith|Anna Lee" to phrases of words.
std::vector<Phrase> phrases(const std::string& list) {
    std::vector<Phrase> out;
    std::istringstream parts(list);
    for (std::string part; std::getline(parts, part, '|');) {
        Phrase phrase;
        std::istringstream words(part);
        for (std::string word; words >> word;) phrase.push_back(word);
        out.push_back(std::move(phrase));
    }
    return out;
}

/// As phrases(), but each character is a word: leading bytes of UTF-8 open one.
std::vector<Phrase> characters(const std::string& list) {
    std::vector<Phrase> out(1);
    for (char c : list) {
        if (c == '|')
            out.emplace_back();
        else if ((static_cast<unsigned char>(c) & 0xc0) == 0x80)
            out.back().back() += c;
        else
            out.back().push_back(std::string(1, c));
    }
    return out;
}

SampleWords english() {
    SampleWords w;
    w.ambiguous = phrases(
        "Jordan|Paris|Washington|Amazon|Chelsea|Lincoln|Austin|Phoenix|Sydney|Florence|Madison|Georgia|Carolina|Dallas|"
        "Denver|Houston");
    w.plain = {phrases("Mike Smith|Anna Lee|John Doe|Mary Jones|Peter O'Neill|Zoë Kravitz"),
               phrases("London|Berlin|Tokyo|New York|São Paulo"),
               phrases("Acme Inc|Globex Corp|Umbrella Ltd|Initech Inc|Stark Corp")};
    w.introductions = {{}, {"in"}, {}};
    w.misc = phrases("Oscars|Star Wars|World Cup");
    w.filler = phrases(
        "the|a|this|that|look|great|photo|from|with|today|love|so|best|ever|rt|yes|no|wow|happy|new|game|night|live");
    w.oddities = phrases(
        "😂|❤️|🎉 🎉|👨‍👩‍👧|🇨🇳|:-)|#ThrowbackThursday|https://t.co/Ab3dE9|@some_user_42|"
        "unbelievableness|re-opening|RT @mnerva :|☀️|&amp;|sooooo");
    return w;
}

SampleWords chinese() {
    SampleWords w;
    w.ambiguous = characters("黄山|长城|华山|泰山|江南|西湖|金鹏|安泰|东方红|白云");
    w.plain = {characters("张伟|王小明|李娜|欧阳修文"), characters("北京|上海|黑龙江|沪|京"),
               characters("清华大学|星光公司|中国银行|远大集团")};
    w.introductions = {{}, {"在"}, {}};
    w.filler =
        characters("今天|天气|真好|我们|一起|看了|照片|分享|大家|开心|晚上|直播|喜欢|终于|非常|快来|，|。|！|的|了");
    w.oddities = characters("😊|👍|🎂|2025年|OK|~");
    return w;
}

}  // namespace

const SampleWords& sampleWords(SampleLanguage language) {
    static const SampleWords kEnglish = english(), kChinese = chinese();
    return language == SampleLanguage::English ? kEnglish : kChinese;
}

}  // namespace mnerva::workflow
