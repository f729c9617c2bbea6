#include "core/project/post_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/run_name.h"
#include "core/project/project_internal.h"
#include "core/protocol/influence.h"
#include "core/store/chunk_repository.h"
#include "core/store/sort_repository.h"

namespace mnerva::project {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kPiecePosts = 2048;
constexpr double kLeastConfidence = 1e-12;  // of what the logarithm is taken
constexpr std::size_t kMostJournalPosts = 4096;

constexpr std::array<std::string_view, kOrderKeys> kNames{"project",          "length",           "entities",
                                                          "least-confidence", "mean-uncertainty", "picture-doubt",
                                                          "disagreement",     "changed"};

/// |mean change of log p| of posts by a run's influence.json; nothing where there is none.
std::optional<std::unordered_map<std::int64_t, double>> doubtsOf(const std::filesystem::path& project,
                                                                 const std::string& run) {
    if (runNameFault(run) != RunNameFault::None) return std::nullopt;
    const std::filesystem::path folder = project / "runs" / run;
    try {
        requirePlainBelow(project, folder / protocol::kInfluenceFile);
    } catch (const Error&) {  // a project may come from a stranger
        return std::nullopt;
    }
    const auto stored = protocol::readInfluence(folder);
    if (!stored) return std::nullopt;
    std::unordered_map<std::int64_t, double> doubts;
    for (const protocol::PostInfluence& post : stored->list)
        if (!post.entities.empty() && std::isfinite(post.change)) doubts[post.number] = std::abs(post.change);
    return doubts;
}

/// What several layers say of one post, as votes for spans.
class Votes {
public:
    void add(const std::vector<Entity>& entities) {
        ++m_speaking;
        for (const Entity& entity : entities) {
            const auto same = std::find_if(m_spans.begin(), m_spans.end(),
                                           [&](const auto& span) { return span.first.sameAs(entity); });
            if (same == m_spans.end())
                m_spans.emplace_back(entity, 1);
            else
                ++same->second;
        }
    }
    /// Nothing is to be said of what fewer than two speak of.
    double entropy() const {
        if (m_speaking < 2) return kNone;
        double bits = 0;
        for (const auto& [span, votes] : m_spans) {
            const double share = static_cast<double>(votes) / m_speaking;
            if (votes < m_speaking) bits -= share * std::log2(share) + (1 - share) * std::log2(1 - share);
        }
        return bits;
    }

private:
    int m_speaking = 0;
    std::vector<std::pair<Entity, int>> m_spans;
};

}  // namespace

std::string_view orderKeyName(OrderKey key) {
    return kNames[static_cast<std::size_t>(key)];
}

std::optional<OrderKey> orderKeyFromName(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<OrderKey>(found - kNames.begin());
}

bool looksAtRuns(OrderKey key) {
    return isOfOneRun(key) || key == OrderKey::Disagreement;
}

bool isOfOneRun(OrderKey key) {
    return key == OrderKey::LeastConfidence || key == OrderKey::MeanUncertainty || key == OrderKey::PictureDoubt;
}

nlohmann::json toJson(const PostOrder& order) {
    nlohmann::json value{{"key", orderKeyName(order.key)}};
    if (order.isDescending) value["descending"] = true;
    if (!order.run.empty()) value["run"] = order.run;
    return value;
}

std::optional<PostOrder> orderFromJson(const nlohmann::json& value) {
    if (!value.is_object()) return std::nullopt;
    const auto text = [&](const char* name) -> std::optional<std::string> {
        const auto found = value.find(name);
        if (found == value.end()) return std::string();
        return found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
    };
    const auto name = text("key"), run = text("run");
    const auto key = name ? orderKeyFromName(*name) : std::nullopt;
    if (!key || !run || (isOfOneRun(*key) && runNameFault(*run) != RunNameFault::None)) return std::nullopt;
    const auto descending = value.find("descending");
    if (descending != value.end() && !descending->is_boolean()) return std::nullopt;
    return PostOrder{*key, descending != value.end() && descending->get<bool>(),
                     isOfOneRun(*key) ? *run : std::string()};
}

