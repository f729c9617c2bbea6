#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/models/text/encoded_post_internal.h"

namespace mnerva::models {

/// How a system with these options tags (option "subtoken"; systems without it have one way of their own).
UnitMode unitModeOf(const nlohmann::json& options);

/// Classes of a model for these word tags: the tags, and in X mode PAD before them and X, [CLS], [SEP] after them (the
/// order of models.md 1.3). Tags that are special already are not doubled.
std::vector<std::string> classesFor(const std::vector<std::string>& wordTags, UnitMode mode);

/// Where the special classes are; -1 for one that is missing.
SpecialClasses specialsOf(const std::vector<std::string>& classes);

/// True for PAD, X, [CLS] and [SEP]: tags that no word of a data set carries.
bool isSpecialTag(const std::string& tag);

/// Index of "O". Errors: LabelUnknown.
int outsideClass(const std::vector<std::string>& classes);

/// A second, coarser tagging task (UMT, MGCMT; models.md 1.3): first letters of the tags, special tags as they are.
struct SpanClasses {
    std::vector<std::string> names;     ///< "PAD", "O", "B", "I", "X", "[CLS]", "[SEP]" as they occur
    std::vector<std::int64_t> ofClass;  ///< class -> span class
    std::vector<std::vector<float>>
        share;  ///< [span class][class]: rows sum to 1 (the conversion matrix of 4.3 step 8)
};
SpanClasses spanClassesOf(const std::vector<std::string>& classes);

}  // namespace mnerva::models
