#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace mnerva::protocol {

/// What one set of maps is of: a head of a fusion layer. Methods that know neither have one set, {0, 0}.
struct MapSet {
    int layer = 0;  ///< from 1; 0: the method has no layers
    int head = 0;   ///< from 1; 0: the mean of all
    bool operator==(const MapSet&) const = default;
};

/// An entity that the run finds in a post with a picture.
struct MappedEntity {
    std::string id;           ///< of the post
    std::int64_t number = 0;  ///< of the post in the project
    int first = 0, last = 0;  ///< words, both ends included
    std::string type;
    std::string text;  ///< its words, joined as the post's are
    bool operator==(const MappedEntity&) const = default;
};

/// The maps of all entities that a run finds in a split, by one method, kept with the run for the search of maps that
/// are alike (explanation.md 2, corpus search). The 49 cells of the first picture, row-major.
struct MapIndex {
    static constexpr int kFormat = 1;
    static constexpr std::size_t kCells = 49;

    std::string run, method;   ///< "attention" or "relevancy"
    std::string split;         ///< empty: all posts
    std::string weights;       ///< that made the maps: weightsNameOf()
    std::string boxes;         ///< which boxes the run saw: "all", "detected", "none"
    bool imageToText = false;  ///< attention of the cells to the words, of a system without the other one
    std::int64_t posts = 0;    ///< that were asked
    std::vector<MapSet> sets;
    std::vector<MappedEntity> entities;
    // A row a map, the sets of an entity behind each other.
    std::vector<float> largest;        ///< largest absolute value of the map
    std::vector<float> entropy;        ///< eval::entropyOf(): 0 sharpest, 1 flat
    std::vector<std::int16_t> shares;  ///< 49 a row, of `largest`: -32767 to 32767

    /// Adds a map; entities get theirs in the order of `sets`. Values must be finite.
    void addMap(std::span<const float> cells);
    std::size_t row(std::size_t entity, std::size_t set) const { return entity * sets.size() + set; }
    /// Within 2e-5 of the largest, as 16 bits hold them.
    std::vector<float> cells(std::size_t entity, std::size_t set) const;
    std::span<const std::int16_t> sharesOf(std::size_t entity, std::size_t set) const {
        return std::span(shares).subspan(row(entity, set) * kCells, kCells);
    }
    /// Nothing where the method has no such layer and head.
    std::optional<std::size_t> setOf(const MapSet& wanted) const;

    bool operator==(const MapIndex&) const = default;
};

/// The bytes of a file of maps: a mark, the length of a JSON head, the head, a row a map.
std::string mapIndexBytes(const MapIndex& index);
/// Reads them again. Errors: FormatInvalid (naming `file`) for anything else, a damaged one (its digest is another)
/// and one of another format.
MapIndex readMapIndex(std::string_view bytes, const std::filesystem::path& file);

/// <run folder>/maps-attention-test.bin
std::filesystem::path mapIndexFile(const std::filesystem::path& runFolder, const std::string& method,
                                   const std::string& split);
/// Names the weights of a run: the SHA-256 that its record keeps of them, else that of the file. Empty where there are
/// none. Reads 400 MB where the record does not say: not for the GUI thread.
std::string weightsNameOf(const std::filesystem::path& runFolder);

/// What a run's folder holds for a method and a split.
struct MapIndexFound {
    enum class State {
        Missing,
        Damaged,       ///< `fault` says what is wrong
        OtherWeights,  ///< the run was trained further since
        Ready,
    };
    State state = State::Missing;
    std::optional<Error> fault;
    MapIndex index;  ///< Ready alone
};
/// Never throws for what is in the folder. Not for the GUI thread.
MapIndexFound findMapIndex(const std::filesystem::path& runFolder, const std::string& method, const std::string& split);

}  // namespace mnerva::protocol
