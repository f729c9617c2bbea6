#include "core/workflow/exchange/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/printable.h"
#include "core/base/translatable.h"
#include "core/formats/all.h"
#include "core/formats/crop_dictionary.h"
#include "core/project/project_internal.h"
#include "core/text/utf8.h"
#include "core/vision/picture_header.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

/// The folder with a data set's pictures, as the public data sets lay it out: "images" or "<dataset>_images" beside the
/// file or one or two folders above it.
fs::path guessedImageFolder(const fs::path& file) {
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    const fs::path named = folder.filename().string() + "_images";
    std::error_code ignored;
    for (const fs::path& candidate :
         {folder / "images", folder / named, folder.parent_path() / named, folder.parent_path().parent_path() / named})
        if (fs::is_directory(candidate, ignored)) return candidate;
    return {};
}

class Importer {
public:
    Importer(project::Project* project, const ImportOptions& options, const ProgressSink& progress,
             std::stop_token stop)
        : m_project(project), m_options(options), m_progress(progress), m_stop(std::move(stop)) {}

    ImportReport run() {
        if (!m_options.cropFile.empty()) readCrops();
        if (!m_options.xmlFolder.empty()) m_boxes.emplace(m_options.xmlFolder, m_report.findings);
        if (m_options.files.empty()) {
            giveBoxesToKnownPosts();
            return std::move(m_report);
        }
        for (const fs::path& file : m_options.files) importFile(file);
        finish();
        return std::move(m_report);
    }

private:
    void add(std::string code, const fs::path& file, int line, std::string text) {
        m_report.findings.add({std::move(code), file.string(), line, std::move(text)});
    }

    void readCrops() {
        const formats::Format& format = formats::recognise<formats::CropKind>(m_options.cropFile);
        m_crops.emplace(format.as<formats::CropKind>()->read(m_options.cropFile, m_report.findings));
        if (m_options.cropFolder.empty()) add("no-crop-folder", m_options.cropFile, 0, {});
    }

    /// True when the file's content gave the posts of this split already and is not to be taken again. For another
    /// split it is taken: that two splits hold the same is for the check before training to say.
    bool isKnown(const fs::path& file, Split split) {
        std::error_code ignored;
        if (fs::is_directory(file, ignored)) return false;  // a folder has no digest
        const std::string digest = sha256OfFile(file);
        std::optional<std::string> before;
        if (m_project)
            if (const auto source = m_project->impl().posts.sourceWithDigest(digest, split)) before = source->file;
        const auto [here, isNew] = m_digests.emplace(std::pair(digest, split), file.string());
        if (!before && !isNew) before = here->second;
        if (!before) return false;
        add("already-imported", file, 0, *before);
        return !m_options.importAgain;
    }

    /// Ids for posts that have none: the file's name and a number, under a prefix that no id of the project and no
    /// earlier file of this import has.
    std::string madeIdPrefix(const fs::path& file) {
        std::string stem;
        const std::string name = text::repairedUtf8(file.stem().string());
        for (const char c : text::firstCodePoints(name, 60)) stem += static_cast<unsigned char>(c) <= ' ' ? '_' : c;
        for (int number = 1;; ++number) {
            std::string prefix = stem + (number == 1 ? "" : "-" + std::to_string(number)) + "#";
            if (m_madePrefixes.contains(prefix)) continue;
            if (m_project && m_project->impl().posts.anyIdStartsWith(prefix)) continue;
            m_madePrefixes.insert(prefix);
            m_madePrefix = prefix;
            return prefix;
        }
    }

    void noteId(const Post& post, const fs::path& file, int line) {
        if (m_madePrefixes.empty()) return;
        if (!m_madePrefix.empty() && post.images.empty() && post.externalId.starts_with(m_madePrefix))
            m_madeIds.insert(post.externalId);
        else if (m_madeIds.contains(post.externalId))
            add("made-up-id-taken", file, line, post.externalId);
    }

    const formats::Format& formatOf(const fs::path& file) const {
        if (m_options.format == kAnyFormat) return formats::recognise<formats::PostKind>(file);
        return *formats::find(m_options.format);
    }

    void importFile(const fs::path& file) {
        const std::optional<Split> split = m_options.split ? m_options.split : formats::splitOfFileName(file);
        const formats::Format& format = formatOf(file);
        const formats::PostKind& kind = *format.as<formats::PostKind>();
        m_report.format = format.name;
        if (isKnown(file, split.value_or(Split::None))) return;
        if (!split) add("split-unknown", file, 0, file.filename().string());
        useImageFolder(file);
        const fs::path cropFolder = kind.cropsOf && m_options.cropFolder.empty() ? m_imageFolder : m_options.cropFolder;
        if (cropFolder != m_cropFiles.folder()) {
            m_cropFiles = project::PictureFolder(cropFolder);
            m_cropsSeen.clear();
        }
        if (m_project && !m_options.dryRun) {
            if (m_appender)
                m_appender->startSource(file.string(), m_imageFolder, cropFolder);
            else
                m_appender = m_project->append(file.string(), m_imageFolder, cropFolder);
        }
        const auto take = [&](Post&& post, int line) {
            if (kind.cropsOf) post.crops = kind.cropsOf(post, cropFolder);
            noteId(post, file, line);
            takePost(std::move(post), split.value_or(Split::None), file, line);
        };
        m_madePrefix.clear();
        formats::ReadOptions reading;
        reading.encoding = m_options.encoding;
        reading.madeIdPrefix = [&] { return madeIdPrefix(file); };
        const formats::PostsSummary summary = kind.read(file, take, m_report.findings, m_progress, m_stop, reading);
        m_evidence.merge(summary.evidence);
    }

