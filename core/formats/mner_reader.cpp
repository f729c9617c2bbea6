#include "core/formats/mner_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/printable.h"
#include "core/formats/line_reader.h"
#include "core/formats/text_layout.h"
#include "core/text/encoding.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kImgid = "IMGID:";

std::string_view trimmedSpaces(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}

bool endsWithNoCase(std::string_view s, std::string_view lowerEnd) {
    if (s.size() < lowerEnd.size()) return false;
    const std::string_view end = s.substr(s.size() - lowerEnd.size());
    return std::equal(end.begin(), end.end(), lowerEnd.begin(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == static_cast<unsigned char>(b);
    });
}

/// The picture of an id: "<id>.jpg", or the id itself where a file gives it with its extension.
std::string imageOfId(std::string_view id) {
    for (const std::string_view extension : {".jpg", ".jpeg", ".png"})
        if (endsWithNoCase(id, extension)) return std::string(id);
    return std::string(id) + ".jpg";
}

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kDocStart = "-DOCSTART-";
constexpr std::size_t kGuessBytes = 1 << 16;  // of lines that are no UTF-8, for a guess at what they are

/// More than one in ten of what is no ASCII is broken: that is no damage, it is another encoding.
bool isOtherEncoding(const text::Utf8Counts& counts, std::size_t forgiven = 0) {
    return counts.broken > forgiven && (counts.broken - forgiven) * 10 > counts.characters + counts.broken;
}

[[noreturn]] void throwEncoding(const fs::path& path, std::string_view bytes) {
    std::string guess = text::guessedEncoding(bytes);
    if (guess.empty()) guess = "something that could not be guessed";
    throw Error(ErrorCode::EncodingUnknown, {path.string(), guess});
}

/// UTF-16 without its mark: every other byte of Latin text is zero.
std::string_view unmarkedUtf16(std::string_view head) {
    std::size_t even = 0, odd = 0;
    head = head.substr(0, 4096);
    for (std::size_t i = 0; i < head.size(); ++i)
        if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
    if (odd * 4 > head.size() && even * 20 < head.size()) return "UTF-16LE";
    if (even * 4 > head.size() && odd * 20 < head.size()) return "UTF-16BE";
    return {};
}

/// What becomes of one spelling of a tag; a file has few, so each is looked at once.
struct KnownTag {
    std::string clean;  ///< as it is taken
    bool isEmpty = false, isPadded = false, isCleaned = false, isUnknown = false, isBilou = false;
};

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

/// The state of reading one file.
class Parser {
public:
    Parser(const fs::path& path, const PostSink& sink, Findings& findings, const ReadOptions& options)
        : m_path(path),
          m_file(path.string()),
          m_sink(sink),
          m_findings(findings),
          m_options(options),
          m_split(splitOfFileName(path)) {
        m_scratch.reserve(256);
    }

    void use(const TextLayout& layout);
    void foundAtStart(std::string_view code, std::string_view text) {
        m_findings.add({std::string(code), m_file, 1, std::string(text)});
    }
    void line(const LineReader::Line& line);
    PostsSummary finish();

private:
    enum class Before { Start, Blank, Imgid, Word };

    void piece(std::string_view text);
    void checkBytes(std::string_view& text);
    void blank();
    void imgidLine(std::string_view text);
    void wordLine(std::string_view text);
    bool isNoWord(std::string_view text);
    bool splitWord(std::string_view text, std::string_view& word, std::string_view& tag);
    bool splitByLayout(std::string_view text, std::string_view& word, std::string_view& tag);
    void addWord(std::string_view word, std::string_view tag, std::string_view whole);
    bool takesAuxiliary(std::string_view word, std::string_view tag, std::string_view whole);
    const std::string& checkedTag(std::string_view tag, std::string_view whole);
    const KnownTag& known(std::string_view tag);
    void checkOrphan(std::string_view tag, std::string_view whole);
    void checkWhole();
    void openPost();
    void closePost();
    void nameIt();
    void find(std::string_view code, std::string_view text) {
        m_findings.add({std::string(code), m_file, m_line, std::string(text.substr(0, 4 * 200))});
    }
    void findOnce(bool& seen, std::string_view code, std::string_view text) {
        if (!seen) find(code, text);
        seen = true;
    }

