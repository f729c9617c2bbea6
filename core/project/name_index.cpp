#include "core/project/name_index.h"

#include <unicode/uchar.h>
#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace {

constexpr int kLongestName = 12;  ///< words; of longer ones only the words are kept

/// How names and other words of a shape are spread before anything was seen: as many of ten. Rough on purpose: the
/// first hundred posts of a project outvote them.
constexpr std::array<double, kWordShapes> kTaggedOfTen{0.2, 5, 2.5, 4, 5, 1.5, 3, 0.5, 0.1};
constexpr double kShapeWeight = 10, kWordWeight = 2;

bool isFunctionWord(const std::string& folded) {
    static const std::unordered_set<std::string> kWords = [] {
        std::unordered_set<std::string> words;
        constexpr std::string_view kAll =
            "a about after again all also am an and any are as at back be because been before being best but by can "
            "could day did do does done down each even ever every first for from get give go going good got great had "
            "happy has have he her here hers him his how i if in into is it its just last let like live look lol love "
            "make many may me more most much must my need never new next no not now of off oh ok on one only or our "
            "out over people please pm re really right rt s see she should so some still t take thank thanks that the "
            "their them then there these they thing this those three through time to today tomorrow tonight too two "
            "u under until up us very via wait want was watch we well were what when where which while who why will "
            "win with would wow year years yes yesterday you your am join check breaking meet "
            "amp http https follow free big old another";
        for (std::size_t at = 0; at < kAll.size();) {
            const std::size_t end = std::min(kAll.find(' ', at), kAll.size());
            words.emplace(kAll.substr(at, end - at));
            at = end + 1;
        }
        return words;
    }();
    return kWords.contains(folded);
}

bool isSign(const std::string& word, char sign) {
    return word.size() == 1 && word[0] == sign;
}

/// A sentence begins behind one of these, and behind a user's name or a colon where a message is passed on.
bool endsSentence(const std::string& word) {
    return word == "." || word == "!" || word == "?" || word == ":" || word == "…" || word == "\"" || word == "|" ||
           word == "-" || word == "“" || word == "...";
}

WordShape shapeOfLetters(const std::string& word) {
    bool upperFirst = false, anyLower = false, upperLater = false, anyLetter = false, anyDigit = false;
    int uppers = 0;
    for (const char32_t point : text::toCodePoints(word)) {
        const auto c = static_cast<UChar32>(point);
        if (u_isdigit(c)) anyDigit = true;
        if (!u_isalpha(c)) continue;
        const bool upper = u_isupper(c) || u_istitle(c);
        if (!anyLetter) upperFirst = upper;
        anyLetter = true;
        uppers += upper;
        if (upper && anyLower) upperLater = true;
        if (u_islower(c)) anyLower = true;
    }
    if (!anyLetter) return anyDigit ? WordShape::Number : WordShape::Plain;
    if (upperLater) return WordShape::MixedCase;
    if (uppers >= 2 && !anyLower) return WordShape::AllCapitals;
    return upperFirst ? WordShape::Capital : WordShape::Plain;
}

}  // namespace

std::vector<WordShape> shapesOf(const std::vector<std::string>& words) {
    std::vector<WordShape> shapes(words.size(), WordShape::Plain);
    bool begins = true;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        WordShape shape = shapeOfLetters(word);
        const bool behindAt = i > 0 && isSign(words[i - 1], '@'), behindHash = i > 0 && isSign(words[i - 1], '#');
        if (behindAt || (word.size() > 1 && word[0] == '@')) {
            shape = WordShape::Handle;
        } else if (behindHash || (word.size() > 1 && word[0] == '#')) {
            shape = WordShape::Hashtag;
        } else if (isFunctionWord(text::folded(word))) {
            shape = WordShape::Function;
        } else if (begins && shape == WordShape::Capital) {
            shape = WordShape::FirstWord;
        }
        begins =
            endsSentence(word) || (begins && (isSign(word, '@') || isSign(word, '#') || text::folded(word) == "rt"));
        shapes[i] = shape;
    }
    return shapes;
}