    void useImageFolder(const fs::path& file) {
        std::error_code ignored;
        m_imageFolder = m_options.imageFolder.empty() ? guessedImageFolder(file) : m_options.imageFolder;
        m_seesImages = fs::is_directory(m_imageFolder, ignored);
        if (m_imageFolder.empty())
            add("no-image-folder", file, 0, {});
        else if (!m_seesImages)
            add("image-folder-missing", file, 0, m_imageFolder.string());
        if (m_imageFolder != m_pictures.folder()) {
            m_isThere.clear();
            m_pictures = project::PictureFolder(m_imageFolder);
        }
    }

    void takePost(Post&& post, Split split, const fs::path& file, int line) {
        post.split = split;
        lookForImages(post, file, line);
        if (m_crops && !post.images.empty()) {
            if (const auto* crops = m_crops->find(post.images.front())) {
                post.crops = *crops;
            } else {
                ++m_report.postsWithoutCropList;
                add("no-crop-list", file, line, post.images.front());
            }
        }
        lookAtCrops(post, file, line);
        const std::vector<Entity> entities = entitiesFromTags(post.sourceTags);
        for (const Entity& entity : entities)
            if (m_report.entitiesOfType[entity.type]++ == 0) m_types.push_back(entity.type);
        ++m_report.posts;
        m_report.words += static_cast<int>(post.words.size());
        m_report.entities += static_cast<int>(entities.size());
        const PostId stored = m_appender ? m_appender->add(post) : PostId{};
        if (m_boxes) {
            const std::optional<PostRegions> boxes = m_boxes->boxesOf(post, entities, m_pictures);
            if (boxes && m_appender) m_appender->addRegions(stored, *boxes);
        }
        if (static_cast<int>(m_report.preview.size()) < m_options.previewPosts)
            m_report.preview.push_back(std::move(post));
    }

    void lookForImages(const Post& post, const fs::path& file, int line) {
        if (!m_seesImages) return;
        for (const std::string& image : post.images) {
            const auto [known, isNew] = m_isThere.try_emplace(image, false);
            if (!isNew) continue;
            const project::PostImage found = m_pictures.find(image);
            known->second = found.exists;
            if (known->second) continue;
            ++m_report.missingImages;
            add(found.outside ? "picture-outside" : "missing-image", file, line, image);
        }
    }

    /// A crop is a part of its picture: one that is missing or larger is told.
    void lookAtCrops(const Post& post, const fs::path& file, int line) {
        if (post.crops.empty() || m_cropFiles.folder().empty() || post.images.empty()) return;
        std::optional<vision::PictureSize> whole;
        bool isAsked = false;
        for (const std::string& crop : post.crops) {
            if (!m_cropsSeen.insert(crop).second) continue;
            const project::PostImage found = m_cropFiles.find(crop);
            if (!found.exists) {
                add(found.outside ? "picture-outside" : "crop-missing", file, line, crop);
                continue;
            }
            if (!std::exchange(isAsked, true)) whole = sizeOf(m_pictures.find(post.images.front()));
            const auto size = whole ? sizeOf(found) : std::nullopt;
            if (size && (size->width > whole->width || size->height > whole->height))
                add("crop-too-large", file, line,
                    fmt::format("{}: {} x {}, the picture has {} x {}", crop, size->width, size->height, whole->width,
                                whole->height));
        }
    }

    static std::optional<vision::PictureSize> sizeOf(const project::PostImage& image) {
        if (!image.exists) return std::nullopt;
        try {
            return vision::peekPictureHeader(image.path).upright();
        } catch (const Error&) {  // told where the picture is used
            return std::nullopt;
        }
    }

    void giveBoxesToKnownPosts() {
        std::vector<std::pair<PostId, PostRegions>> boxes;
        auto& impl = m_project->impl();
        const auto& posts = impl.posts;
        std::map<std::int64_t, std::string> imageFolders;
        for (const store::Source& source : posts.sources()) imageFolders[source.id] = source.imageFolder;
        const int total = posts.count();
        int done = 0;
        posts.each(std::nullopt, [&](const store::StoredPost& stored) {
            if (m_stop.stop_requested()) throw Cancelled{};
            project::PictureFolder& pictures = impl.picturesIn(imageFolders[stored.source]);
            if (auto found = m_boxes->boxesOf(stored.post, entitiesFromTags(stored.post.sourceTags), pictures))
                boxes.emplace_back(stored.post.id, std::move(*found));
            report(m_progress, "reading", ++done, total);
            return true;
        });
        m_report.posts = static_cast<int>(boxes.size());
        m_report.boxes = m_boxes->counts();
        refuseLosses();
        if (m_options.dryRun || boxes.empty()) return;
        report(m_progress, "storing", 0, m_report.posts);
        m_project->storeFileRegions(m_options.xmlFolder, boxes);
        report(m_progress, "storing", m_report.posts, m_report.posts);
    }

