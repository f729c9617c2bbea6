#include "core/workflow/exchange/export.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/error.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"
#include "core/project/project_internal.h"
#include "core/text/utf8.h"
#include "core/workflow/exchange/import.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

constexpr int kSampleLines = 60;
constexpr int kPostsBetweenStopChecks = 256;
constexpr const char* kWindowPredictions = "predictions-project.jsonl";  // in a run's folder, fetched by the window

/// A number that two posts with different ids, words or tags will hardly share.
std::size_t digestOf(const Post& post, const std::vector<std::string>& tags, bool auxiliary) {
    std::string bytes;
    formats::appendMnerPost(bytes, post, tags, auxiliary);
    return std::hash<std::string>{}(bytes);
}

bool startsInside(const std::string& tag) {
    const std::string_view prefix = text::splitTag(tag).prefix;
    return prefix == "I" || prefix == "M" || prefix == "E";
}

/// One file to write, or to pretend to.
struct Target {
    Split split;
    fs::path path;
    std::unique_ptr<formats::MnerWriter> writer;
    std::vector<std::size_t> digests;  ///< of the posts written
    int line = 1;
};

class Exporter {
public:
    Exporter(const project::Project& project, const ExportOptions& options, const ProgressSink& progress,
             std::stop_token stop)
        : m_impl(project.impl()), m_options(options), m_progress(progress), m_stop(std::move(stop)) {
        m_snapshot = project.holdSnapshot();
        const LabelSet labels = project.labels();
        m_scheme = options.scheme.value_or(labels.scheme);
        // A scheme that is asked for by name is what every post gets, also one whose file had another one.
        m_converts = options.scheme.has_value();
        m_isRun = m_impl.layerOrThrow(options.layer).kind == "run";
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
                target.writer = std::make_unique<formats::MnerWriter>(target.path, m_options.auxiliary);
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
                target.writer->finish();
                readAgain(target);
            }
            for (Target& target : m_targets) target.writer->commit();
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
        for (const auto& [split, count] : m_postsOf) {
            Target target{split, isFolder ? out / (std::string(splitName(split)) + ".txt") : out, nullptr, {}, 1};
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
        m_withStatus += post.status != PostStatus::Open;
        m_withOtherImages +=
            post.images.size() > 1 || (post.images.size() == 1 && post.images[0] != post.externalId + ".jpg");
        m_withCrops += !post.crops.empty();
        m_withConfidence += m_isRun && !entities.empty();
        ++m_report.posts;
        m_report.words += static_cast<int>(post.words.size());
        m_report.entities += static_cast<int>(entities.size());
        target.digests.push_back(digestOf(post, tags, m_options.auxiliary));
        if (target.writer) target.writer->add(post, tags);
        addToSample(post, tags);
        target.line += static_cast<int>(post.words.size()) + 2 + auxiliaryLines(post);
    }

    int auxiliaryLines(const Post& post) {
        if (post.auxiliary.empty()) return 0;
        if (!m_options.auxiliary) {
            ++m_withAuxiliary;
            return 0;
        }
        std::size_t lines = 1;
        for (const AuxiliaryText& text : post.auxiliary) lines += text.words.size();
        return static_cast<int>(lines);
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
            if (startsInside(post.sourceTags[first]) && post.sourceTags[first] != tags[first])
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

    void addCount(const char* code, int count) {
        if (count > 0) m_report.findings.add({code, m_options.target.string(), 0, std::to_string(count)});
    }

    void addSummaryFindings() {
        addCount("misc-written-as-other", m_spelledOther);
        addCount("status-not-kept", m_withStatus);
        addCount("images-not-kept", m_withOtherImages);
        addCount("crops-not-kept", m_withCrops);
        addCount("auxiliary-not-kept", m_withAuxiliary);
        addCount("confidence-not-kept", m_withConfidence);
        addCount("not-in-layer", m_leftOut);
        m_report.findings.append(m_impl.connection->oddRows());
    }

    void addToSample(const Post& post, const std::vector<std::string>& tags) {
        if (m_sampleLines >= kSampleLines) return;
        std::string text;
        formats::appendMnerPost(text, post, tags, m_options.auxiliary);
        for (std::size_t begin = 0; begin < text.size() && m_sampleLines < kSampleLines; ++m_sampleLines) {
            const std::size_t end = text.find('\n', begin) + 1;
            m_report.sample += text.substr(begin, end - begin);
            begin = end;
        }
    }

    /// The words themselves can break the format ("IMGID:7" as a word): then the old file stays.
    void readAgain(const Target& target) {
        std::size_t next = 0;
        std::string differs;
        Findings ofReader;  // what the words themselves hold was reported when they were imported
        const auto compare = [&](Post&& post, int line) {
            const bool isSame = next < target.digests.size() &&
                                digestOf(post, post.sourceTags, m_options.auxiliary) == target.digests[next];
            if (!isSame && differs.empty())
                differs = "read again, post " + post.externalId + " (line " + std::to_string(line) +
                          ") would not be what it is";
            ++next;
        };
        formats::MnerOptions reading;
        reading.isLiteral = true;
        formats::readMner(target.writer->temporaryPath(), compare, ofReader, {}, m_stop, reading);
        if (differs.empty() && next != target.digests.size())
            differs = "read again, there would be " + std::to_string(next) + " posts in place of " +
                      std::to_string(target.digests.size());
        if (!differs.empty()) throw Error(ErrorCode::FileUnwritable, {target.path.string(), differs});
    }

    project::Project::Impl& m_impl;
    const ExportOptions& m_options;
    const ProgressSink& m_progress;
    std::stop_token m_stop;
    std::shared_ptr<void> m_snapshot;
    text::TagScheme m_scheme = text::TagScheme::Bio;
    bool m_converts = false, m_isRun = false, m_saysOther = false;
    std::map<Split, int> m_postsOf;
    std::vector<Target> m_targets;
    ExportReport m_report;
    int m_sampleLines = 0, m_spelledOther = 0, m_withStatus = 0, m_withOtherImages = 0, m_withCrops = 0;
    int m_withConfidence = 0, m_leftOut = 0, m_withAuxiliary = 0;
};

void checkFormat(const ExportOptions& options) {
    if (options.format != "mner") throw Error(ErrorCode::OptionInvalid, {"format", options.format, "mner"});
}

}  // namespace

