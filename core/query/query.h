#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/query/mistake.h"

namespace mnerva::query {

/// What a term looks at.
enum class Field {
    Any,         ///< a bare word or phrase: in the text or in the id
    Text,        ///< text:
    Id,          ///< id:, id=
    Label,       ///< label: an entity of what a person sees (the corrected layer)
    Gold,        ///< gold: an entity of the gold layer
    Predicted,   ///< pred(LAYER): an entity of that layer
    Confidence,  ///< conf<0.6, conf(RUN)<0.6: an entity of a run with such a confidence
    Image,       ///< img:yes|no|missing
    Status,      ///< status:open|done|skipped
    Flag,        ///< flag:yes|no
    Review,      ///< review:none|to-review|accepted|returned
    Has,         ///< has:comment
    Comment,     ///< comment: words in a comment
    Split,       ///< split:train|valid|test|none
    Edited,      ///< edited:yes|no
    Disagree,    ///< disagree(A,B,...): of these layers, those that speak of the post do not all say the same
    Error,       ///< error(RUN):boundary|type|boundary-and-type|missed|spurious|region
    Right,       ///< right(RUN): no difference
    Wrong,       ///< wrong(RUN): some difference
    Picture,     ///< picture(RUN):helped|hurt|same
    Length,      ///< len>30, in words
    Conflict,    ///< conflict:yes|no: an entity whose text carries another label elsewhere in the project
};
inline constexpr std::size_t kFields = 22;

enum class Compare { Less, LessOrEqual, Equal, Unequal, GreaterOrEqual, Greater };

/// img:yes names a picture that is there, img:missing one that is not, img:no names none.
enum class ImageState { No, Yes, Missing };
/// What the picture of a post did to a run (explanation.md 4).
enum class Influence { Helped, Hurt, Same };

/// error(RUN):region, behind the kinds of eval::ErrorKind: words and type are right, and the boxes are those of another
/// region of the picture (models.md 4.7).
inline constexpr int kRegionError = 5;

/// One condition.
struct Term {
    Field field = Field::Any;
    Place place;                      ///< where it stands in the text
    std::string text;                 ///< searchForm() of a word or phrase; a label, folded; "*": any label
    std::vector<std::size_t> layers;  ///< places in Query::layers; right, wrong, error: the run, then what is true
    /// An ErrorKind or kRegionError, PostStage, Review, Split, ImageState or Influence; 1 for yes, 0 for no.
    int value = 0;
    bool isWhole = false;              ///< id=: the whole id, not a piece of it
    Compare compare = Compare::Equal;  ///< Confidence (0..1), Length (words)
    double number = 0;
};

/// Terms joined by and, or, not; at most kDeepest levels of them.
struct Node {
    enum class Kind { Everything, And, Or, Not, Term };
    Kind kind = Kind::Everything;
    std::size_t term = 0;  ///< of Kind::Term: place in Query::terms
    Place place;           ///< where it stands in the text, with its parentheses
    std::vector<Node> parts;
};

/// A layer that a query names, and where it first does.
struct NamedLayer {
    std::string name;
    Place place;
    bool mustBeRun = false;
};

/// A query that was understood. Layers and labels in it are names still: bind() compares them with what there is.
struct Query {
    Node root;
    std::vector<Term> terms;
    std::vector<NamedLayer> layers;

    /// Whether it is the empty query, which all posts match.
    bool isEmpty() const { return root.kind == Node::Kind::Everything; }
    bool uses(Field field) const;
};

inline constexpr std::size_t kDeepest = 200;           ///< levels of parentheses and nots
inline constexpr std::size_t kLongestQuery = 1 << 16;  ///< code points

/// Reads a query line (annotation.md 4, item 12; the language is described in core/query/README.md). Gives the first
/// mistake otherwise. Takes any bytes; those that are no UTF-8 read as U+FFFD. Terms that cost little stand first in
/// the nodes, whatever their order in the text.
std::variant<Query, Mistake> parse(std::string_view text);

/// What a project has, for bind() and completions().
struct Names {
    struct Layer {
        std::string name;
        bool isRun = false;
    };
    std::vector<Layer> layers;        ///< gold and corrected among them
    std::vector<std::string> labels;  ///< types of any layer
    bool knowsAllLabels = true;       ///< false: another label is no mistake
};

/// Compares the names in a query with those there are: LayerUnknown, RunWanted, LabelUnknown. A name is found whatever
/// its case and width, one of the same letters first, and written into the query as it is stored. Terms about "any run"
/// get all runs. To be called once, before matches().
std::optional<Mistake> bind(Query& query, const Names& names);

/// Whether a term compares the regions of two layers.
bool looksAtRegions(const Term& term);
/// Whether a field looks at what a layer says, gold and corrected among them.
bool looksAtLayers(Field field);
/// The first condition that would tell what whoever works on a blind layer must not know: LayersHidden.
std::optional<Mistake> hiddenFromBlind(const Query& query);

/// Name of a field as it is written ("label"); empty for Any.
std::string_view fieldName(Field field);
std::string_view influenceName(Influence influence);
/// A value as a query holds it: in quotes where it needs them.
std::string quoted(std::string_view value);

}  // namespace mnerva::query
