#include "core/formats/umgf_reader.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/translatable.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kWordsEnd = "_s.txt";
constexpr std::uint64_t kMostPostBytes = std::uint64_t{1} << 20;  // of a post's file; real ones have some hundred

/// The number before the ending of a words file; nothing for other files.
std::optional<long> numberOf(const fs::path& path) {
    const std::string name = path.filename().string();
    if (!name.ends_with(kWordsEnd) || name.size() == kWordsEnd.size()) return std::nullopt;
    long number = 0;
    const char* end = name.data() + name.size() - kWordsEnd.size();
    const auto [stop, failed] = std::from_chars(name.data(), end, number);
    if (failed != std::errc() || stop != end || number < 0) return std::nullopt;
    return number;
}

std::vector<std::string> fieldsOf(std::string_view line) {
    std::vector<std::string> fields;
    if (line.empty()) return fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        fields.emplace_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return fields;
}

class UmgfReader {
public:
    UmgfReader(const fs::path& folder, const PostSink& sink, Findings& findings, const ReadOptions& options)
        : m_folder(folder), m_sink(sink), m_findings(findings), m_options(options) {}

    PostsSummary read(const ProgressSink& progress, const std::stop_token& stop) {
        std::error_code failed;
        if (!fs::is_directory(m_folder, failed)) throw Error(ErrorCode::FileMissing, {m_folder.string()});
        std::map<long, fs::path> posts;
        for (fs::directory_iterator it(m_folder, failed), end; !failed && it != end; it.increment(failed))
            if (const auto number = numberOf(it->path())) posts.emplace(*number, it->path());
        if (failed) throw Error(ErrorCode::FileUnreadable, {m_folder.string(), failed.message()});
        if (posts.empty()) find("empty-file", m_folder, {});
        std::int64_t done = 0;
        for (const auto& [number, words] : posts) {
            if (stop.stop_requested()) throw Cancelled{};
            readPost(number, words);
            report(progress, "reading", ++done, static_cast<std::int64_t>(posts.size()));
        }
        m_summary.distinctTags.assign(m_tags.begin(), m_tags.end());
        m_summary.scheme = m_summary.evidence.scheme();
        if (!m_firstMade.empty())
            find("made-up-ids", m_folder, m_firstMade + (m_lastMade.empty() ? "" : " ... " + m_lastMade));
        return std::move(m_summary);
    }

private:
    void find(const char* code, const fs::path& file, std::string text) {
        m_findings.add({code, file.string(), 1, std::move(text)});
    }

    /// The one line of a file, without its end.
    std::string lineOf(const fs::path& file) {
        std::string bytes = readFile(file, kMostPostBytes);
        std::string line = text::repairedUtf8(bytes);
        if (line != bytes) find("invalid-utf8", file, {});
        if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
        std::replace_if(
            line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, '\t');
        return line;
    }

    std::optional<std::string> partOf(long number, const char* end) {
        const fs::path file = m_folder / (std::to_string(number) + end);
        std::error_code failed;
        if (fs::is_regular_file(file, failed)) return lineOf(file);
        find("umgf-part-missing", file, {});
        return std::nullopt;
    }

    void readPost(long number, const fs::path& wordsFile) {
        Post post;
        post.words = fieldsOf(lineOf(wordsFile));
        if (post.words.empty()) return find("empty-post", wordsFile, {});
        if (std::find(post.words.begin(), post.words.end(), "") != post.words.end()) find("empty-word", wordsFile, {});
        post.sourceTags = fieldsOf(partOf(number, "_l.txt").value_or(std::string()));
        if (post.sourceTags.size() != post.words.size() && !post.sourceTags.empty())
            find("tag-count-differs", wordsFile,
                 std::to_string(post.words.size()) + " words, " + std::to_string(post.sourceTags.size()) + " tags");
        post.sourceTags.resize(post.words.size(), "O");
        for (std::string& tag : post.sourceTags) takeTag(tag, wordsFile);
        m_summary.evidence.add(post.sourceTags);
        nameIt(post, number);
        post.join = guessJoinRule(post.words);
        ++m_summary.posts;
        ++m_summary.lines;
        m_summary.words += static_cast<int>(post.words.size());
        m_sink(std::move(post), 1);
    }

