#include "core/workflow/quality/agreement.h"

#include <fmt/format.h>

#include <algorithm>
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

namespace {

std::string number(const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : std::string("-");
}

}  // namespace

std::vector<std::vector<std::string>> labelRows(const LayerAgreement& report) {
    std::vector<std::vector<std::string>> rows{
        {"label", "a", "b", "posts", "same", "F1", "kappa", "alpha", "unitised alpha"}};
    const auto add = [&](const std::string& label, const eval::LabelAgreement& of) {
        for (const eval::PairAgreement& pair : of.pairs)
            rows.push_back({label, report.layers[static_cast<std::size_t>(pair.a)],
                            report.layers[static_cast<std::size_t>(pair.b)], std::to_string(pair.posts),
                            std::to_string(pair.spans.correct), fmt::format("{:.4f}", pair.spans.f1),
                            number(pair.kappa), "", ""});
        rows.push_back({label, "all", "all", std::to_string(report.agreement.commonPosts), "", number(of.meanF1), "",
                        number(of.alpha), number(of.unitisedAlpha)});
    };
    add("all", report.agreement.all);
    for (const auto& [label, of] : report.agreement.labels) add(label, of);
    return rows;
}

std::vector<std::vector<std::string>> postRows(const LayerAgreement& report, std::size_t most) {
    std::vector<std::size_t> order(report.ids.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto f1 = [&](std::size_t i) { return report.agreement.posts[i].meanF1.value_or(2); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return f1(a) < f1(b); });
    std::vector<std::vector<std::string>> rows{{"id", "layers", "F1", "alpha"}};
    for (const std::size_t i : order) {
        if (rows.size() > most) break;
        const eval::PostAgreement& of = report.agreement.posts[i];
        rows.push_back({report.ids[i], std::to_string(of.layers), number(of.meanF1), number(of.alpha)});
    }
    return rows;
}

}  // namespace mnerva::workflow
