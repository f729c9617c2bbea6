#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/domain/entity.h"
#include "core/eval/score.h"

namespace mnerva::eval {

/// Cohen's kappa of two codings of the same units by nominal categories. Nothing where it has no meaning: no units, or
/// one category only.
std::optional<double> cohensKappa(std::span<const int> a, std::span<const int> b);

/// Krippendorff's alpha (nominal). `coders` are codings of the same units; a negative category: this coder left the
/// unit out. Units with fewer than two codings do not count. Nothing where it has no meaning: nothing to pair, or one
/// category only.
std::optional<double> krippendorffAlpha(const std::vector<std::vector<int>>& coders);

/// A stretch of words that a coder marked.
struct Stretch {
    int first = 0, last = 0;  ///< words of the continuum, both ends included
};

/// Observed and expected disagreement of one category, of which Krippendorff's unitised alpha (1995) is made: it asks
/// where coders see units in a continuum, not what they make of given ones.
struct UnitisedDisagreement {
    double observed = 0, expected = 0;
    /// Nothing where nobody marked anything.
    std::optional<double> alpha() const;
};

/// `coders`: the units of one category of each coder, disjoint and in order, in a continuum of `length` words. At least
/// two coders. Over several categories the alpha is that of the summed disagreements.
UnitisedDisagreement unitisedDisagreement(const std::vector<std::vector<Stretch>>& coders, std::int64_t length);

/// One post as several layers tag it.
struct AgreementPost {
    int words = 0;
    std::vector<std::optional<std::vector<Entity>>> layers;  ///< nothing: the layer does not speak of this post
};

/// Two layers over the posts that both speak of.
struct PairAgreement {
    int a = 0, b = 0;  ///< indices of layers
    int posts = 0, words = 0;
    Prf spans;                    ///< b against a; F1 is the same the other way round
    std::optional<double> kappa;  ///< Cohen's, on the tags (BIO) of words
};

/// Layers about entities of all types, or of one (words of the others count as O).
struct LabelAgreement {
    std::vector<PairAgreement> pairs;     ///< each pair once
    std::optional<double> meanF1;         ///< over pairs with an entity; nothing where there is none
    std::optional<double> alpha;          ///< Krippendorff's, nominal, on tags of words; missing layers left out
    std::optional<double> unitisedAlpha;  ///< on spans, over the posts that all layers speak of, put one after another
};

/// One post.
struct PostAgreement {
    int layers = 0;                ///< that speak of it
    std::optional<double> meanF1;  ///< over pairs; nothing for fewer than two layers, 1 where none has an entity
    std::optional<double> alpha;
    bool isUnanimous = false;  ///< at least two layers, and all have the same entities
};

/// The whole of error-analysis.md 6.
struct Agreement {
    LabelAgreement all;
    std::map<std::string, LabelAgreement> labels;
    std::vector<PostAgreement> posts;  ///< as they were given
    int commonPosts = 0;               ///< that all layers speak of
};

/// Each post has as many layers as the first; at least two. Entities of a layer are disjoint and inside the post.
Agreement agreementOf(const std::vector<AgreementPost>& posts);

}  // namespace mnerva::eval
