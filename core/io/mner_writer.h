#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/base/file.h"
#include "core/domain/post.h"

namespace mnerva::io {

/// Appends one post as tagged text (models.md 1.1): the IMGID line, a line a word, an empty line; LF only. `tags` has
/// one tag a word. With the source tags of a post as it was read, the bytes are those that were read.
void appendMnerPost(std::string& out, const Post& post, std::span<const std::string> tags);

/// Writes a file of tagged text; nothing is seen under the path before commit(). Errors: FileUnwritable, DiskFull.
class MnerWriter {
public:
    explicit MnerWriter(const std::filesystem::path& path) : m_file(path) {}
    void add(const Post& post, std::span<const std::string> tags);
    void commit();
    int posts() const { return m_posts; }

private:
    AtomicFile m_file;
    std::string m_pending;
    int m_posts = 0;
};

}  // namespace mnerva::io
