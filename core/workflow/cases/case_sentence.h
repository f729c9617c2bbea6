#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eval/errors.h"
#include "core/query/query.h"

namespace mnerva::workflow {

/// What a sentence of menus is about: the systems that are compared, and what they are held against.
struct CaseScope {
    std::vector<std::string> systems;
    std::string reference = "gold";  ///< "gold" or "corrected"
};

/// A query line as a sentence made of menus: "A right, B wrong, boundary, with picture". Every part narrows what is
/// found; what no menu says is kept as it was written.
struct CaseSentence {
    enum class Wanted { Right, Wrong };
    /// Right: the layer speaks of the post and has no difference from the reference. Wrong: it has one, of `kinds`
    /// where the sentence names kinds.
    struct LayerPart {
        std::string layer;
        Wanted wanted = Wanted::Right;
        bool operator==(const LayerPart&) const = default;
    };
    enum class Agreement {
        Any,
        SomeWrong,   ///< a system differs from the reference, by one of `kinds` where those are named
        Differ,      ///< the systems do not all say the same
        AllAgainst,  ///< all say the same, and the reference says otherwise
        AllRight,    ///< all are as the reference
    };
    /// What the picture did to a run (explanation.md 4).
    struct Effect {
        std::string run;
        query::Influence influence = query::Influence::Helped;
        bool operator==(const Effect&) const = default;
    };

    std::vector<LayerPart> layers;
    std::vector<eval::ErrorKind> kinds;  ///< empty: any
    Agreement agreement = Agreement::Any;
    std::optional<query::ImageState> picture;
    std::optional<Effect> effect;
    std::vector<std::string> posts;  ///< whole external ids, in their order; empty: all
    std::string rest;                ///< conditions that are none of these

    bool operator==(const CaseSentence&) const = default;
};

/// The sentence as one query line (core/query/README.md). Kinds without a layer that is to be wrong are of any of the
/// systems. Of one system the parts say what the systems together would.
std::string queryOf(const CaseSentence& sentence, const CaseScope& scope);

/// The sentence that a query line says. Where the text is no query, an empty one: menus then begin anew.
CaseSentence sentenceOf(std::string_view query, const CaseScope& scope);

}  // namespace mnerva::workflow