namespace {

std::string joined(std::span<const std::string> folded) {
    std::string key;
    for (const std::string& word : folded) {
        if (!key.empty()) key += '\n';
        key += word;
    }
    return key;
}

std::vector<std::string> foldedWords(std::span<const std::string> words) {
    std::vector<std::string> folded;
    for (const std::string& word : words) folded.push_back(text::folded(word));
    return folded;
}

/// The words of the language: runs of words between segment starts, as one text each.
struct Segment {
    int first = 0, last = 0;
    std::string folded;
};

std::vector<Segment> segmentsOf(const std::vector<std::string>& folded, const std::vector<bool>& starts) {
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (i == 0 || i >= starts.size() || starts[i])
            segments.push_back({static_cast<int>(i), static_cast<int>(i), {}});
        segments.back().last = static_cast<int>(i);
        segments.back().folded += folded[i];
    }
    return segments;
}

bool isTagged(const std::vector<Entity>& entities, int first, int last) {
    return std::any_of(entities.begin(), entities.end(), [&](const Entity& e) { return e.overlaps(first, last); });
}

}  // namespace

void NameIndex::addName(std::span<const std::string> words, int sign) {
    if (words.empty() || words.size() > static_cast<std::size_t>(kLongestName)) return;
    const auto found = m_names.try_emplace(joined(foldedWords(words)), 0).first;
    found->second += sign;
    if (found->second <= 0) {
        m_names.erase(found);
    } else {
        m_longest = std::max(m_longest, static_cast<int>(words.size()));
    }
    if (size() > m_most) shrink();
}

void NameIndex::countWord(const std::string& folded, bool tagged, int sign) {
    const auto found = m_words.try_emplace(folded).first;
    (tagged ? found->second.tagged : found->second.plain) += sign;
    if (found->second.tagged <= 0 && found->second.plain <= 0) m_words.erase(found);
}

void NameIndex::addPost(const Post& post, const std::vector<Entity>& entities, const std::vector<bool>& segments,
                        int sign) {
    const std::vector<std::string>& words = post.words;
    for (const Entity& entity : entities) {
        if (entity.first < 0 || entity.last < entity.first || entity.last >= static_cast<int>(words.size())) continue;
        addName(std::span(words).subspan(static_cast<std::size_t>(entity.first),
                                         static_cast<std::size_t>(entity.last - entity.first + 1)),
                sign);
    }
    addWords(post, entities, segments, sign);
}

void NameIndex::addWords(const Post& post, const std::vector<Entity>& entities, const std::vector<bool>& segments,
                         int sign) {
    const std::vector<std::string>& words = post.words;
    const std::vector<std::string> folded = foldedWords(words);
    if (post.join == JoinRule::Nothing) {
        for (const Segment& segment : segmentsOf(folded, segments))
            countWord(segment.folded, isTagged(entities, segment.first, segment.last), sign);
    } else {
        const std::vector<WordShape> shapes = shapesOf(words);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool tagged = isTagged(entities, static_cast<int>(i), static_cast<int>(i));
            countWord(folded[i], tagged, sign);
            Seen& shape = m_shapes[static_cast<std::size_t>(shapes[i])];
            (tagged ? shape.tagged : shape.plain) += sign;
        }
    }
    if (size() > m_most) shrink();
}

/// What was seen once goes, then twice, until half of it is gone.
void NameIndex::shrink() {
    for (std::int32_t least = 1; size() > m_most / 2; least *= 2) {
        std::erase_if(m_words, [&](const auto& one) { return one.second.tagged + one.second.plain <= least; });
        if (size() <= m_most / 2) return;
        std::erase_if(m_names, [&](const auto& one) { return one.second <= least; });
    }
}

int NameIndex::namesOf(std::span<const std::string> folded) const {
    const auto found = m_names.find(joined(folded));
    return found == m_names.end() ? 0 : found->second;
}

int NameIndex::passedBy(const std::string& folded) const {
    const auto found = m_words.find(folded);
    return found == m_words.end() ? 0 : found->second.plain;
}

double NameIndex::chanceOf(const std::string& folded, WordShape shape) const {
    const auto at = static_cast<std::size_t>(shape);
    const Seen& likes = m_shapes[at];
    const double likesTagged = std::max(0, likes.tagged), likesPlain = std::max(0, likes.plain);
    const double ofShape = (likesTagged + kTaggedOfTen[at]) / (likesTagged + likesPlain + kShapeWeight);
    const auto found = m_words.find(folded);
    if (found == m_words.end()) return ofShape;
    const double tagged = std::max(0, found->second.tagged), all = tagged + std::max(0, found->second.plain);
    return (tagged + kWordWeight * ofShape) / (all + kWordWeight);
}