    const fs::path& m_path;
    std::string m_file;
    const PostSink& m_sink;
    Findings& m_findings;
    const ReadOptions& m_options;
    std::optional<Split> m_split;
    TextLayout m_layout;
    PostsSummary m_summary;
    Post m_post;
    bool m_open = false;
    int m_postLine = 0;
    int m_line = 0;
    int m_blankRun = 0;
    int m_postNumber = 0;
    Before m_before = Before::Start;
    bool m_seenImgid = false, m_seenCrlf = false, m_seenCr = false, m_seenColumns = false, m_seenBilou = false;
    bool m_headerIsNext = false;
    std::string m_scratch, m_field;
    std::vector<std::string> m_fields;
    std::string m_lastTag;  ///< of the open post, for orphans; empty at its start
    std::unordered_map<std::string, KnownTag, Hash, std::equal_to<>> m_tags;
    std::unordered_set<std::size_t> m_idHashes;
    Findings m_orphans;  ///< told at the end: in IOB1 they are none
    text::Utf8Counts m_counts;
    std::string m_broken;  ///< first lines that are no UTF-8
    std::string m_firstMade, m_lastMade, m_madePrefix;
    int m_made = 0, m_firstMadeLine = 0;
    std::int64_t m_wordLines = 0, m_tabless = 0, m_entityTags = 0, m_unknownTags = 0;
    int m_firstTabless = 0, m_firstUnknown = 0;
    std::string m_firstTablessText, m_firstUnknownText;
};

void Parser::use(const TextLayout& layout) {
    m_layout = layout;
    m_headerIsNext = layout.hasHeader;
    if (layout.separator != TextLayout::Separator::Tab) foundAtStart("separator-other", layout.separatorText());
    if (layout.tagColumn >= 0)
        foundAtStart("tag-column-other", "word " + std::to_string(layout.wordColumn + 1) + ", tag " +
                                             std::to_string(layout.tagColumn + 1) + " of " +
                                             std::to_string(layout.columns));
}

void Parser::line(const LineReader::Line& given) {
    std::string_view text = given.text;
    m_line = given.number;
    m_summary.lines = given.number;
    if (m_options.isLiteral) return piece(text);
    if (!text.empty() && text.back() == '\r') {
        text.remove_suffix(1);
        findOnce(m_seenCrlf, "crlf", text);
    }
    if (given.cut) find("line-too-long", text);
    // A return ends a line where what stands before it is one; elsewhere it is a part of a word.
    static constexpr std::string_view kSeparators = "\t ,;";
    const char separator = kSeparators[static_cast<std::size_t>(m_layout.separator)];
    for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at)) {
        const std::string_view before = text.substr(0, at);
        if (before.find(separator) == before.npos && !before.starts_with(kImgid)) {
            ++at;
            continue;
        }
        findOnce(m_seenCr, "cr-inside-line", text);
        piece(before);
        text.remove_prefix(at + 1);
        at = 0;
    }
    piece(text);
}

void Parser::piece(std::string_view text) {
    // A mark before the first field: a lone one there is a word of its own.
    while (!m_options.isLiteral && text.starts_with(kBom) && !(text.size() > 3 && text[3] == '\t')) {
        find("bom", "");
        text.remove_prefix(3);
    }
    checkBytes(text);
    if (text.empty()) return blank();
    if (text.find_first_not_of(' ') == text.npos) {
        find("white-space-line", text);
        return blank();
    }
    if (text.substr(0, kImgid.size()) == kImgid) return imgidLine(text);
    wordLine(text);
}

void Parser::checkBytes(std::string_view& text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
    const text::Utf8Counts counts = text::countUtf8(text);
    m_counts.characters += counts.characters;
    m_counts.broken += counts.broken;
    if (counts.broken == 0) return;
    if (m_broken.size() < kGuessBytes) m_broken.append(text).append("\n");
    m_scratch = text::repairedUtf8(text);
    text = m_scratch;
    find("invalid-utf8", text);
}

void Parser::blank() {
    if (++m_blankRun == (m_before == Before::Start ? 1 : 2)) find("repeated-blank-lines", "");
    closePost();
    if (m_before != Before::Start) m_before = Before::Blank;
}