std::vector<RunNumbers> runNumbers(const Project& project) {
    const Project::Impl& impl = project.impl();
    const store::ChunkRepository chunks(*impl.connection);
    const store::SortRepository numbers(*impl.connection);
    std::vector<RunNumbers> runs;
    for (const store::LayerRow& layer : impl.layers.named()) {
        if (layer.kind != "run") continue;
        const auto said = chunks.ofLayer(layer.id);
        RunNumbers of{layer.name};
        of.hasConfidence = said.empty() ? numbers.anyConfidence(layer.id)
                                        : std::any_of(said.begin(), said.end(), [](const store::LayerChunk& chunk) {
                                              return chunk.leastConfidence.has_value();
                                          });
        if (runNameFault(layer.name) == RunNameFault::None) {
            std::error_code none;
            of.hasInfluence = std::filesystem::is_regular_file(
                project.folder() / "runs" / layer.name / protocol::kInfluenceFile, none);
        }
        runs.push_back(std::move(of));
    }
    return runs;
}

struct PostSorter::Impl {
    Impl(const Project& given, PostOrder wanted, const std::string& editedLayer)
        : project(given.impl()),
          folder(given.folder()),
          order(std::move(wanted)),
          layerName(editedLayer),
          edited(project.editedLayer(editedLayer)),
          numbers(*project.connection),
          last(store::ChunkRepository(*project.connection).lastPost()) {
        if (isOfOneRun(order.key)) run = project.layerOrThrow(order.run).id;
        if (order.key == OrderKey::Disagreement)
            for (const store::LayerRow& layer : project.layers.named())
                if (layer.kind == "run") voters.push_back(layer.id);
        if (order.key == OrderKey::PictureDoubt) doubts = doubtsOf(folder, order.run).value_or(doubts);
        readsJournal = order.key == OrderKey::Changed;
    }

    Project::Impl& project;
    std::filesystem::path folder;
    const PostOrder order;
    const std::string layerName;
    const LayerId edited;
    const store::SortRepository numbers;
    const PostId last;
    LayerId run;
    std::vector<LayerId> voters;
    std::unordered_map<std::int64_t, double> doubts;
    std::unordered_map<std::int64_t, std::int64_t> changedAt;  ///< by post
    bool readsJournal = false;
    JournalId journalAt;
    PostId cursor{1};
    Keys keys;

    bool next() {
        if (readsJournal) return readJournal();
        const auto rows = numbers.posts(cursor, kPiecePosts);
        if (rows.empty()) return false;
        const std::size_t start = keys.posts.size();
        for (const auto& row : rows) keys.posts.push_back(row.post);
        keys.values.resize(keys.posts.size(), kNone);
        fill(rows, start);
        cursor = PostId{rows.back().post.value + 1};
        return static_cast<int>(rows.size()) == kPiecePosts;
    }

    /// Some more of the history: of each post the last change counts.
    bool readJournal() {
        std::size_t posts = 0;
        readsJournal = false;
        project.journal.eachAfter(journalAt, [&](JournalId row, std::int64_t at, const Change& change) {
            journalAt = row;
            if (change.layer == layerName)
                for (const PostChange& part : change.posts) changedAt[part.post.value] = at;
            posts += change.posts.size() + 1;
            readsJournal = posts >= kMostJournalPosts;
            return !readsJournal;
        });
        return true;
    }

