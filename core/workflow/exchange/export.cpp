#include "core/workflow/exchange/export.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <unordered_set>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/all.h"
#include "core/project/project_internal.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

constexpr int kSampleLines = 60;
constexpr int kPostsBetweenStopChecks = 256;

const formats::Format& formatOf(const ExportOptions& options) {
    const std::vector<const formats::Format*> written = formats::writtenOfKind<formats::PostKind>();
    for (const formats::Format* format : written)
        if (options.format.empty() || format->name == options.format) return *format;
    throw Error(ErrorCode::OptionInvalid, {"format", options.format, formats::namesOf(written)});
}

/// One file to write, or to pretend to.
struct Target {
    Split split;
    fs::path path;
    std::unique_ptr<AtomicFile> file;
    std::vector<std::size_t> digests;  ///< of the bytes of the posts written: two posts will hardly share one
    int line = 1;
};

class Exporter {
public:
    Exporter(const project::Project& project, const ExportOptions& options, const ProgressSink& progress,
             std::stop_token stop)
        : m_impl(project.impl()),
          m_options(options),
          m_format(formatOf(options)),
          m_kind(*m_format.as<formats::PostKind>()),
          m_lost(m_kind.losses.size(), 0),
          m_progress(progress),
          m_stop(std::move(stop)) {
        m_snapshot = project.holdSnapshot();
        m_writing.auxiliary = options.auxiliary;
        const LabelSet labels = project.labels();
        m_scheme = options.scheme.value_or(labels.scheme);
        // A scheme that is asked for by name is what every post gets, also one whose file had another one.
        m_converts = options.scheme.has_value();
        m_isRun = m_impl.layerOrThrow(options.layer).isPartial();
        m_impl.regions.eachId([this](PostId post, RegionId) { m_boxed.insert(post); });
        for (const auto& [post, count] :
             m_impl.comments.counts(PostId{}, PostId{std::numeric_limits<std::int64_t>::max()}))
            m_commented.insert(post);
        m_saysOther = m_impl.posts.anyTagHolds("-OTHER");
        for (const auto& [split, count] : project.info().postsOfSplit)
            if (!options.split || *options.split == split) m_postsOf[split] = count;
    }

    std::vector<fs::path> targets() {
        chooseTargets();
        std::vector<fs::path> paths;
        for (const Target& target : m_targets) paths.push_back(target.path);
        return paths;
    }

    ExportReport run(bool writes, const project::Project& project) {
        const std::vector<fs::path> paths = targets();
        if (writes) requireFreeTargets(project, paths, m_options.replace);
        for (Target& target : m_targets) {
            if (writes) {
                makeFolder(target.path.parent_path());
                target.file = std::make_unique<AtomicFile>(target.path);
            }
            project::eachInLayer(m_impl, m_options.layer, target.split,
                                 [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                                     takePost(target, stored, entities, isCovered);
                                     return true;
                                 });
            m_report.files.emplace_back(target.path, static_cast<int>(target.digests.size()));
        }
        if (m_report.posts == 0) throw Error(ErrorCode::SplitEmpty, {splitText()});
        addSummaryFindings();
        if (writes) {
            for (const Target& target : m_targets) {
                target.file->finish();
                readAgain(target);
            }
            for (Target& target : m_targets) target.file->commit();
        }
        return std::move(m_report);
    }

private:
    std::string splitText() const { return m_options.split ? std::string(splitName(*m_options.split)) : "all"; }

    void chooseTargets() {
        if (m_postsOf.empty()) throw Error(ErrorCode::SplitEmpty, {splitText()});
        std::error_code ignored;
        const fs::path& out = m_options.target;
        const bool isFolder = fs::is_directory(out, ignored) || (!m_options.split && out.extension().empty());
        if (m_postsOf.size() > 1 && (!isFolder || fs::is_regular_file(out, ignored)))
            throw Error(ErrorCode::OptionInvalid, {"target", out.string(), "a folder, as several splits are written"});
        const std::string ending(m_format.files.front().ending);
        for (const auto& [split, count] : m_postsOf) {
            Target target{split, isFolder ? out / (std::string(splitName(split)) + ending) : out, nullptr, {}, 1};
            target.digests.reserve(static_cast<std::size_t>(count));
            m_targets.push_back(std::move(target));
        }
    }

    void makeFolder(const fs::path& folder) {
        std::error_code failed;
        if (!folder.empty()) fs::create_directories(folder, failed);
        if (failed) throw Error(ErrorCode::FileUnwritable, {folder.string(), failed.message()});
    }

    void takePost(Target& target, const store::StoredPost& stored, const std::vector<Entity>& entities,
                  bool isCovered) {
        if (m_report.posts % kPostsBetweenStopChecks == 0) {
            if (m_stop.stop_requested()) throw Cancelled{};
            report(m_progress, "writing", m_report.posts, 0);
        }
        if (m_isRun && !isCovered) {
            ++m_leftOut;
            return;
        }
        const Post& post = stored.post;
        const bool isTouched = m_options.layer == "corrected" && isCovered;
        std::vector<std::string> tags = project::tagsInLayer(stored, entities, m_options.layer, isCovered, m_scheme);
        if (m_converts || isTouched || m_isRun) tags = rewritten(target, post, entities);
        m_report.correctedPosts += isTouched;
        const formats::Outgoing outgoing{post, m_isRun && !entities.empty(), m_writing, m_boxed.contains(post.id),
                                         m_commented.contains(post.id)};
        for (std::size_t i = 0; i < m_lost.size(); ++i) m_lost[i] += m_kind.losses[i].isLost(outgoing);
        ++m_report.posts;
        m_report.words += static_cast<int>(post.words.size());
        m_report.entities += static_cast<int>(entities.size());
        m_bytes.clear();
        m_kind.append(m_bytes, post, tags, m_writing);
        target.digests.push_back(std::hash<std::string>{}(m_bytes));
        if (target.file) target.file->write(m_bytes);
        addToSample();
        target.line += static_cast<int>(std::count(m_bytes.begin(), m_bytes.end(), '\n'));
    }

