#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/domain/change.h"

namespace mnerva::workflow {

/// Posts that one step may change: its journal row must be read back whole.
inline constexpr std::size_t kMostPostsAStep = 200'000;

/// A change of many posts, ready for Project::apply, and what it does.
struct ManyChange {
    Change change;
    std::vector<std::string> externalIds;       ///< of change.posts, in their order
    std::int64_t added = 0, removed = 0;        ///< entities; one that gets another label counts once, as relabelled
    std::int64_t relabelled = 0, statuses = 0;  ///< statuses: posts that get another one
    std::int64_t leftAlone = 0;                 ///< what was wanted and cannot be done: another entity is in the way

    std::size_t posts() const { return change.posts.size(); }
    bool isEmpty() const { return change.isEmpty(); }
};

/// Puts changes of posts together, in the order in which they come, and counts. Of core/workflow/bulk.
class ManyChanges {
public:
    ManyChanges(std::string action, std::string layer);
    /// A post's part; nothing is done where it changes nothing. Errors: OptionInvalid above kMostPostsAStep.
    void add(PostChange part, const std::string& externalId);
    void leaveAlone(std::int64_t count = 1) { m_many.leftAlone += count; }
    ManyChange take() { return std::move(m_many); }

private:
    ManyChange m_many;
};

/// What a step did or would do, a post a line with tabs between: id, entities that went, that came, status. Words are
/// counted from 1.
std::string manyReport(const ManyChange& many);

/// Writes that list to a file, whole or not at all. A file that is there is replaced where it is such a list and
/// `replace` says so. Errors: FileExists, and those of AtomicFile.
void saveManyReport(const std::filesystem::path& file, const ManyChange& many, bool replace = false);

}  // namespace mnerva::workflow
