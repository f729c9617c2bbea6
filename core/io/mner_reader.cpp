#include "core/io/mner_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/line_reader.h"
#include "core/text/utf8.h"

namespace mnerva::io {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kImgid = "IMGID:";
constexpr int kLinesBetweenPolls = 2048;

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

/// Says what a file is that cannot be tagged text, from its first bytes; empty for text.
std::string_view foreignKind(std::string_view head) {
    struct Magic {
        std::string_view bytes, kind;
    };
    static constexpr std::array kMagics{
        Magic{"PK\x03\x04", "a zip archive"}, Magic{"\x1f\x8b", "a gzip file"},
        Magic{"\x89PNG", "a PNG picture"},    Magic{"\xff\xd8\xff", "a JPEG picture"},
        Magic{"%PDF-", "a PDF document"},     Magic{"SQLite format 3", "a database"},
        Magic{"\xff\xfe", "UTF-16 text"},     Magic{"\xfe\xff", "UTF-16 text"},
        Magic{"\x80\x02", "a Python pickle"},
    };
    for (const Magic& magic : kMagics)
        if (head.substr(0, magic.bytes.size()) == magic.bytes) return magic.kind;
    // A stray NUL is odd text; many of them are another kind of file.
    const auto zeros = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
    return zeros > 1 && zeros * 50 > head.size() ? "binary data" : std::string_view();
}

/// The state of reading one file.
class Parser {
public:
    Parser(const fs::path& path, const PostSink& sink, Findings& findings)
        : m_file(path.string()), m_sink(sink), m_findings(findings), m_split(splitOfFileName(path)) {
        m_scratch.reserve(256);
    }

    void line(const LineReader::Line& line);
    MnerSummary finish();

private:
    enum class Before { Start, Blank, Imgid, Word };

    void blank();
    void imgidLine(std::string_view text);
    void wordLine(std::string_view text);
    void addWord(std::string_view word, std::string_view tag, std::string_view whole);
    bool takesAuxiliary(std::string_view word, std::string_view tag, std::string_view whole);
    std::string_view checkedTag(std::string_view tag, std::string_view whole);
    void noteTag(std::string_view tag);
    void checkOrphan(std::string_view tag, std::string_view whole);
    void openPost();
    void closePost();
    void find(std::string_view code, std::string_view text) {
        m_findings.add({std::string(code), m_file, m_line, std::string(text.substr(0, 4 * 200))});
    }
    void findOnce(bool& seen, std::string_view code, std::string_view text) {
        if (!seen) find(code, text);
        seen = true;
    }