void Parser::imgidLine(std::string_view text) {
    if (m_before == Before::Word) find("missing-blank-line", text);
    closePost();
    std::string_view id = text.substr(kImgid.size());
    const std::size_t tab = id.find('\t');
    const std::string_view trimmed = trimmedSpaces(id.substr(0, tab));
    if (trimmed.size() != id.size()) find("odd-imgid-line", text);
    id = trimmed;
    openPost();
    m_before = Before::Imgid;
    m_seenImgid = true;
    if (id.empty()) {
        find("empty-imgid", text);
        return;
    }
    m_post.externalId = id;
    if (!m_idHashes.insert(std::hash<std::string_view>{}(id)).second) find("repeated-image-id", id);
    std::string image = imageOfId(id);
    if (!staysInside(image) || image.find('\\') != image.npos || image.find('\0') != image.npos)
        find("unsafe-path", id);
    else
        m_post.images.push_back(std::move(image));
}

/// Lines that stand among the words and are none: they open no post.
bool Parser::isNoWord(std::string_view text) {
    if (m_options.isLiteral) return false;
    const bool isHeaderLine = std::exchange(m_headerIsNext, m_headerIsNext && text[0] == '#');
    if (text[0] == '#' && isComment(text, m_layout)) {
        find("comment-line", text);
        m_blankRun = 0;
        return true;
    }
    if (isHeaderLine) {
        find("header-line", text);
        return true;
    }
    if (text.starts_with(kDocStart) &&
        (text.size() == kDocStart.size() || text[kDocStart.size()] == ' ' || text[kDocStart.size()] == '\t')) {
        find("docstart-line", text);
        m_blankRun = -1;  // the empty line that belongs to it
        return true;
    }
    return false;
}

void Parser::wordLine(std::string_view text) {
    if (isNoWord(text)) return;
    if (!m_open) {
        openPost();
        find(m_seenImgid ? "missing-imgid" : "words-before-imgid", text);
    }
    m_before = Before::Word;
    m_blankRun = 0;
    ++m_wordLines;
    std::string_view word, tag;
    if (splitWord(text, word, tag)) return addWord(word, tag, text);
    find("tabless-line", text);
    if (m_tabless++ == 0) {
        m_firstTabless = m_line;
        m_firstTablessText = text.substr(0, 60);
    }
    addWord(text, "O", text);
}

bool Parser::splitWord(std::string_view text, std::string_view& word, std::string_view& tag) {
    if (m_layout.separator != TextLayout::Separator::Tab || m_layout.tagColumn >= 0)
        return splitByLayout(text, word, tag);
    const std::size_t firstTab = text.find('\t');
    if (firstTab == text.npos) return false;
    const std::size_t lastTab = text.rfind('\t');
    if (lastTab != firstTab || m_layout.columns != 2) {
        const auto columns = static_cast<int>(std::count(text.begin(), text.end(), '\t')) + 1;
        if (columns != m_layout.columns)
            find("extra-tabs", text);
        else
            findOnce(m_seenColumns, "columns-left-out", text);
    }
    word = text.substr(0, firstTab);
    tag = text.substr(lastTab + 1);
    return true;
}

bool Parser::splitByLayout(std::string_view text, std::string_view& word, std::string_view& tag) {
    splitFields(text, m_layout.separator, m_fields);
    const std::size_t columns = m_fields.size();
    if (columns < 2) return false;
    const bool isUsual = columns == static_cast<std::size_t>(m_layout.columns);
    const bool isLast = m_layout.tagColumn < 0;
    if (isUsual && columns > 2) findOnce(m_seenColumns, "columns-left-out", text);
    if (isLast && m_layout.separator == TextLayout::Separator::Spaces && m_layout.columns == 2) {
        // A word of two columns may hold spaces itself: what stands before the last run is the word.
        const std::size_t end = text.find_last_not_of(" \t");
        const std::size_t begin = text.find_last_of(" \t", end);
        tag = text.substr(begin + 1, end - begin);
        word = trimmedSpaces(text.substr(0, begin));
        return true;
    }
    if (!isUsual) find("extra-tabs", text);
    const auto tagAt = isLast ? columns - 1 : static_cast<std::size_t>(m_layout.tagColumn);
    const auto wordAt = static_cast<std::size_t>(m_layout.wordColumn);
    if (tagAt >= columns || wordAt >= columns) return false;
    word = m_fields[wordAt];
    tag = m_fields[tagAt];
    return true;
}

