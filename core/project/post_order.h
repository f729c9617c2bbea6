#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/project/project.h"

namespace mnerva::project {

/// What posts can be put in order by (explanation.md 5, as far as a run keeps the numbers: the confidence of each
/// entity it found, and what its pictures did).
enum class OrderKey {
    Project,          ///< as they were imported
    Length,           ///< words
    Entities,         ///< in what a person sees
    LeastConfidence,  ///< 1 - the lowest confidence of an entity of a run
    MeanUncertainty,  ///< mean of -log confidence over the entities of a run
    PictureDoubt,     ///< |mean change of log p with and without the picture| (influence.json)
    Disagreement,     ///< vote entropy over the spans of several runs, in bits, added up
    Changed,          ///< when a person last changed it
};
inline constexpr int kOrderKeys = 8;
std::string_view orderKeyName(OrderKey key);  ///< stable: "least-confidence"
std::optional<OrderKey> orderKeyFromName(std::string_view name);
/// The key is made of what runs say: not for a layer that is made without a sight of them.
bool looksAtRuns(OrderKey key);
/// The key is of one run, which the order names.
bool isOfOneRun(OrderKey key);

struct PostOrder {
    OrderKey key = OrderKey::Project;
    bool isDescending = false;
    std::string run = {};  ///< of a key of one run

    bool isProject() const { return key == OrderKey::Project && !isDescending; }
    bool operator==(const PostOrder&) const = default;
};

nlohmann::json toJson(const PostOrder& order);
/// Nothing for what is no order.
std::optional<PostOrder> orderFromJson(const nlohmann::json& value);

/// What a run has to put posts in order by.
struct RunNumbers {
    std::string run;
    bool hasConfidence = false, hasInfluence = false;
};
std::vector<RunNumbers> runNumbers(const Project& project);

/// Looks at the posts of a project for an order, a little at a time, as a Finder does: it belongs to the project's
/// thread and must not outlive it.
class PostSorter {
public:
    /// `layer`: the one that is edited. Errors: LayerUnknown for a run that is not there.
    PostSorter(const Project& project, PostOrder order, const std::string& layer = {});
    ~PostSorter();

    /// Looks at some more posts, for a few milliseconds. False: that was the end.
    bool next();
    double fraction() const;  ///< 0..1

    /// All posts in project order, and what each is put in order by; NaN: it has no such number.
    struct Keys {
        std::vector<PostId> posts;
        std::vector<double> values;  ///< as many
    };
    Keys take();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The places of values in their order. Equal ones keep the order of their places, whichever way; those without a
/// number come last.
std::vector<std::int32_t> placesInOrder(const std::vector<double>& values, bool isDescending);

/// All posts of a project in an order.
std::vector<PostId> sorted(const Project& project, const PostOrder& order, const std::string& layer = {});

}  // namespace mnerva::project
