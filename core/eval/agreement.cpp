#include "core/eval/agreement.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"
#include "core/text/tag_scheme.h"

namespace mnerva::eval {
namespace {

constexpr int kMissing = -1;

/// Entities of one type; an empty name: of all.
std::vector<Entity> ofLabel(const std::vector<Entity>& entities, const std::string& label) {
    std::vector<Entity> out;
    for (const Entity& entity : entities)
        if (label.empty() || entity.type == label) out.push_back(entity);
    return out;
}

/// Numbers for tags, as they come.
class TagNumbers {
public:
    int of(const std::string& tag) {
        return m_numbers.try_emplace(tag, static_cast<int>(m_numbers.size())).first->second;
    }

private:
    std::map<std::string, int> m_numbers;
};

/// Posts as numbers of tags: by layer, then by post; an absent layer has kMissing for each word.
using Coding = std::vector<std::vector<std::vector<int>>>;

Coding codingOf(const std::vector<AgreementPost>& posts, const std::string& label) {
    TagNumbers numbers;
    Coding coding(posts.empty() ? 0 : posts.front().layers.size());
    for (const AgreementPost& post : posts)
        for (std::size_t l = 0; l < coding.size(); ++l) {
            std::vector<int>& words = coding[l].emplace_back();
            if (!post.layers[l]) {
                words.assign(static_cast<std::size_t>(post.words), kMissing);
                continue;
            }
            for (const std::string& tag :
                 tagsFromEntities(ofLabel(*post.layers[l], label), post.words, text::TagScheme::Bio))
                words.push_back(numbers.of(tag));
        }
    return coding;
}

std::vector<int> joined(const std::vector<std::vector<int>>& posts) {
    std::vector<int> out;
    for (const std::vector<int>& post : posts) out.insert(out.end(), post.begin(), post.end());
    return out;
}

Prf spanScore(int a, int b, int same) {
    Prf prf;
    prf.support = a;
    prf.predicted = b;
    prf.correct = same;
    prf.precision = b == 0 ? 0 : static_cast<double>(same) / b;
    prf.recall = a == 0 ? 0 : static_cast<double>(same) / a;
    prf.f1 = a + b == 0 ? 0 : 2.0 * same / (a + b);
    return prf;
}

int shared(const std::vector<Entity>& a, const std::vector<Entity>& b) {
    return static_cast<int>(std::count_if(
        a.begin(), a.end(), [&](const Entity& e) { return std::find(b.begin(), b.end(), e) != b.end(); }));
}

PairAgreement pairOf(const std::vector<AgreementPost>& posts, const Coding& coding, const std::string& label, int a,
                     int b) {
    PairAgreement out{a, b, 0, 0, {}, {}};
    int ofA = 0, ofB = 0, same = 0;
    std::vector<int> tagsA, tagsB;
    for (std::size_t p = 0; p < posts.size(); ++p) {
        const auto &one = posts[p].layers[static_cast<std::size_t>(a)],
                   &other = posts[p].layers[static_cast<std::size_t>(b)];
        if (!one || !other) continue;
        ++out.posts;
        out.words += posts[p].words;
        const std::vector<Entity> entitiesA = ofLabel(*one, label), entitiesB = ofLabel(*other, label);
        ofA += static_cast<int>(entitiesA.size());
        ofB += static_cast<int>(entitiesB.size());
        same += shared(entitiesA, entitiesB);
        const std::vector<int>&wordsA = coding[static_cast<std::size_t>(a)][p],
              &wordsB = coding[static_cast<std::size_t>(b)][p];
        tagsA.insert(tagsA.end(), wordsA.begin(), wordsA.end());
        tagsB.insert(tagsB.end(), wordsB.begin(), wordsB.end());
    }
    out.spans = spanScore(ofA, ofB, same);
    out.kappa = cohensKappa(tagsA, tagsB);
    return out;
}

UnitisedDisagreement unitised(const std::vector<AgreementPost>& posts, const std::string& label, std::size_t layers) {
    std::vector<std::vector<Stretch>> coders(layers);
    int begin = 0;
    for (const AgreementPost& post : posts) {
        if (std::any_of(post.layers.begin(), post.layers.end(), [](const auto& layer) { return !layer; })) continue;
        for (std::size_t l = 0; l < layers; ++l) {
            std::vector<Entity> entities = ofLabel(*post.layers[l], label);
            sortEntities(entities);
            for (const Entity& entity : entities) coders[l].push_back({begin + entity.first, begin + entity.last});
        }
        begin += post.words;
    }
    return unitisedDisagreement(coders, begin);
}

LabelAgreement labelAgreement(const std::vector<AgreementPost>& posts, const std::string& label, int layers) {
    LabelAgreement out;
    const Coding coding = codingOf(posts, label);
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < layers; ++a)
        for (int b = a + 1; b < layers; ++b) {
            out.pairs.push_back(pairOf(posts, coding, label, a, b));
            const Prf& spans = out.pairs.back().spans;
            if (spans.support + spans.predicted == 0) continue;
            sum += spans.f1;
            ++pairs;
        }
    if (pairs > 0) out.meanF1 = sum / pairs;
    std::vector<std::vector<int>> coders;
    for (const auto& layer : coding) coders.push_back(joined(layer));
    out.alpha = krippendorffAlpha(coders);
    return out;
}

PostAgreement postAgreement(const AgreementPost& post) {
    PostAgreement out;
    std::vector<const std::vector<Entity>*> there;
    for (const auto& layer : post.layers)
        if (layer) there.push_back(&*layer);
    out.layers = static_cast<int>(there.size());
    if (there.size() < 2) return out;
    double sum = 0;
    int pairs = 0;
    out.isUnanimous = true;
    for (std::size_t a = 0; a < there.size(); ++a)
        for (std::size_t b = a + 1; b < there.size(); ++b) {
            const auto all = static_cast<int>(there[a]->size() + there[b]->size());
            const int same = shared(*there[a], *there[b]);
            out.isUnanimous = out.isUnanimous && 2 * same == all;
            sum += all == 0 ? 1 : 2.0 * same / all;
            ++pairs;
        }
    out.meanF1 = sum / pairs;
    std::vector<std::vector<int>> coders;
    for (const auto& layer : codingOf({post}, {})) coders.push_back(joined(layer));
    out.alpha = krippendorffAlpha(coders);
    return out;
}

}  // namespace

Agreement agreementOf(const std::vector<AgreementPost>& posts) {
    Agreement out;
    if (posts.empty()) return out;
    const std::size_t layers = posts.front().layers.size();
    MNERVA_CHECK(layers >= 2);
    std::set<std::string> labels;
    for (const AgreementPost& post : posts) {
        MNERVA_CHECK(post.layers.size() == layers);
        bool isCommon = true;
        for (const auto& layer : post.layers) {
            isCommon = isCommon && layer.has_value();
            if (!layer) continue;
            for (const Entity& entity : *layer) labels.insert(entity.type);
        }
        out.commonPosts += isCommon ? 1 : 0;
        out.posts.push_back(postAgreement(post));
    }
    out.all = labelAgreement(posts, {}, static_cast<int>(layers));
    UnitisedDisagreement sum;
    for (const std::string& label : labels) {
        LabelAgreement& of = out.labels[label] = labelAgreement(posts, label, static_cast<int>(layers));
        const UnitisedDisagreement disagreement = unitised(posts, label, layers);
        of.unitisedAlpha = disagreement.alpha();
        sum.observed += disagreement.observed;
        sum.expected += disagreement.expected;
    }
    out.all.unitisedAlpha = sum.alpha();
    return out;
}

}  // namespace mnerva::eval