    std::string m_file;
    const PostSink& m_sink;
    Findings& m_findings;
    std::optional<Split> m_split;
    MnerSummary m_summary;
    Post m_post;
    bool m_open = false;
    int m_postLine = 0;
    int m_line = 0;
    int m_blankRun = 0;
    int m_postNumber = 0;
    Before m_before = Before::Start;
    bool m_seenImgid = false, m_seenCrlf = false;
    std::string m_scratch;
    std::string m_lastTag;  ///< of the open post, for orphans; empty at its start
    std::set<std::string, std::less<>> m_tags;
    std::unordered_set<std::size_t> m_idHashes;
};

void Parser::line(const LineReader::Line& given) {
    std::string_view text = given.text;
    m_line = given.number;
    m_summary.lines = given.number;
    if (m_line == 1 && text.substr(0, 3) == "\xEF\xBB\xBF") {
        find("bom", "");
        text.remove_prefix(3);
    }
    if (!text.empty() && text.back() == '\r') {
        text.remove_suffix(1);
        findOnce(m_seenCrlf, "crlf", text);
    }
    if (given.cut) find("line-too-long", text);
    if (!text::isValidUtf8(text)) {
        m_scratch = text::repairedUtf8(text);
        text = m_scratch;
        find("invalid-utf8", text);
    }
    if (text.empty()) return blank();
    if (text.find_first_not_of(' ') == text.npos) {
        find("white-space-line", text);
        return blank();
    }
    if (text.substr(0, kImgid.size()) == kImgid) return imgidLine(text);
    wordLine(text);
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

void Parser::wordLine(std::string_view text) {
    if (!m_open) {
        openPost();
        find(m_seenImgid ? "missing-imgid" : "words-before-imgid", text);
    }
    m_before = Before::Word;
    m_blankRun = 0;
    const std::size_t firstTab = text.find('\t');
    if (firstTab == text.npos) {
        find("tabless-line", text);
        return addWord(text, "O", text);
    }
    const std::size_t lastTab = text.rfind('\t');
    if (lastTab != firstTab) find("extra-tabs", text);
    addWord(text.substr(0, firstTab), text.substr(lastTab + 1), text);
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
    if (takesAuxiliary(word, tag, whole)) return;
    if (word.empty() || word.find_first_not_of(' ') == word.npos) find("empty-word", whole);
    tag = checkedTag(tag, whole);
    checkOrphan(tag, whole);
    noteTag(tag);
    m_post.words.emplace_back(word);
    m_post.sourceTags.emplace_back(tag);
    m_lastTag = tag;
}

std::string_view Parser::checkedTag(std::string_view tag, std::string_view whole) {
    const std::string_view trimmed = trimmedSpaces(tag);
    if (trimmed.empty()) {
        find("empty-tag", whole);
        return "O";
    }
    if (trimmed.size() != tag.size()) find("padded-tag", whole);
    if (!isKnownTag(trimmed)) find("unknown-tag", whole);
    return trimmed;
}

void Parser::noteTag(std::string_view tag) {
    if (m_tags.find(tag) == m_tags.end()) m_tags.emplace(tag);
}

void Parser::checkOrphan(std::string_view tag, std::string_view whole) {
    if (tag.size() < 3 || tag[1] != '-' || (tag[0] != 'I' && tag[0] != 'M' && tag[0] != 'E')) return;
    const bool continues = m_lastTag.size() == tag.size() && m_lastTag[1] == '-' && m_lastTag[0] != 'E' &&
                           m_lastTag[0] != 'S' && m_lastTag[0] != 'O' &&
                           std::string_view(m_lastTag).substr(2) == tag.substr(2);
    if (!continues) find("orphan-inside-tag", whole);
}

void Parser::openPost() {
    m_open = true;
    m_postLine = m_line;
    m_blankRun = 0;
    m_lastTag.clear();
    m_post = Post{};
    m_post.split = m_split.value_or(Split::None);
}

void Parser::closePost() {
    if (!m_open) return;
    m_open = false;
    ++m_postNumber;
    if (m_post.words.empty()) {
        m_findings.add({"empty-post", m_file, m_postLine, m_post.externalId});
        return;
    }
    if (!m_post.externalId.empty()) ++m_summary.postsWithImageId;
    if (m_post.externalId.empty()) m_post.externalId = "post-" + std::to_string(m_postNumber);
    m_post.join = guessJoinRule(m_post.words);
    ++m_summary.posts;
    m_summary.words += static_cast<int>(m_post.words.size());
    m_sink(std::move(m_post), m_postLine);
}

MnerSummary Parser::finish() {
    if (m_open) find("missing-final-blank-line", "");
    closePost();
    if (m_summary.posts == 0) find("empty-file", "");
    m_summary.distinctTags.assign(m_tags.begin(), m_tags.end());
    m_summary.scheme = text::guessScheme(m_summary.distinctTags);
    return std::move(m_summary);
}

}  // namespace

bool isKnownTag(std::string_view tag) {
    if (tag == "O") return true;
    if (tag.size() < 3 || tag[1] != '-') return false;
    if (std::string_view("BMIES").find(tag[0]) == std::string_view::npos) return false;
    return std::none_of(tag.begin(), tag.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

std::optional<Split> splitOfFileName(const fs::path& path) {
    std::string name = path.stem().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    struct Word {
        std::string_view word;
        Split split;
    };
    static constexpr std::array kWords{Word{"train", Split::Train}, Word{"valid", Split::Valid},
                                       Word{"dev", Split::Valid}, Word{"val", Split::Valid}, Word{"test", Split::Test}};
    for (const Word& w : kWords)
        if (name.find(w.word) != name.npos) return w.split;
    return std::nullopt;
}

MnerSummary readMner(const fs::path& path, const PostSink& sink, Findings& findings, const ProgressSink& progress,
                     std::stop_token stop) {
    LineReader reader(path);
    if (const std::string_view kind = foreignKind(reader.head()); !kind.empty())
        throw Error(ErrorCode::FormatInvalid, {path.string(), std::string(kind), "tagged text in UTF-8"});
    Parser parser(path, sink, findings);
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

}  // namespace mnerva::io