namespace {

constexpr double kLikely = 0.22;  ///< a look at a wrong run costs one key, a missed name about four

/// Longest names of the index, from the left; -1 where no name begins.
std::vector<int> knownNameEnds(const std::vector<std::string>& folded, const NameIndex& names) {
    std::vector<int> ends(folded.size(), -1);
    const std::span<const std::string> all(folded);
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const int most = std::min(names.longestName(), static_cast<int>(folded.size() - i));
        for (int length = most; length >= 1 && ends[i] < 0; --length)
            if (names.namesOf(all.subspan(i, static_cast<std::size_t>(length))) > 0)
                ends[i] = static_cast<int>(i) + length - 1;
    }
    return ends;
}

/// A name of one word that is mostly none is not offered: "May", "Will".
bool isMostlyNone(const std::string& word, std::span<const std::string> name, const NameIndex& names) {
    return names.passedBy(word) > 3 * names.namesOf(name);
}

bool isJoiner(const std::string& folded) {
    return folded == "of" || folded == "&" || folded == "'s" || folded == "de" || folded == "van" || folded == "von" ||
           folded == "-" || folded == "'";
}

std::vector<LikelyRun> likelySpaced(const Post& post, const std::vector<std::string>& folded, const NameIndex& names) {
    const int count = static_cast<int>(post.words.size());
    const std::vector<WordShape> shapes = shapesOf(post.words);
    const std::vector<int> known = knownNameEnds(folded, names);
    std::vector<bool> likely(post.words.size());
    for (std::size_t i = 0; i < likely.size(); ++i) likely[i] = names.chanceOf(folded[i], shapes[i]) >= kLikely;
    const auto at = [](int i) { return static_cast<std::size_t>(i); };
    const auto marked = [&](int i) {
        return shapes[at(i)] == WordShape::Handle || shapes[at(i)] == WordShape::Hashtag;
    };
    std::vector<LikelyRun> runs;
    for (int i = 0; i < count;) {
        if (known[at(i)] > i || (known[at(i)] == i && !isMostlyNone(folded[at(i)], {&folded[at(i)], 1}, names))) {
            LikelyRun run{i, known[at(i)]};
            // A known name of one word goes on with the capitalised ones behind it: "Kevin" of "Kevin Durant".
            while (run.last == i && run.last + 1 < count && !marked(run.last) && !marked(run.last + 1) &&
                   likely[at(run.last + 1)] && known[at(run.last + 1)] < 0 &&
                   shapes[at(run.last + 1)] != WordShape::Plain)
                ++run.last;
            runs.push_back(run);
            i = run.last + 1;
            continue;
        }
        if (!likely[at(i)]) {
            ++i;
            continue;
        }
        LikelyRun run{i, i};
        while (!marked(run.last) && run.last + 1 < count) {
            const int next = run.last + 1;
            if (likely[at(next)] && !marked(next) && known[at(next)] <= next) {
                run.last = next;
            } else if (isJoiner(folded[at(next)]) && next + 1 < count && likely[at(next + 1)] && !marked(next + 1)) {
                run.last = next + 1;
            } else {
                break;
            }
        }
        runs.push_back(run);
        i = run.last + 1;
    }
    return runs;
}

// --- words without spaces -------------------------------------------------------------------------------------------

bool isOneOf(std::u32string_view all, const std::string& character) {
    const std::u32string points = text::toCodePoints(character);
    return points.size() == 1 && all.find(points[0]) != std::u32string_view::npos;
}

constexpr std::u32string_view kFamilyNames =
    U"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦昌马苗方俞任袁柳"
    U"鲍史唐费廉岑薛雷贺倪汤滕"
    U"殷罗毕郝邬安常傅卞齐康伍余元顾孟黄穆萧尹姚邵湛汪祁毛狄米贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅"
    U"林钟徐邱骆高夏蔡田樊胡凌霍"
    U"虞万卢莫房缪丁邓洪崔龚程邢裴陆荣翁荀羊甄曲封储靳段焦侯全班秋仲宫宁仇栾甘厉武符刘景詹龙叶司黎薄印白蒲卓蔺屠蒙池乔"
    U"阴习艾向易廖耿匡文寇广聂关";