    void takeTag(std::string& tag, const fs::path& wordsFile) {
        text::CleanTag clean = text::cleanedTag(tag);
        if (clean.isChanged) find("tag-cleaned", wordsFile, tag + " -> " + clean.text);
        if (clean.isBilou && !std::exchange(m_summary.evidence.isBilou, true)) find("scheme-bilou", wordsFile, tag);
        tag = std::move(clean.text);
        if (!isKnownTag(tag)) find("unknown-tag", wordsFile, tag);
        if (tag.empty()) tag = "O";
        m_tags.insert(tag);
        if (m_tags.size() > static_cast<std::size_t>(kMaxDistinctTags))
            throw Error(ErrorCode::BoundExceeded,
                        {m_folder.string(), "different tags", std::to_string(kMaxDistinctTags)});
    }

    void nameIt(Post& post, long number) {
        std::string id = partOf(number, "_p.txt").value_or(std::string());
        std::erase(id, '\t');
        if (id.empty()) {
            if (m_firstMade.empty()) m_prefix = m_options.madeIdPrefix ? m_options.madeIdPrefix() : "post-";
            post.externalId = m_prefix + std::to_string(number);
            (m_firstMade.empty() ? m_firstMade : m_lastMade) = post.externalId;
            return;
        }
        const bool hasExtension = id.ends_with(".jpg") || id.ends_with(".png") || id.ends_with(".jpeg");
        post.externalId = hasExtension ? fs::path(id).stem().string() : id;
        ++m_summary.postsWithImageId;
        const std::string image = hasExtension ? id : id + ".jpg";
        if (staysInside(image))
            post.images.push_back(image);
        else
            find("unsafe-path", m_folder / (std::to_string(number) + "_p.txt"), id);
    }

    fs::path m_folder;
    const PostSink& m_sink;
    Findings& m_findings;
    const ReadOptions& m_options;
    PostsSummary m_summary;
    std::string m_prefix, m_firstMade, m_lastMade;
    std::set<std::string> m_tags;
};

}  // namespace

bool isUmgfFolder(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) return false;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
        if (numberOf(it->path())) return true;
    return false;
}

PostsSummary readUmgf(const fs::path& folder, const PostSink& sink, Findings& findings, const ProgressSink& progress,
                      std::stop_token stop, const ReadOptions& options) {
    return UmgfReader(folder, sink, findings, options).read(progress, stop);
}

std::vector<std::string> umgfCrops(const Post& post, const fs::path& folder) {
    std::vector<std::string> crops;
    if (folder.empty() || post.images.empty()) return crops;
    std::error_code ignored;
    for (const char* kind : {"person", "miscellaneous", "location", "organization"}) {
        const std::string name = post.externalId + "/crop_" + kind + "_" + post.externalId + ".jpg";
        if (staysInside(name) && fs::exists(folder / name, ignored)) crops.push_back(name);
    }
    return crops;
}

Format umgfFormat() {
    Format format;
    format.name = "umgf";
    format.title = MNERVA_TEXT("Format", "UMGF (a folder of three files a post)");
    format.help = "folders of per-post files";
    format.isFolder = true;
    format.sniff = [](const Candidate& candidate) { return candidate.isFolder && isUmgfFolder(candidate.path); };
    format.lossyFindings = {"unknown-tag", "tag-count-differs", "umgf-part-missing", "empty-post",
                            "empty-file",  "invalid-utf8",      "unsafe-path"};
    PostKind kind;
    kind.read = readUmgf;
    kind.cropsOf = umgfCrops;
    format.kind = std::move(kind);
    return format;
}

}  // namespace mnerva::formats
