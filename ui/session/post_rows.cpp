#include "ui/session/post_rows.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace mnerva::ui {
namespace {

constexpr std::size_t kLongest = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kMostFolders = kLongest;

/// Names longer than that are no names that a list could show; whole characters are kept.
std::string_view cut(std::string_view text) {
    if (text.size() <= kLongest) return text;
    std::size_t length = kLongest;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    return text.substr(0, length);
}

}  // namespace

std::uint16_t PostRows::folderOf(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (m_folders.empty()) m_folders.emplace_back();
    if (slash == std::string_view::npos) return 0;
    const std::string_view folder = path.substr(0, slash + 1);
    if (m_folders.back() == folder) return static_cast<std::uint16_t>(m_folders.size() - 1);
    const auto found = m_folderOf.find(std::string(folder));
    if (found != m_folderOf.end()) return found->second;
    if (m_folders.size() >= kMostFolders) return 0;  // its rows keep their path whole
    m_folders.emplace_back(folder);
    return m_folderOf[m_folders.back()] = static_cast<std::uint16_t>(m_folders.size() - 1);
}

void PostRows::add(const project::PostSummary& row) {
    if (m_rows.size() % kBlock == 0) {
        if (!m_texts.empty()) m_texts.back().shrink_to_fit();
        m_texts.emplace_back();
    }
    std::string& texts = m_texts.back();
    Row packed;
    packed.id = row.id;
    packed.begin = static_cast<std::uint32_t>(texts.size());
    packed.split = static_cast<std::uint8_t>(row.split);
    packed.folder = folderOf(row.imagePath);
    const std::string_view id = cut(row.externalId), preview = cut(row.preview);
    const std::string_view image = cut(std::string_view(row.imagePath).substr(m_folders[packed.folder].size()));
    packed.idBytes = static_cast<std::uint16_t>(id.size());
    packed.previewBytes = static_cast<std::uint16_t>(preview.size());
    packed.imageBytes = static_cast<std::uint16_t>(image.size());
    texts.append(id).append(preview).append(image);
    m_withPicture += packed.imageBytes > 0;
    m_rows.push_back(packed);
    update(m_rows.size() - 1, row);
}

void PostRows::update(std::size_t row, const project::PostSummary& now) {
    Row& packed = m_rows[row];
    packed.entityCount = now.entityCount;
    packed.comments = now.comments;
    packed.status = static_cast<std::uint8_t>(now.status);
    packed.review = static_cast<std::uint8_t>(now.review);
    m_corrected += now.corrected;
    m_corrected -= packed.corrected;
    packed.corrected = now.corrected;
}

project::PostSummary PostRows::operator[](std::size_t row) const {
    const Row& packed = m_rows[row];
    const std::string_view texts = std::string_view(m_texts[row / kBlock]).substr(packed.begin);
    project::PostSummary summary;
    summary.id = packed.id;
    summary.externalId = texts.substr(0, packed.idBytes);
    summary.split = static_cast<Split>(packed.split);
    summary.status = static_cast<PostStatus>(packed.status);
    summary.preview = texts.substr(packed.idBytes, packed.previewBytes);
    if (packed.imageBytes > 0)
        summary.imagePath.append(m_folders[packed.folder])
            .append(texts.substr(packed.idBytes + packed.previewBytes, packed.imageBytes));
    summary.review = static_cast<Review>(packed.review);
    summary.entityCount = packed.entityCount;
    summary.comments = packed.comments;
    summary.corrected = packed.corrected;
    return summary;
}

project::PostSummary PostRows::at(std::size_t row) const {
    if (row >= size()) throw std::out_of_range("PostRows::at");
    return (*this)[row];
}

int PostRows::rowOf(PostId post) const {
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), post,
                                        [](const Row& row, PostId wanted) { return row.id.value < wanted.value; });
    return found == m_rows.end() || found->id != post ? -1 : static_cast<int>(found - m_rows.begin());
}

void PostRows::clear() {
    m_rows = {};
    m_texts = {};
    m_folders = {};
    m_folderOf = {};
    m_corrected = m_withPicture = 0;
}

}  // namespace mnerva::ui