    void fill(const std::vector<store::SortRepository::Row>& rows, std::size_t start) {
        const auto value = [&](std::size_t i) -> double& { return keys.values[start + i]; };
        switch (order.key) {
            case OrderKey::Project:
                for (std::size_t i = 0; i < rows.size(); ++i) value(i) = static_cast<double>(start + i);
                break;
            case OrderKey::Length:
                for (std::size_t i = 0; i < rows.size(); ++i) value(i) = rows[i].words;
                break;
            case OrderKey::Entities:
                fillEntities(rows, start);
                break;
            case OrderKey::LeastConfidence:
            case OrderKey::MeanUncertainty:
                fillUncertainty(rows, start);
                break;
            case OrderKey::PictureDoubt:
                for (std::size_t i = 0; i < rows.size(); ++i)
                    if (const auto found = doubts.find(rows[i].post.value); found != doubts.end())
                        value(i) = found->second;
                break;
            case OrderKey::Disagreement:
                fillDisagreement(rows, start);
                break;
            case OrderKey::Changed:
                for (std::size_t i = 0; i < rows.size(); ++i)
                    if (const auto found = changedAt.find(rows[i].post.value); found != changedAt.end())
                        value(i) = static_cast<double>(found->second);
                break;
        }
    }
    void fillEntities(const std::vector<store::SortRepository::Row>& rows, std::size_t start) {
        const bool showsGold = edited == store::kCorrectedLayer;
        for (std::size_t i = 0; i < rows.size(); ++i) keys.values[start + i] = showsGold ? rows[i].goldEntities : 0;
        std::size_t at = 0;
        numbers.eachCount(edited, rows.front().post, rows.back().post, [&](PostId post, int count) {
            while (at < rows.size() && rows[at].post.value < post.value) ++at;
            if (at < rows.size() && rows[at].post == post) keys.values[start + at] = count;
        });
    }
    void fillUncertainty(const std::vector<store::SortRepository::Row>& rows, std::size_t start) {
        struct Sum {
            double least = 1, logs = 0;
            int count = 0;
        };
        std::vector<Sum> sums(rows.size());
        std::size_t at = 0;
        numbers.eachConfidence(run, rows.front().post, rows.back().post,
                               [&](PostId post, std::optional<double> confidence) {
                                   while (at < rows.size() && rows[at].post.value < post.value) ++at;
                                   if (!confidence || at == rows.size() || rows[at].post != post) return;
                                   sums[at].least = std::min(sums[at].least, *confidence);
                                   sums[at].logs -= std::log(std::max(*confidence, kLeastConfidence));
                                   ++sums[at].count;
                               });
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (sums[i].count == 0) continue;
            keys.values[start + i] =
                order.key == OrderKey::LeastConfidence ? 1 - sums[i].least : sums[i].logs / sums[i].count;
        }
    }
    void fillDisagreement(const std::vector<store::SortRepository::Row>& rows, std::size_t start) {
        std::vector<Votes> votes(rows.size());
        for (const LayerId voter : voters) {
            std::size_t at = 0;
            project.layers.eachIn(voter, rows.front().post, rows.back().post,
                                  [&](PostId post, const std::vector<Entity>& entities) {
                                      while (at < rows.size() && rows[at].post.value < post.value) ++at;
                                      if (at < rows.size() && rows[at].post == post) votes[at].add(entities);
                                  });
        }
        for (std::size_t i = 0; i < rows.size(); ++i) keys.values[start + i] = votes[i].entropy();
    }
};

PostSorter::PostSorter(const Project& project, PostOrder order, const std::string& layer)
    : m_impl(std::make_unique<Impl>(project, std::move(order), layer)) {}

PostSorter::~PostSorter() = default;

bool PostSorter::next() {
    return m_impl->next();
}

double PostSorter::fraction() const {
    const auto all = static_cast<double>(m_impl->last.value);
    return all <= 0 ? 1 : std::clamp(static_cast<double>(m_impl->cursor.value - 1) / all, 0.0, 1.0);
}

PostSorter::Keys PostSorter::take() {
    return std::move(m_impl->keys);
}

std::vector<std::int32_t> placesInOrder(const std::vector<double>& values, bool isDescending) {
    std::vector<std::int32_t> places(values.size());
    std::iota(places.begin(), places.end(), 0);
    const auto valueAt = [&](std::int32_t place) { return values[static_cast<std::size_t>(place)]; };
    // Those without a number go behind the others first: no comparison meets them then.
    const auto end =
        std::stable_partition(places.begin(), places.end(), [&](std::int32_t at) { return !std::isnan(valueAt(at)); });
    if (isDescending)
        std::stable_sort(places.begin(), end, [&](auto a, auto b) { return valueAt(a) > valueAt(b); });
    else
        std::stable_sort(places.begin(), end, [&](auto a, auto b) { return valueAt(a) < valueAt(b); });
    return places;
}

std::vector<PostId> sorted(const Project& project, const PostOrder& order, const std::string& layer) {
    PostSorter sorter(project, order, layer);
    while (sorter.next()) {
    }
    const PostSorter::Keys keys = sorter.take();
    std::vector<PostId> posts;
    posts.reserve(keys.posts.size());
    for (const std::int32_t place : placesInOrder(keys.values, order.isDescending))
        posts.push_back(keys.posts[static_cast<std::size_t>(place)]);
    return posts;
}

}  // namespace mnerva::project
