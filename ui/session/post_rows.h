#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/project/project.h"

namespace mnerva::ui {

/// The rows of a project's posts, packed: a million take about 150 MB, as PostSummary each twice that. A row is made
/// when it is asked for. Ids ascend, as project order does.
class PostRows {
public:
    std::size_t size() const { return m_rows.size(); }
    bool empty() const { return m_rows.empty(); }
    project::PostSummary operator[](std::size_t row) const;
    /// Throws std::out_of_range.
    project::PostSummary at(std::size_t row) const;
    project::PostSummary front() const { return at(0); }
    project::PostSummary back() const { return at(size() - 1); }

    // Of a row without its texts: for loops over all.
    PostId idAt(std::size_t row) const { return m_rows[row].id; }
    Split splitAt(std::size_t row) const { return static_cast<Split>(m_rows[row].split); }
    PostStatus statusAt(std::size_t row) const { return static_cast<PostStatus>(m_rows[row].status); }
    int entityCountAt(std::size_t row) const { return m_rows[row].entityCount; }
    bool hasPictureAt(std::size_t row) const { return m_rows[row].imageBytes > 0; }
    /// Posts whose entities were edited, and those that name a picture.
    std::size_t correctedCount() const { return m_corrected; }
    std::size_t pictureCount() const { return m_withPicture; }

    /// -1: no such row.
    int rowOf(PostId post) const;

    void clear();
    void reserve(std::size_t rows) { m_rows.reserve(rows); }
    /// Its id is larger than those before.
    void add(const project::PostSummary& row);
    /// What changes while one works: all but the texts, the split and the id.
    void update(std::size_t row, const project::PostSummary& now);

private:
    struct Row {
        PostId id;
        std::uint32_t begin = 0;  ///< in the texts of its block
        std::int32_t entityCount = 0, comments = 0;
        std::uint16_t idBytes = 0, previewBytes = 0, imageBytes = 0, folder = 0;
        std::uint8_t split = 0, status = 0, review = 0;  ///< the enumerators
        bool corrected = false;
    };
    static constexpr std::size_t kBlock = 4096;

    std::uint16_t folderOf(std::string_view path);

    std::vector<Row> m_rows;
    std::size_t m_corrected = 0, m_withPicture = 0;
    std::vector<std::string> m_texts;    ///< id, preview and file name of the rows of a block, one behind the other
    std::vector<std::string> m_folders;  ///< of pictures, with the slash; the first is empty
    std::unordered_map<std::string, std::uint16_t> m_folderOf;
};

}  // namespace mnerva::ui