    /// Tags made of the entities, in the spelling of the project's files; says what of the source tags gets lost.
    std::vector<std::string> rewritten(const Target& target, const Post& post, const std::vector<Entity>& entities) {
        std::vector<Entity> spelled = entities;
        for (Entity& entity : spelled) {
            if (!m_saysOther || entity.type != "MISC") continue;
            entity.type = "OTHER";
            ++m_spelledOther;
        }
        std::vector<std::string> tags = tagsFromEntities(spelled, static_cast<int>(post.words.size()), m_scheme);
        if (m_isRun || post.sourceTags.empty()) return tags;
        for (const Entity& gold : entitiesFromTags(post.sourceTags)) {
            const auto first = static_cast<std::size_t>(gold.first);
            const std::string_view before =
                first > 0 ? std::string_view(post.sourceTags[first - 1]) : std::string_view();
            if (text::isOrphan(before, post.sourceTags[first]) && post.sourceTags[first] != tags[first])
                add("rewritten-orphan-tag", target, first, post.sourceTags[first] + " -> " + tags[first]);
        }
        for (std::size_t i = 0; i < tags.size(); ++i)
            if (tags[i] != post.sourceTags[i] && post.sourceTags[i] != "O" && !formats::isKnownTag(post.sourceTags[i]))
                add("rewritten-special-tag", target, i, post.sourceTags[i] + " -> " + tags[i]);
        return tags;
    }

    void add(std::string code, const Target& target, std::size_t word, std::string text) {
        m_report.findings.add(
            {std::move(code), target.path.string(), target.line + 1 + static_cast<int>(word), std::move(text)});
    }

    void addCount(std::string code, int count) {
        if (count > 0) m_report.findings.add({std::move(code), m_options.target.string(), 0, std::to_string(count)});
    }

    void addSummaryFindings() {
        addCount("misc-written-as-other", m_spelledOther);
        for (std::size_t i = 0; i < m_lost.size(); ++i) addCount(std::string(m_kind.losses[i].code), m_lost[i]);
        addCount("not-in-layer", m_leftOut);
        m_report.findings.append(m_impl.connection->oddRows());
    }

    void addToSample() {
        for (std::size_t begin = 0; begin < m_bytes.size() && m_sampleLines < kSampleLines; ++m_sampleLines) {
            const std::size_t end = m_bytes.find('\n', begin) + 1;
            m_report.sample += m_bytes.substr(begin, end - begin);
            begin = end;
        }
    }

    /// The words themselves can break the format ("IMGID:7" as a word): then the old file stays.
    void readAgain(const Target& target) {
        std::size_t next = 0;
        std::string differs;
        Findings ofReader;  // what the words themselves hold was reported when they were imported
        const auto compare = [&](Post&& post, int line) {
            m_bytes.clear();
            m_kind.append(m_bytes, post, post.sourceTags, m_writing);
            const bool isSame =
                next < target.digests.size() && std::hash<std::string>{}(m_bytes) == target.digests[next];
            if (!isSame && differs.empty())
                differs = "read again, post " + post.externalId + " (line " + std::to_string(line) +
                          ") would not be what it is";
            ++next;
        };
        formats::ReadOptions reading;
        reading.isLiteral = true;
        m_kind.read(target.file->temporaryPath(), compare, ofReader, {}, m_stop, reading);
        if (differs.empty() && next != target.digests.size())
            differs = "read again, there would be " + std::to_string(next) + " posts in place of " +
                      std::to_string(target.digests.size());
        if (!differs.empty()) throw Error(ErrorCode::FileUnwritable, {target.path.string(), differs});
    }

    project::Project::Impl& m_impl;
    const ExportOptions& m_options;
    const formats::Format& m_format;
    const formats::PostKind& m_kind;
    std::vector<int> m_lost;  ///< posts, for each of the format's losses
    const ProgressSink& m_progress;
    std::stop_token m_stop;
    std::shared_ptr<void> m_snapshot;
    formats::WriteOptions m_writing;
    text::TagScheme m_scheme = text::TagScheme::Bio;
    bool m_converts = false, m_isRun = false, m_saysOther = false;
    std::map<Split, int> m_postsOf;
    std::unordered_set<PostId> m_boxed;      ///< posts with a box in their pictures
    std::unordered_set<PostId> m_commented;  ///< posts that somebody wrote about
    std::vector<Target> m_targets;
    ExportReport m_report;
    std::string m_bytes;  ///< of the post at hand
    int m_sampleLines = 0, m_spelledOther = 0, m_leftOut = 0;
};

}  // namespace

ExportReport previewExport(const project::Project& project, const ExportOptions& options, std::stop_token stop) {
    return Exporter(project, options, {}, std::move(stop)).run(false, project);
}

ExportReport exportProject(const project::Project& project, const ExportOptions& options, const ProgressSink& progress,
                           std::stop_token stop) {
    return Exporter(project, options, progress, std::move(stop)).run(true, project);
}

std::vector<fs::path> exportTargets(const project::Project& project, const ExportOptions& options) {
    return Exporter(project, options, {}, {}).targets();
}

}  // namespace mnerva::workflow
