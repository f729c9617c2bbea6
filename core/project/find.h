#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/project/project.h"
#include "core/query/matching.h"

namespace mnerva::project {

/// What the pictures did to a run's answers, by post; nothing where the run has not been asked (no influence.json).
using InfluenceSource =
    std::function<std::optional<std::unordered_map<PostId, query::Influence>>(const std::string& run)>;

/// What `predict --influence` left in the folders of the project's runs; each is read once.
InfluenceSource storedInfluences(const Project& project);

/// The layers and labels that a query may name.
query::Names queryNames(const Project& project);

/// parse() and bind() for this project. Mistakes: also InfluenceMissing for a run that `influences` knows nothing of,
/// RegionsMissing for a layer without regions whose regions are to be compared.
std::variant<query::Query, query::Mistake> understand(const Project& project, std::string_view text,
                                                      const InfluenceSource& influences = {});

/// Finds the posts of a project that match a query, in project order, a little at a time: whoever runs it decides how
/// long to go on and what to do between two steps. Nothing of the project is kept in memory. Uses the project's
/// connection, so it belongs to the project's thread and must not outlive it. What is written meanwhile may or may not
/// be seen.
class Finder {
public:
    /// `query` was made by understand() for this project.
    Finder(const Project& project, query::Query query, const InfluenceSource& influences = {});
    ~Finder();

    /// Looks at some more posts, at most for a few milliseconds, and appends those that match. False: that was the end.
    /// Errors: those of reading; Cancelled where the project was told to stop.
    bool next(std::vector<PostId>& found);
    /// 0..1, how much has been looked at.
    double fraction() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What a command line says of a text that is no query: OptionInvalid with `option`, the text, the mistake's sentence
/// and its place in code points, from 1.
Error queryError(std::string_view option, std::string_view text, const query::Mistake& mistake);

/// All matching posts, at most `limit`. Throws OptionInvalid with the mistake's sentence and place where the text is no
/// query.
std::vector<PostId> find(const Project& project, std::string_view text, std::size_t limit = SIZE_MAX);

}  // namespace mnerva::project