bool Parser::takesAuxiliary(std::string_view word, std::string_view tag, std::string_view whole) {
    if (!m_post.auxiliary.empty()) {
        if (tag != kAuxiliaryTag) find("auxiliary-tag", whole);
        m_post.auxiliary.front().words.emplace_back(word);
        return true;
    }
    if (word != kAuxiliaryMark || tag != kAuxiliaryTag) return false;
    m_post.auxiliary.push_back({std::string(kPgimSource), {}});
    return true;
}

void Parser::addWord(std::string_view word, std::string_view tag, std::string_view whole) {
    if (m_post.words.size() >= static_cast<std::size_t>(kMaxWordsOfAPost))
        throw Error(ErrorCode::BoundExceeded, {m_file, "words in one post", std::to_string(kMaxWordsOfAPost)});
    if (takesAuxiliary(word, tag, whole)) {
        if (m_post.auxiliary.front().words.size() > static_cast<std::size_t>(kMaxWordsOfAPost))
            throw Error(ErrorCode::BoundExceeded, {m_file, "words about one post", std::to_string(kMaxWordsOfAPost)});
        return;
    }
    if (word.empty() || word.find_first_not_of(' ') == word.npos) find("empty-word", whole);
    const std::string& clean = checkedTag(tag, whole);
    checkOrphan(clean, whole);
    m_post.words.emplace_back(word);
    m_post.sourceTags.push_back(clean);
    m_lastTag = clean;
}

const KnownTag& Parser::known(std::string_view tag) {
    if (const auto found = m_tags.find(tag); found != m_tags.end()) return found->second;
    if (m_tags.size() >= static_cast<std::size_t>(kMaxDistinctTags))
        throw Error(ErrorCode::BoundExceeded, {m_file, "different tags", std::to_string(kMaxDistinctTags)});
    KnownTag made;
    const std::string_view trimmed = trimmedSpaces(tag);
    made.isPadded = trimmed.size() != tag.size();
    if (m_options.isLiteral) {
        made.clean = trimmed;
    } else {
        text::CleanTag clean = text::cleanedTag(tag);
        made.clean = std::move(clean.text);
        made.isCleaned = clean.isChanged;
        made.isBilou = clean.isBilou;
    }
    made.isEmpty = made.clean.empty();
    if (made.isEmpty) made.clean = "O";
    made.isUnknown = !isKnownTag(made.clean);
    return m_tags.emplace(tag, std::move(made)).first->second;
}

const std::string& Parser::checkedTag(std::string_view tag, std::string_view whole) {
    const KnownTag& of = known(tag);
    if (of.isEmpty)
        find("empty-tag", whole);
    else if (of.isCleaned)
        find("tag-cleaned", std::string(tag) + " -> " + of.clean);
    else if (of.isPadded)
        find("padded-tag", whole);
    if (of.isBilou) {
        findOnce(m_seenBilou, "scheme-bilou", whole);
        m_summary.evidence.isBilou = true;
    }
    if (of.clean == "O") return of.clean;
    ++m_entityTags;
    if (!of.isUnknown) return of.clean;
    find("unknown-tag", whole);
    if (looksLikeATag(of.clean) && of.clean.size() > 2) return of.clean;  // [CLS] and its like
    if (of.clean == "X") return of.clean;
    if (m_unknownTags++ == 0) {
        m_firstUnknown = m_line;
        m_firstUnknownText = of.clean;
    }
    return of.clean;
}

void Parser::checkOrphan(std::string_view tag, std::string_view whole) {
    if (text::isOrphan(m_lastTag, tag))
        m_orphans.add({"orphan-inside-tag", m_file, m_line, std::string(whole.substr(0, 4 * 200))});
}

void Parser::openPost() {
    m_open = true;
    m_postLine = m_line;
    m_blankRun = 0;
    m_lastTag.clear();
    m_post = Post{};
    m_post.split = m_split.value_or(Split::None);
}

void Parser::nameIt() {
    if (m_made++ == 0) {
        m_madePrefix = m_options.madeIdPrefix ? m_options.madeIdPrefix() : "post-";
        m_firstMadeLine = m_postLine;
    }
    m_post.externalId = m_madePrefix + std::to_string(m_postNumber);
    (m_firstMade.empty() ? m_firstMade : m_lastMade) = m_post.externalId;
}

