#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/workflow/cases/case_table.h"

namespace mnerva::workflow {

/// What picks posts for Cases. The page and the commands know no more of it than this, so that a query language can
/// take the place of the sentence below.
class CaseFilter {
public:
    virtual ~CaseFilter() = default;
    /// The rows that are kept, in the table's order. Throws Cancelled.
    virtual std::vector<std::uint32_t> rows(const CaseTable& table, const std::stop_token& stop = {}) const = 0;
    /// The same as one line of the query language; empty: everything.
    virtual std::string queryLine() const = 0;
};

/// A sentence made of menus: "A right, B wrong, boundary, with picture". Every part narrows what is kept.
class SentenceFilter : public CaseFilter {
public:
    enum class Wanted { Right, Wrong };
    /// Right: the layer speaks of the post and has no difference from the reference. Wrong: it has one, of `kind` where
    /// the sentence names kinds.
    struct LayerPart {
        std::string layer;
        Wanted wanted = Wanted::Right;
    };
    enum class Agreement {
        Any,
        SomeWrong,   ///< a system differs from the reference, by one of `kinds` where those are named
        Differ,      ///< the systems do not all say the same
        AllAgainst,  ///< all say the same, and the reference says otherwise
        AllRight,    ///< all are as the reference
    };
    enum class Picture { Any, With, Without };

    std::vector<LayerPart> layers;
    std::vector<eval::ErrorKind> kinds;  ///< empty: any
    Agreement agreement = Agreement::Any;
    Picture picture = Picture::Any;
    std::vector<std::string> posts;  ///< external ids; empty: all

    std::vector<std::uint32_t> rows(const CaseTable& table, const std::stop_token& stop = {}) const override;
    std::string queryLine() const override;
};

/// In which order cases are walked. Ties keep the project's order.
enum class CaseOrder {
    Project,
    Disagreeing,  ///< most disagreeing systems first
    Gap,          ///< widest gap of confidence first (CaseTable::confidenceGap); posts without one last
};
void sortRows(std::vector<std::uint32_t>& rows, const CaseTable& table, CaseOrder order);
/// In the order in which posts were named; those that were not, last.
void sortByName(std::vector<std::uint32_t>& rows, const CaseTable& table, const std::vector<std::string>& posts);

/// Posts that people come back to.
struct SavedView {
    std::string name;                ///< stable: "figure-3"
    std::string title;               ///< for people (context "SavedView")
    std::vector<std::string> posts;  ///< external ids, in the order of the view
};
/// The views that Mnerva brings: the case study of models.md 6.8.
const std::vector<SavedView>& builtInViews();
/// Those of which every post is in the table.
std::vector<SavedView> viewsOf(const CaseTable& table);

}  // namespace mnerva::workflow