constexpr std::u32string_view kPlaceEnds = U"省市县区州国镇乡村岛湾";
const char* const kOrganisationEnds[] = {"公司", "集团", "大学",   "学院",   "银行",   "医院", "法院",
                                         "中学", "小学", "学校",   "委员会", "协会",   "队",   "局",
                                         "部",   "厅",   "俱乐部", "研究所", "研究院", "政府", "出版社"};

bool endsLikeOrganisation(const std::string& folded) {
    return std::any_of(std::begin(kOrganisationEnds), std::end(kOrganisationEnds),
                       [&](const char* end) { return folded == end; });
}

std::vector<LikelyRun> likelyUnspaced(const std::vector<std::string>& folded, const std::vector<bool>& starts,
                                      const NameIndex& names) {
    const std::vector<Segment> segments = segmentsOf(folded, starts);
    const std::vector<int> known = knownNameEnds(folded, names);
    const auto at = [](int i) { return static_cast<std::size_t>(i); };
    std::vector<LikelyRun> runs;
    int free = 0;  // the first character that no run holds
    for (std::size_t s = 0; s < segments.size(); ++s) {
        const Segment& segment = segments[s];
        for (int i = std::max(segment.first, free); i <= segment.last; ++i) {
            if (known[at(i)] < 0 || i < free) continue;
            // A name of one character is one only where the language has it as a word.
            const bool whole = i == segment.first && known[at(i)] == segment.last;
            if (known[at(i)] == i && !whole) continue;
            const auto length = static_cast<std::size_t>(segment.last - segment.first + 1);
            if (whole && isMostlyNone(segment.folded, {&folded[at(i)], length}, names)) continue;
            runs.push_back({i, known[at(i)]});
            free = known[at(i)] + 1;
        }
        if (segment.first < free) continue;
        const double chance = names.chanceOf(segment.folded, WordShape::Plain);
        const bool single = segment.first == segment.last;
        if (single && isOneOf(kFamilyNames, folded[at(segment.first)]) && s + 1 < segments.size()) {
            // Unknown given names are single characters to a dictionary: one or two of them follow.
            int last = segment.first;
            std::size_t next = s + 1;
            while (next < segments.size() && last - segment.first < 2 && segments[next].last - segment.first <= 2 &&
                   last == segments[next].first - 1 &&
                   !(last > segment.first && segments[next].first != segments[next].last) &&
                   text::isUnspaced(text::toCodePoints(folded[at(segments[next].first)])[0]) &&
                   names.chanceOf(segments[next].folded, WordShape::Plain) >= 0.02)
                last = segments[next++].last;
            if (last > segment.first && chance >= 0.02) {
                runs.push_back({segment.first, last});
                free = last + 1;
                continue;
            }
        }
        const bool place = segment.last - segment.first >= 1 && isOneOf(kPlaceEnds, folded[at(segment.last)]);
        if (chance >= kLikely || (place && chance > 0.01) ||
            (endsLikeOrganisation(segment.folded) && s > 0 && chance > 0.01)) {
            LikelyRun run{segment.first, segment.last};
            // The word before it belongs to an organisation: 四川 | 大学.
            if (endsLikeOrganisation(segment.folded) && s > 0 && segments[s - 1].last + 1 == segment.first) {
                if (!runs.empty() && runs.back().last + 1 == segment.first) {
                    run.first = runs.back().first;
                    runs.pop_back();
                } else if (segments[s - 1].first >= free &&
                           text::isUnspaced(text::toCodePoints(segments[s - 1].folded)[0])) {
                    run.first = segments[s - 1].first;
                }
            }
            runs.push_back(run);
            free = run.last + 1;
        }
    }
    return runs;
}

}  // namespace

std::vector<LikelyRun> likelyRuns(const Post& post, const std::vector<bool>& segments, const NameIndex& names) {
    const std::vector<std::string> folded = foldedWords(post.words);
    return post.join == JoinRule::Nothing ? likelyUnspaced(folded, segments, names) : likelySpaced(post, folded, names);
}

}  // namespace mnerva::project