void Parser::closePost() {
    if (!m_open) return;
    m_open = false;
    ++m_postNumber;
    if (m_post.words.empty()) {
        m_findings.add({"empty-post", m_file, m_postLine, m_post.externalId});
        return;
    }
    if (m_post.externalId.empty())
        nameIt();
    else
        ++m_summary.postsWithImageId;
    m_post.join = guessJoinRule(m_post.words);
    m_summary.evidence.add(m_post.sourceTags);
    ++m_summary.posts;
    m_summary.words += static_cast<int>(m_post.words.size());
    m_sink(std::move(m_post), m_postLine);
}

/// What only the whole file shows: that it is no tagged text after all.
void Parser::checkWhole() {
    if (m_options.encoding.empty() && isOtherEncoding(m_counts)) throwEncoding(m_path, m_broken);
    if (m_tabless * 2 > m_wordLines)
        throw Error(ErrorCode::FormatInvalid,
                    {m_file,
                     std::to_string(m_tabless) + " of " + std::to_string(m_wordLines) +
                         " lines without a column of tags (line " + std::to_string(m_firstTabless) + ": " +
                         printable(m_firstTablessText) + ")",
                     "a word, a tab and its tag on each line"});
    if (m_unknownTags * 2 > m_entityTags)
        throw Error(ErrorCode::LineInvalid,
                    {m_file, std::to_string(m_firstUnknown), "the tag " + printable(m_firstUnknownText),
                     "O, or a prefix with a type such as B-PER"});
}

PostsSummary Parser::finish() {
    if (m_open) find("missing-final-blank-line", "");
    closePost();
    if (!m_options.isLiteral) checkWhole();
    if (m_summary.posts == 0) find("empty-file", "");
    std::set<std::string> tags;
    for (const auto& [spelling, tag] : m_tags) tags.insert(tag.clean);
    m_summary.distinctTags.assign(tags.begin(), tags.end());
    m_summary.scheme = m_summary.evidence.scheme();
    if (m_summary.scheme != text::TagScheme::Iob1) m_findings.append(m_orphans);
    if (m_made > 0)
        m_findings.add(
            {"made-up-ids", m_file, m_firstMadeLine, m_firstMade + (m_lastMade.empty() ? "" : " ... " + m_lastMade)});
    return std::move(m_summary);
}

}  // namespace

PostsSummary readMner(const fs::path& path, const PostSink& sink, Findings& findings, const ProgressSink& progress,
                      std::stop_token stop, const ReadOptions& options) {
    LineReader reader(path, options.encoding);
    Parser parser(path, sink, findings, options);
    if (!options.isLiteral) {
        const std::string_view head = reader.head();
        if (options.encoding.empty() && reader.convertedFrom().empty())
            if (const std::string_view unmarked = unmarkedUtf16(head); !unmarked.empty())
                throw Error(ErrorCode::EncodingUnknown, {path.string(), std::string(unmarked)});
        if (const std::string_view kind = foreignKind(head); !kind.empty())
            throw Error(ErrorCode::FormatInvalid, {path.string(), std::string(kind), "tagged text in UTF-8"});
        // The end of the block may cut a character.
        if (options.encoding.empty() && isOtherEncoding(text::countUtf8(head), reader.isHeadAll() ? 0 : 1))
            throwEncoding(path, head);
        if (!reader.convertedFrom().empty()) parser.foundAtStart("encoding-converted", reader.convertedFrom());
        if (reader.isNameDoubtful()) parser.foundAtStart("encoding-doubtful", options.encoding);
        if (reader.lineEnd() == '\r') parser.foundAtStart("cr-line-ends", {});
        parser.use(layoutOf(head, reader.lineEnd(), reader.isHeadAll(), path));
    }
    while (const auto line = reader.next()) {
        if (line->number % kLinesBetweenPolls == 0) {
            if (stop.stop_requested()) throw Cancelled{};
            report(progress, "reading", reader.bytesRead(), reader.fileBytes());
        }
        parser.line(*line);
    }
    report(progress, "reading", reader.fileBytes(), reader.fileBytes());
    return parser.finish();
}

std::vector<Post> readMnerPosts(const fs::path& path, Findings& findings) {
    std::vector<Post> posts;
    readMner(
        path, [&](Post&& post, int) { posts.push_back(std::move(post)); }, findings);
    return posts;
}

}  // namespace mnerva::formats
