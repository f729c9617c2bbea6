#include "core/workflow/exchange/box_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/formats/all.h"
#include "core/vision/picture_header.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

/// The words of an entity as a file names it.
std::string nameOf(const Entity& entity, const std::vector<std::string>& words, std::string_view between) {
    std::string name;
    for (int w = entity.first; w <= entity.last; ++w) {
        if (w > entity.first) name += between;
        name += words[static_cast<std::size_t>(w)];
    }
    return name;
}

}  // namespace

BoxReader::BoxReader(fs::path folder, Findings& findings) : m_folder(std::move(folder)), m_findings(findings) {
    std::error_code failed;
    if (!fs::is_directory(m_folder, failed)) throw Error(ErrorCode::FileMissing, {m_folder.string()});
    std::set<fs::path> paths;  // in one order on every file system
    for (fs::directory_iterator it(m_folder, failed), end; !failed && it != end; it.increment(failed))
        paths.insert(it->path());
    if (failed) throw Error(ErrorCode::FileUnreadable, {m_folder.string(), failed.message()});
    const std::vector<const formats::Format*> known = formats::ofKind<formats::BoxKind>();
    for (const fs::path& path : paths)
        for (const formats::Format* format : known)
            if (format->isNamedLike(path))
                m_files.emplace(path.stem().string(), File{path.filename().string(), format->as<formats::BoxKind>()});
}

std::optional<PostRegions> BoxReader::boxesOf(const Post& post, const std::vector<Entity>& gold,
                                              project::PictureFolder& pictures) {
    PostRegions out;
    bool any = false;
    for (std::size_t i = 0; i < post.images.size(); ++i)
        any |= addBoxesOf(static_cast<int>(i), post.images[i], post, gold, pictures, out);
    if (!any) return std::nullopt;
    std::set<std::pair<int, int>> grounded;
    for (const RegionLink& link : out.links) grounded.emplace(link.entity.first, link.entity.last);
    m_counts.groundedEntities += static_cast<int>(grounded.size());
    return out;
}

std::optional<formats::BoxAnnotation> BoxReader::read(const File& file, const project::PostImage& picture) {
    const fs::path path = m_folder / file.name;
    std::optional<vision::PictureHeader> header;
    try {
        if (picture.exists) header = vision::peekPictureHeader(picture.path);
    } catch (const Error&) {  // told where the picture is used
    }
    if (!header) return file.format->read(path, m_findings, {});
    const vision::PictureSize stored = header->stored, upright = header->upright();
    const bool isTurned = header->orientation != vision::Orientation::Upright;
    vision::PictureSize frame = stored;
    const auto frameOf = [&](int width, int height) {
        const vision::PictureSize said{width, height};
        if (said == upright && upright != stored) frame = upright;
        if (width > 0 && height > 0 && said != stored && said != upright)
            m_findings.add(
                {"xml-size-differs", path.string(), 0,
                 fmt::format("{} x {}, the picture has {} x {}", width, height, stored.width, stored.height)});
        const bool isTold = upright != stored && (said == stored || said == upright);
        if (isTurned && !isTold)
            m_findings.add({"box-orientation-assumed", path.string(), 0,
                            fmt::format("stored pixels; orientation {}", static_cast<int>(header->orientation))});
        return std::pair(static_cast<int>(frame.width), static_cast<int>(frame.height));
    };
    auto annotation = file.format->read(path, m_findings, frameOf);
    if (!annotation || !isTurned || (frame == upright && upright != stored)) return annotation;
    for (formats::BoxObject& object : annotation->objects) {
        Region& region = object.region;
        const vision::Box box =
            vision::uprightBox({static_cast<double>(region.left), static_cast<double>(region.top),
                                static_cast<double>(region.right()), static_cast<double>(region.bottom())},
                               stored, header->orientation);
        region.left = static_cast<int>(std::lround(box.left));
        region.top = static_cast<int>(std::lround(box.top));
        region.width = static_cast<int>(std::lround(box.width()));
        region.height = static_cast<int>(std::lround(box.height()));
    }
    return annotation;
}

bool BoxReader::addBoxesOf(int image, const std::string& file, const Post& post, const std::vector<Entity>& gold,
                           project::PictureFolder& pictures, PostRegions& out) {
    const std::string stem = fs::path(file).stem().string();
    const auto named = m_files.find(stem);
    if (named == m_files.end()) return false;
    m_used.insert(stem);
    const fs::path path = m_folder / named->second.name;
    const auto annotation = read(named->second, pictures.find(file));
    if (!annotation) return false;
    ++m_counts.files;
    for (const formats::BoxObject& object : annotation->objects) {
        out.regions.push_back(object.region);
        out.regions.back().image = image;
        ++m_counts.boxes;
        const RegionId position{static_cast<std::int64_t>(out.regions.size())};
        bool matched = false;
        for (const Entity& entity : gold) {
            const std::string& name = object.region.label;
            if (name.empty() || (name != nameOf(entity, post.words, " ") &&
                                 (post.join == JoinRule::Space || name != nameOf(entity, post.words, ""))))
                continue;
            matched = true;
            out.links.push_back({{entity.type, entity.first, entity.last, std::nullopt}, position});
        }
        ++(matched ? m_counts.linked : m_counts.unmatched);
        if (!matched) m_findings.add({"box-name-unmatched", path.string(), object.line, object.region.label});
    }
    return true;
}

BoxCounts BoxReader::counts() const {
    BoxCounts counts = m_counts;
    counts.unusedFiles = static_cast<int>(m_files.size() - m_used.size());
    return counts;
}

}  // namespace mnerva::workflow
