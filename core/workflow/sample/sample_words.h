#pragma once

#include <string>
#include <vector>

#include "core/workflow/sample/sample.h"

namespace mnerva::workflow {

/// Words the generator draws from. Names are lists of words; single characters for Chinese.
struct SampleWords {
    using Phrase = std::vector<std::string>;
    std::vector<Phrase> ambiguous;           ///< PER, LOC or ORG at random
    std::vector<std::vector<Phrase>> plain;  ///< names of PER, LOC, ORG that text alone decides
    std::vector<Phrase> introductions;       ///< words before a plain name of that type ("in"), may be empty
    std::vector<Phrase> misc;                ///< MISC names, text decides; may be empty
    std::vector<Phrase> filler;
    std::vector<Phrase> oddities;  ///< emoji, addresses, long words of many pieces
};

const SampleWords& sampleWords(SampleLanguage language);

}  // namespace mnerva::workflow
