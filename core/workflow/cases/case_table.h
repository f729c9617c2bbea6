#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/eval/errors.h"
#include "core/project/project.h"
#include "core/workflow/cases/case.h"

namespace mnerva::workflow {

/// How a layer stands to the reference in one post: numbers of entities.
struct Standing {
    std::array<std::uint16_t, eval::kErrorKinds> errors{};  ///< by ErrorKind
    std::uint16_t right = 0;

    int wrong() const;
    int of(eval::ErrorKind kind) const { return errors[static_cast<std::size_t>(kind)]; }
};

/// The layers that are compared and the one they are held against.
struct CaseLayers {
    std::vector<std::string> names;  ///< in the order of the lanes
    std::string reference = "gold";  ///< "gold" or "corrected"; it need not be among the names
};

/// What layers say of all posts of a split, small enough to be asked by every filter at once: entities as numbers, and
/// how each layer stands to the reference. A value; it does not follow the project, replace() tells it of an edit.
class CaseTable {
public:
    struct Layer {
        std::string name;
        project::LayerKind kind = project::LayerKind::Run;
        int covered = 0;  ///< posts
        bool isSystem() const { return kind == project::LayerKind::Run || kind == project::LayerKind::Annotator; }
    };

    CaseTable() = default;
    /// The layers of `layers.names`, then the reference where it is not among them.
    CaseTable(std::vector<Layer> layers, const std::string& reference);

    // --- filling, row by row -----------------------------------------------------------------------------------
    void addPost(PostId post, std::string externalId, bool hasPicture);
    /// What a layer says of the post that was added last; each layer once, in their order.
    void addReading(std::span<const Entity> entities, bool isCovered, bool isAligned);
    /// Judges all rows; to be called when the last has been added. A reference without a single entity is none: its
    /// posts were never tagged, and nothing is held against it. Throws Cancelled.
    void judge(const std::stop_token& stop = {});

    // --- asking ------------------------------------------------------------------------------------------------
    const std::vector<Layer>& layers() const { return m_layers; }
    std::optional<std::size_t> layerOf(const std::string& name) const;
    std::size_t reference() const { return m_reference; }
    std::size_t rows() const { return m_posts.size(); }
    PostId post(std::size_t row) const { return m_posts[row]; }
    const std::string& externalId(std::size_t row) const { return m_externalIds[row]; }
    bool hasPicture(std::size_t row) const { return m_hasPicture[row] != 0; }
    std::optional<std::size_t> rowOf(PostId post) const;

    bool isCovered(std::size_t layer, std::size_t row) const { return cell(layer, row).isCovered; }
    /// Both the layer and the reference speak of the post.
    bool isJudged(std::size_t layer, std::size_t row) const;
    const Standing& standing(std::size_t layer, std::size_t row) const { return cell(layer, row).standing; }
    /// Sums over all judged rows.
    struct Sum {
        int posts = 0, right = 0;
        std::array<int, eval::kErrorKinds> errors{};
    };
    Sum sumOf(std::size_t layer) const;
    /// Systems with an error, or with a difference from the first system where there is no reference.
    int disagreeing(std::size_t row) const;
    /// All systems that speak of the post say the same; false where fewer than one does.
    bool areSystemsEqual(std::size_t row) const;
    /// The widest difference of confidence between two systems at words where they say different things; a system that
    /// says nothing there counts as 0. Nothing where confidences are not stored.
    std::optional<double> confidenceGap(std::size_t row) const;
    /// The lanes of a post, all layers.
    std::vector<LaneReading> readings(std::size_t row) const;

    /// After an edit: what a layer says of a post now.
    void replace(std::size_t layer, std::size_t row, std::span<const Entity> entities, bool isCovered);

private:
    struct Cell {
        std::uint32_t begin = 0, count = 0;  ///< in the mentions of its layer
        bool isCovered = false, isAligned = false;
        Standing standing;
    };
    struct Column {
        std::vector<Cell> cells;
        std::vector<eval::Mention> mentions;
        std::vector<double> confidences;  ///< -1: none
    };
    const Cell& cell(std::size_t layer, std::size_t row) const { return m_columns[layer].cells[row]; }
    std::span<const eval::Mention> mentions(std::size_t layer, std::size_t row) const;
    void append(Column& column, Cell& cell, std::span<const Entity> entities);
    void judgeRow(eval::Matcher& matcher, std::size_t row);
    int typeNumber(const std::string& type);

    std::vector<Layer> m_layers;
    std::size_t m_reference = 0;
    std::vector<Column> m_columns;  ///< of each layer
    std::vector<PostId> m_posts;
    std::vector<std::string> m_externalIds;
    std::vector<char> m_hasPicture;
    std::vector<std::string> m_types;
    std::size_t m_filling = 0;  ///< layer that the next reading is of
};

/// Reads layers of a project. Errors: LayerUnknown; OptionInvalid for a reference that is neither gold nor corrected.
/// Throws Cancelled.
CaseTable loadCases(const project::Project& project, const CaseLayers& layers, std::optional<Split> split,
                    const std::stop_token& stop = {});

/// The case of a row: the post as it is stored, its picture, the lanes of the table.
Case caseOf(const project::Project& project, const CaseTable& table, std::size_t row);

}  // namespace mnerva::workflow