    void refuseLosses() const {
        const int losses = lossesIn(m_report.findings);
        if (m_options.strict && losses > 0) throw Error(ErrorCode::ImportTooLossy, {std::to_string(losses)});
    }

    void finish() {
        if (m_boxes) m_report.boxes = m_boxes->counts();
        m_report.scheme = m_evidence.scheme();
        const LabelSet labels = m_project ? m_project->labels() : LabelSet{};
        for (const std::string& type : project::withNewTypes(labels.types, m_types)) {
            if (labels.contains(type)) continue;
            m_report.newTypes.push_back(type);
            if (!labels.types.empty()) add("new-type", m_options.files.front(), 0, type);
        }
        const bool isDecided = m_project && m_project->impl().settings.schemeDecided();
        if (isDecided && m_report.entities > 0 && labels.scheme != m_report.scheme)
            add("scheme-differs", m_options.files.front(), 0, std::string(text::schemeName(m_report.scheme)));
        if (m_stop.stop_requested()) throw Cancelled{};
        refuseLosses();
        if (!m_appender || m_report.posts == 0) return;
        report(m_progress, "storing", 0, m_report.posts);
        if (!isDecided && m_report.entities > 0) m_project->impl().settings.setScheme(m_report.scheme);
        m_appender->commit();
        report(m_progress, "storing", m_report.posts, m_report.posts);
    }

    project::Project* m_project;
    const ImportOptions& m_options;
    const ProgressSink& m_progress;
    std::stop_token m_stop;
    ImportReport m_report;
    std::unique_ptr<project::Project::Appender> m_appender;
    std::optional<formats::CropDictionary> m_crops;
    std::optional<BoxReader> m_boxes;
    fs::path m_imageFolder;
    project::PictureFolder m_pictures{{}}, m_cropFiles{{}};
    bool m_seesImages = false;
    std::unordered_map<std::string, bool> m_isThere;  ///< pictures looked for, so that each is looked for once
    std::map<std::pair<std::string, Split>, std::string> m_digests;  ///< of the files of this import
    text::SchemeEvidence m_evidence;
    std::set<std::string> m_madePrefixes;
    std::string m_madePrefix;  ///< of the file being read; empty: none so far
    std::unordered_set<std::string> m_madeIds;
    std::unordered_set<std::string> m_cropsSeen;
    std::vector<std::string> m_types;  ///< in order of appearance
};

}  // namespace

std::string_view importStageTitle(std::string_view stage) {
    if (stage == "reading") return MNERVA_TEXT("Stage", "Reading");
    if (stage == "storing") return MNERVA_TEXT("Stage", "Storing");
    return stage;
}

bool isLoss(const std::string& code) {
    // Beside those of the readers: what does not fit the posts.
    static constexpr std::array<std::string_view, 8> kOwn{
        "made-up-id-taken", "word-count-differs", "entity-widened",   "entity-unplaced",
        "picture-differs",  "posts-left-over",    "blocks-left-over", "auxiliary-unknown-post"};
    return std::find(kOwn.begin(), kOwn.end(), code) != kOwn.end() || formats::isLossOfReading(code);
}

int lossesIn(const Findings& findings) {
    int losses = 0;
    for (const auto& [code, count] : findings.counts())
        if (isLoss(code)) losses += count;
    return losses;
}

ImportReport importFiles(project::Project* project, const ImportOptions& options, const ProgressSink& progress,
                         std::stop_token stop) {
    MNERVA_CHECK(project || options.dryRun);
    if (options.files.empty() && (options.xmlFolder.empty() || !project))
        throw Error(ErrorCode::OptionInvalid, {"files", "nothing", "at least one file"});
    const formats::Format* named = formats::find(options.format);
    if (options.format != kAnyFormat && (!named || !named->as<formats::PostKind>()))
        throw Error(ErrorCode::OptionInvalid,
                    {"format", options.format, formats::namesOf(formats::ofKind<formats::PostKind>(), kAnyFormat)});
    for (const fs::path& file : options.files) text::requireUtf8Path(fs::absolute(file));
    for (const fs::path& path : {options.imageFolder, options.cropFile, options.cropFolder, options.xmlFolder})
        if (!path.empty()) text::requireUtf8Path(fs::absolute(path));
    if (project && !options.dryRun) project->impl().requireWritable();
    return Importer(project, options, progress, std::move(stop)).run();
}

}  // namespace mnerva::workflow
