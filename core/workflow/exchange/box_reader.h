#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/domain/region.h"
#include "core/formats/boxes.h"
#include "core/formats/format.h"
#include "core/project/picture_folder.h"

namespace mnerva::workflow {

/// What a folder of boxes gave the posts that asked.
struct BoxCounts {
    int files = 0;  ///< annotations read, once for each post that names the picture
    int boxes = 0;
    int linked = 0;            ///< boxes whose name is that of an entity of the post
    int unmatched = 0;         ///< the others (finding box-name-unmatched)
    int groundedEntities = 0;  ///< entities with a box
    int unusedFiles = 0;       ///< files of the folder that no post asked for
};

/// Boxes from the files of a folder, in the formats of formats::BoxKind: the file of a picture has its name (models.md
/// 1.8). A box is linked to
/// every entity of the post whose words, joined, are its name; one entity may have several boxes.
///
/// Where a picture has an EXIF orientation, tools write boxes either in stored pixels (those based on PIL) or in
/// upright ones (those that show the picture turned). `<size>` tells which where the orientation swaps the sides; else
/// stored pixels are assumed, and that is told.
class BoxReader {
public:
    /// Findings: those of the format's reader; box-name-unmatched (its name is that of no entity; the box stays,
    /// without a link); xml-size-differs (`<size>` is not the picture's; the picture counts); box-orientation-assumed.
    /// Throws FileMissing when there is no such folder. `findings` must outlive the reader.
    BoxReader(std::filesystem::path folder, Findings& findings);

    /// Regions of the post's pictures (best first as in the files) with links to `gold`; region ids of the links are
    /// positions from 1. Nothing when the folder has no annotation of any of them.
    /// Boxes are told in upright pixels and cut at the real picture, where `pictures` has it.
    std::optional<PostRegions> boxesOf(const Post& post, const std::vector<Entity>& gold,
                                       project::PictureFolder& pictures);
    BoxCounts counts() const;

private:
    bool addBoxesOf(int image, const std::string& file, const Post& post, const std::vector<Entity>& gold,
                    project::PictureFolder& pictures, PostRegions& out);
    struct File {
        std::string name;
        const formats::BoxKind* format = nullptr;
    };
    std::optional<formats::BoxAnnotation> read(const File& file, const project::PostImage& picture);

    std::filesystem::path m_folder;
    Findings& m_findings;
    BoxCounts m_counts;
    std::unordered_map<std::string, File> m_files;  ///< of the folder, by their stem
    std::unordered_set<std::string> m_used;         ///< stems
};

}  // namespace mnerva::workflow
