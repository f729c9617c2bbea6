#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/text/tokenizer.h"

namespace mnerva::text::test {

/// tests/golden/<name>.
inline std::filesystem::path golden(const std::string& name) {
    return std::filesystem::path(MNERVA_SOURCE_DIR) / "tests/golden" / name;
}

inline nlohmann::json goldenJson(const std::string& name) {
    return nlohmann::json::parse(readFile(golden(name)));
}

/// Hand-written words and their ids, a column a tokenizer.
inline nlohmann::json goldenWords() {
    return goldenJson("tokenizer_words.json").at("words");
}

/// The small vocabularies that were learned from this repository's texts.
inline std::shared_ptr<const Tokenizer> bpe() {
    static const auto loaded = loadTokenizer(golden("bpe"));
    return loaded;
}
inline std::shared_ptr<const Tokenizer> unigram() {
    static const auto loaded = loadTokenizer(golden("unigram"));
    return loaded;
}

/// One line for each word whose ids are not as recorded; words without the column do not count, and fewer than `least`
/// that have it fail the test.
inline std::string differentWords(const Tokenizer& tokenizer, const nlohmann::json& rows, const std::string& column,
                                  int least = 1) {
    std::string out;
    int recorded = 0;
    for (const nlohmann::json& row : rows) {
        if (!row.contains(column)) continue;
        ++recorded;
        const std::vector<int> ids = tokenizer.ids(row.at("word").get<std::string>());
        if (ids != row.at(column).get<std::vector<int>>())
            out += row.at("word").dump(-1, ' ', true) + ": " + nlohmann::json(ids).dump() + " wanted " +
                   row.at(column).dump() + "\n";
    }
    CHECK(recorded >= least);
    return out;
}

}  // namespace mnerva::text::test
