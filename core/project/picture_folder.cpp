#include "core/project/picture_folder.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/vision/picture_header.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return text;
}

/// Place among the extensions of pictures; as many as there are for another one.
std::size_t rankOf(const std::string& extension) {
    const std::vector<std::string>& all = vision::pictureExtensions();
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), lowerCase(extension)) - all.begin());
}

bool isPictureExtension(const std::string& extension) {
    return rankOf(extension) < vision::pictureExtensions().size();
}

bool isWithin(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

}  // namespace

PictureFolder::Place PictureFolder::placeOf(const fs::path& relative) const {
    std::error_code failed;
    fs::path path = m_folder;
    bool hasLink = false;
    for (const fs::path& part : relative) {
        path /= part;
        const fs::file_type type = fs::symlink_status(path, failed).type();
        if (type == fs::file_type::not_found || type == fs::file_type::none) return Place::Missing;
        hasLink |= type == fs::file_type::symlink;
    }
    if (!hasLink) return Place::There;
    const fs::path real = fs::canonical(path, failed);
    if (failed) return Place::Missing;  // a link to nowhere, or in a circle
    const fs::path folder = fs::canonical(m_folder, failed);
    return !failed && isWithin(real, folder) ? Place::There : Place::Outside;
}

bool PictureFolder::tryName(const fs::path& relative, PostImage& image) const {
    const Place place = placeOf(relative);
    if (place == Place::Missing) return false;
    image.outside = place == Place::Outside;
    image.exists = place == Place::There;
    image.path = image.outside ? std::string() : (m_folder / relative).string();
    return true;
}

const PictureFolder::Listing* PictureFolder::listingOf(const fs::path& folder) {
    std::error_code failed;
    const fs::file_time_type changed = fs::last_write_time(folder, failed);
    if (failed) return nullptr;
    const auto known = m_listings.find(folder.string());
    if (known != m_listings.end() && known->second.changed == changed) return &known->second;
    Listing listing{changed, {}};
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        const fs::path name = it->path().filename();
        const std::string extension = name.extension().string();
        // ".jpg" is tried by its name: most folders hold nothing else, and a million names need no memory.
        if (extension == ".jpg" || !isPictureExtension(extension)) continue;
        std::string& kept = listing.nameOfStem[name.stem().string()];
        const auto order = [](const fs::path& one) {
            return std::pair(rankOf(one.extension().string()), one.string());
        };
        if (kept.empty() || order(name) < order(kept)) kept = name.string();
    }
    return &(m_listings[folder.string()] = std::move(listing));
}

PostImage PictureFolder::find(const std::string& file) {
    PostImage image{file, {}, false, false};
    if (!staysInside(file)) {
        image.outside = true;
        return image;
    }
    if (m_folder.empty() || file.empty()) return image;
    const fs::path relative(file);
    if (tryName(relative, image)) return image;
    image.path = (m_folder / relative).string();
    if (!isPictureExtension(relative.extension().string())) return image;
    const fs::path parent = relative.parent_path();
    // "a.gif.jpg" may stand for the id "a.gif".
    const fs::path stem = relative.stem();
    if (isPictureExtension(stem.extension().string()) && tryName(parent / stem, image)) return image;
    if (tryName(parent / (stem.string() + ".jpg"), image)) return image;
    const Listing* listing = listingOf(m_folder / parent);
    if (listing == nullptr) return image;
    for (const std::string& sought : {stem.string(), stem.stem().string()}) {
        if (sought != stem.string() && !isPictureExtension(stem.extension().string())) continue;
        const auto found = listing->nameOfStem.find(sought);
        if (found != listing->nameOfStem.end() && tryName(parent / found->second, image)) return image;
    }
    return image;
}

}  // namespace mnerva::project
