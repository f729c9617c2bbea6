#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/base/file.h"
#include "core/domain/post.h"

namespace mnerva::formats {

/// Appends one post as tagged text (models.md 1.1): the IMGID line, a line a word, an empty line; LF only. `tags` has
/// one tag a word. With the source tags of a post as it was read, the bytes are those that were read. With `auxiliary`
/// the texts about the post follow in PGIM's form (9.2): "<EOS>" and a word a line, all tagged X.
void appendMnerPost(std::string& out, const Post& post, std::span<const std::string> tags, bool auxiliary = false);

/// Writes a file of tagged text; nothing is seen under the path before commit(). Errors: FileUnwritable, DiskFull.
class MnerWriter {
public:
    /// `auxiliary`: as in appendMnerPost.
    explicit MnerWriter(const std::filesystem::path& path, bool auxiliary = false)
        : m_file(path), m_auxiliary(auxiliary) {}
    void add(const Post& post, std::span<const std::string> tags);
    /// All posts on the disk, to be read again under temporaryPath() and checked before commit() gives the name.
    void finish();
    const std::filesystem::path& temporaryPath() const { return m_file.temporaryPath(); }
    void commit();
    int posts() const { return m_posts; }

private:
    AtomicFile m_file;
    bool m_auxiliary;
    std::string m_pending;
    int m_posts = 0;
};

}  // namespace mnerva::formats
