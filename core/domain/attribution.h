#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva {

/// What is explained (explanation.md 1): that the words first..last are an entity of this type.
struct Target {
    int first = 0, last = 0;  ///< words, both ends included
    std::string type;
    double logProbability = 0;  ///< y, natural logarithm
    /// What y is: "span" (log probability of exactly this span, by the CRF), "tags" (sum of the log probabilities of
    /// its tags, where each is told alone), "answer" (of the tokens of a written answer). targetFormText() says it.
    std::string form;
    /// y after each fusion layer, as if it were the last (explanation.md 2, "when did it decide"); the last of them is
    /// logProbability. Empty where the run has not got several.
    std::vector<double> byLayer{};

    bool operator==(const Target&) const = default;
};

/// English sentence, marked for translation (context "Attribution"); empty for a form that is not known.
std::string_view targetFormText(std::string_view form);

/// One way to say where in a post an answer comes from (explanation.md 2).
struct AttributionMethod {
    std::string_view id;        ///< "attention", "rollout", ...: stable, in messages and files
    std::string_view title;     ///< English, marked for translation (context "Attribution")
    std::string_view sentence;  ///< what it says, in one sentence; marked likewise
    bool isOfCells = true;      ///< gives a number for each cell of the picture; else for each word
    bool isSigned = true;       ///< values below 0 speak against the target
    bool isQuick = false;       ///< costs at most one forward and one backward pass
};

/// All of them, quick ones first: the order in which they are computed and shown.
const std::array<AttributionMethod, 8>& attributionMethods();
/// Null for an id that is not known.
const AttributionMethod* attributionMethod(std::string_view id);
/// The ids of all, as people are told them: "attention, rollout, ...".
std::string attributionMethodIds();

/// Words in place of those of the entity, for the method word-out.
struct WordExchange {
    std::string type;  ///< of the entity whose words they are
    std::vector<std::string> words;
    double change = 0;  ///< in an answer: y of the post as it is - y with these words in their place

    bool operator==(const WordExchange&) const = default;
};

/// What one method says of one target. Higher is more for the target.
struct Attribution {
    std::string method;
    std::vector<float> cells;              ///< 49, row-major, of the first picture; empty where it says nothing
    std::vector<std::vector<float>> more;  ///< 49 of each further picture, in the order of Prediction::pictureOf
    std::vector<float> crops;              ///< of each crop of each picture, where the method has them
    std::vector<float> words;              ///< of each word of the post, where the method has them
    std::vector<WordExchange> exchanges;   ///< word-out: the other names, answered
    bool isSigned = false;                 ///< values below 0 speak against the target
    double seconds = 0;                    ///< that it took
    std::optional<double> gap;             ///< integrated-gradients: |sum - (y(x) - y(x0))|, in units of y
    std::optional<double> change;          ///< the y(x) - y(x0) that the gap is measured against
    std::string baseline;                  ///< what stood for "nothing there": "mean", "own-mean", "zeros", "grey"
    std::string unavailable;               ///< why the system cannot serve it, a sentence; empty when served

    bool isServed() const { return unavailable.empty(); }
    bool operator==(const Attribution&) const = default;
};

/// What is asked.
struct AttributionQuery {
    /// Words of the target, both ends included; first -1: the first entity found, else the first word.
    int first = -1, last = -1;
    std::string type;                  ///< empty: what the model finds there, else its most probable type
    std::vector<std::string> methods;  ///< ids; empty: all
    /// Of integrated-gradients and occlusion: "mean" (the mean cell of the training posts, or of the picture itself
    /// where the run does not know it), "zeros", "grey" (pixels of the mean colour).
    std::string baseline = "mean";
    int steps = 32;                       ///< midpoints of integrated-gradients
    int layer = 0;                        ///< attention: fusion layer from 1; 0: the last
    int head = 0;                         ///< attention: head from 1; 0: the mean of all
    bool imageToText = false;             ///< attention: cells read words, instead of words read cells
    std::vector<WordExchange> exchanges;  ///< word-out: other names to try in the entity's place

    bool operator==(const AttributionQuery&) const = default;
};

/// The names of baselines that may be asked for.
const std::array<std::string_view, 3>& attributionBaselines();

/// Cells of the first picture that a model is not to see. Nothing covered: the picture as it is.
struct Cover {
    std::vector<int> cells;            ///< 0..48, row-major
    std::string replacement = "grey";  ///< as AttributionQuery::baseline: "mean", "zeros", "grey"

    bool isNothing() const { return cells.empty(); }
    bool operator==(const Cover&) const = default;
};

}  // namespace mnerva