ExportReport previewExport(const project::Project& project, const ExportOptions& options, std::stop_token stop) {
    checkFormat(options);
    return Exporter(project, options, {}, std::move(stop)).run(false, project);
}

ExportReport exportProject(const project::Project& project, const ExportOptions& options, const ProgressSink& progress,
                           std::stop_token stop) {
    checkFormat(options);
    return Exporter(project, options, progress, std::move(stop)).run(true, project);
}

std::vector<fs::path> exportTargets(const project::Project& project, const ExportOptions& options) {
    checkFormat(options);
    return Exporter(project, options, {}, {}).targets();
}

TargetState stateOfTargets(const project::Project& project, const std::vector<fs::path>& targets) {
    TargetState state;
    const std::vector<store::Source> sources = project.impl().posts.sources();
    for (const fs::path& target : targets) {
        std::error_code failed;
        if (!fs::exists(fs::symlink_status(target, failed))) continue;
        state.existing.push_back(target);
        for (const store::Source& source : sources)
            if (fs::equivalent(source.file, target, failed)) {
                state.imported.push_back(target);
                break;
            }
    }
    return state;
}

namespace {

/// True where a folder on the way to `path` is a project's: nothing in it is written by an export.
bool isInsideAProject(const fs::path& path) {
    std::error_code failed;
    // Both ways: as the path says and as its links lead.
    for (fs::path at : {fs::absolute(path, failed).lexically_normal(), fs::weakly_canonical(path, failed)}) {
        for (at = at.parent_path(); !at.empty(); at = at.parent_path()) {
            if (fs::exists(fs::symlink_status(at / project::kProjectFile, failed))) return true;
            if (at == at.parent_path()) break;
        }
    }
    return false;
}

}  // namespace

void requireFreeFiles(const std::vector<fs::path>& files, bool replace) {
    std::string there;
    std::set<fs::path> seen;
    for (const fs::path& file : files) {
        if (file.empty()) continue;
        std::error_code failed;
        fs::path followed = fs::weakly_canonical(file, failed);
        if (failed) followed = fs::absolute(file, failed).lexically_normal();
        if (!seen.insert(followed).second)
            throw Error(ErrorCode::OptionInvalid, {"output", file.string(), "a file of its own for each"});
        if (!fs::exists(fs::symlink_status(file, failed))) continue;
        if (isInsideAProject(file)) {
            if (file.filename() == kWindowPredictions) continue;
            throw Error(ErrorCode::FileProtected, {file.string()});
        }
        there += (there.empty() ? "" : ", ") + file.string();
    }
    if (!replace && !there.empty()) throw Error(ErrorCode::FileExists, {there});
}

void requireFreeTargets(const project::Project& project, const std::vector<fs::path>& targets, bool replace) {
    for (const fs::path& target : targets) {
        text::requireUtf8Path(target);
        if (isInsideAProject(target)) throw Error(ErrorCode::FileProtected, {target.string()});
    }
    if (replace) return;
    std::string names;
    for (const fs::path& path : stateOfTargets(project, targets).existing)
        names += (names.empty() ? "" : ", ") + path.string();
    if (!names.empty()) throw Error(ErrorCode::FileExists, {names});
}

}  // namespace mnerva::workflow
