#include "core/workflow/quality/agreement.h"

#include <set>

#include "core/base/error.h"
#include "core/project/project_internal.h"

namespace mnerva::workflow {

LayerAgreement layerAgreement(const project::Project& project, const std::vector<std::string>& layers,
                              std::optional<Split> split, const std::stop_token& stop) {
    const std::set<std::string> distinct(layers.begin(), layers.end());
    if (distinct.size() < 2 || distinct.size() != layers.size())
        throw Error(ErrorCode::OptionInvalid,
                    {"--layers", std::to_string(layers.size()) + " layers", "two or more different layers"});
    const auto moment = project.holdSnapshot();
    const project::Project::Impl& impl = project.impl();
    LayerAgreement out;
    out.layers = layers;
    std::vector<eval::AgreementPost> posts;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const std::string kind = impl.layerOrThrow(layers[l]).kind;
        const bool speaksOfAll = kind == "gold" || kind == "corrected";
        std::size_t row = 0;
        project::eachInLayer(impl, layers[l], split,
                             [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                                 if (stop.stop_requested()) throw Cancelled{};
                                 if (l == 0) {
                                     posts.push_back({static_cast<int>(stored.post.words.size()), {}});
                                     out.numbers.push_back(stored.post.id);
                                     out.ids.push_back(stored.post.externalId);
                                 }
                                 auto& of = posts[row++].layers.emplace_back();
                                 if (speaksOfAll || isCovered) of = std::move(entities);
                                 return true;
                             });
    }
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {split ? std::string(splitName(*split)) : "all"});
    out.agreement = eval::agreementOf(posts);
    return out;
}

}  // namespace mnerva::workflow
