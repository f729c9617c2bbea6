#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace mnerva::project {

/// A picture of a post, looked for when this was made. `path` is absolute; empty where nothing may be read: the folder
/// is not known, or the name leads out of it.
struct PostImage {
    std::string file, path;
    bool exists = false;   ///< something is there; whether it can be read is another question
    bool outside = false;  ///< refused: its name, or a symbolic link on the way, leads out of the picture folder
};

/// The files of one post, in the order in which it names them.
struct PostFiles {
    std::vector<PostImage> images, crops;
};

/// A folder of pictures, asked by the names that posts give. The folder itself may be a symbolic link; what a link in
/// it leads to must lie in it too, or it is refused. A picture that is not there under its name is sought under the
/// other extensions of pictures in any case ("7.jpg": "7.JPG", "7.png"): its folder is listed once for all of them.
/// Not thread-safe.
class PictureFolder {
public:
    /// An empty path: not known, nothing is found.
    explicit PictureFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    const std::filesystem::path& folder() const { return m_folder; }
    PostImage find(const std::string& file);

private:
    enum class Place { There, Missing, Outside };
    struct Listing {
        std::filesystem::file_time_type changed;
        std::unordered_map<std::string, std::string> nameOfStem;  ///< of pictures whose extension is not ".jpg"
    };
    Place placeOf(const std::filesystem::path& relative) const;
    bool tryName(const std::filesystem::path& relative, PostImage& image) const;
    const Listing* listingOf(const std::filesystem::path& folder);

    std::filesystem::path m_folder;
    std::unordered_map<std::string, Listing> m_listings;  ///< by folder
};

}  // namespace mnerva::project
