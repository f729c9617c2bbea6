#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/domain/grounding.h"
#include "core/project/project_internal.h"
#include "core/store/transaction.h"

namespace mnerva::project {

std::string noteOf(const nlohmann::json& body) {
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void replaceRegions(Project::Impl& impl, PostId post, RegionOrigin origin, const std::string& detector,
                    const PostRegions& wanted) {
    std::vector<Region> stored = impl.regions.ofPost(post);
    std::erase_if(stored, [&](const Region& r) { return r.origin != origin || r.detector != detector; });
    std::vector<RegionId> ids;
    for (const Region& region : wanted.regions) {
        MNERVA_CHECK(region.origin == origin && region.detector == detector);
        const auto same = std::find_if(stored.begin(), stored.end(), [&](const Region& s) { return s.sameAs(region); });
        ids.push_back(same == stored.end() ? impl.regions.add(post, region) : same->id);
        if (same != stored.end()) stored.erase(same);
    }
    for (const Region& gone : stored) impl.regions.remove(gone.id);
    for (const RegionLink& link : wanted.links) {
        const auto position = static_cast<std::size_t>(link.region.value - 1);
        MNERVA_CHECK(position < ids.size());
        impl.regions.link(store::kGoldLayer, post, {link.entity, ids[position]});
    }
}

PostRegions Project::Impl::foundRegions(const Post& post) const {
    PostRegions out;
    out.regions = regions.ofPost(post.id);
    std::erase_if(out.regions, [](const Region& region) { return region.origin == RegionOrigin::Human; });
    if (out.regions.empty()) return out;
    sortBestFirst(out.regions);
    out.links = regions.links(store::kGoldLayer, post.id);
    keepFitting(post, out);
    return out;
}

PostRegions Project::regions(PostId post, const std::string& layer) const {
    const store::Snapshot snapshot(*m_impl->connection);
    const store::LayerRow row = m_impl->layerOrThrow(layer);
    const auto stored = m_impl->posts.find(post);
    if (!stored) return {};
    PostRegions out = m_impl->foundRegions(stored->post);
    if (row.id == store::kCorrectedLayer || row.kind == "annotator")
        return seenRegions(out, m_impl->stateOf(*stored, row.id));
    for (Region& box : m_impl->regions.drawnIn(store::kCorrectedLayer, post)) out.regions.push_back(std::move(box));
    sortBestFirst(out.regions);
    if (row.id != store::kGoldLayer)
        for (RegionLink& link : m_impl->regions.links(row.id, post))
            if (std::find(out.links.begin(), out.links.end(), link) == out.links.end())
                out.links.push_back(std::move(link));
    m_impl->keepFitting(stored->post, out);
    return out;
}

int Project::regionCount() const {
    return m_impl->regions.count();
}

void Project::storeDetections(const std::string& detector, const std::string& settings,
                              const std::vector<std::pair<PostId, std::vector<Region>>>& found) {
    m_impl->requireWritable();
    store::Transaction transaction(*m_impl->connection);
    std::size_t count = 0;
    for (const auto& [post, regions] : found) {
        replaceRegions(*m_impl, post, RegionOrigin::Detector, detector, {regions, {}});
        count += regions.size();
    }
    nlohmann::json note{{"detector", detector}, {"posts", found.size()}, {"regions", count}};
    note["settings"] = tryParseJson(settings);
    m_impl->journal.addNote("regions", noteOf(note), toMilliseconds(std::chrono::system_clock::now()));
    transaction.commit();
    if (m_impl->lock) m_impl->lock->touch();
}

void Project::storeFileRegions(const std::filesystem::path& folder,
                               const std::vector<std::pair<PostId, PostRegions>>& boxes) {
    m_impl->requireWritable();
    store::Transaction transaction(*m_impl->connection);
    std::size_t count = 0;
    for (const auto& [post, regions] : boxes) {
        replaceRegions(*m_impl, post, RegionOrigin::Xml, {}, regions);
        count += regions.regions.size();
    }
    m_impl->journal.addNote("regions", noteOf({{"xml", folder.string()}, {"posts", boxes.size()}, {"regions", count}}),
                            toMilliseconds(std::chrono::system_clock::now()));
    transaction.commit();
    if (m_impl->lock) m_impl->lock->touch();
}

}  // namespace mnerva::project
