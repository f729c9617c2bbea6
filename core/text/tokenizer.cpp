#include "core/text/tokenizer.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/text/byte_level_bpe.h"
#include "core/text/unigram.h"
#include "core/text/wordpiece.h"

namespace mnerva::text {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

/// tokenizer_config.json; an empty object where there is none.
json configOf(const fs::path& folder) {
    const fs::path path = folder / "tokenizer_config.json";
    if (!fs::exists(path)) return json::object();
    json parsed = readJson(path);
    if (!parsed.is_object())
        throw Error(ErrorCode::FormatInvalid, {path.string(), "no JSON object", "a tokenizer_config.json"});
    return parsed;
}

bool isCamembert(const json& config, const std::string& modelType) {
    const auto kind = config.find("tokenizer_class");
    if (kind != config.end() && kind->is_string()) return kind->get<std::string>().rfind("Camembert", 0) == 0;
    return modelType == "camembert";
}

}  // namespace

std::vector<int> Tokenizer::ids(std::string_view word) const {
    std::vector<int> out;
    appendIds(word, out);
    return out;
}

std::shared_ptr<const Tokenizer> loadTokenizer(const fs::path& folder, const TokenizerHints& hints) {
    const auto has = [&](const char* name) { return fs::exists(folder / name); };
    const json config = configOf(folder);
    if (has("sentencepiece.bpe.model")) {
        const auto ids = isCamembert(config, hints.modelType) ? Unigram::Ids::Camembert : Unigram::Ids::XlmRoberta;
        return std::make_shared<Unigram>(Unigram::load(folder / "sentencepiece.bpe.model", ids));
    }
    if (has("vocab.json") && has("merges.txt"))
        return std::make_shared<ByteLevelBpe>(ByteLevelBpe::load(folder / "vocab.json", folder / "merges.txt"));
    if (has("vocab.txt")) {
        const auto said = config.find("do_lower_case");
        const bool lowerCase =
            said != config.end() && said->is_boolean() ? said->get<bool>() : hints.lowerCase.value_or(true);
        return std::make_shared<WordPiece>(WordPiece::load(folder / "vocab.txt", lowerCase));
    }
    if (has("tokenizer.json"))
        return std::make_shared<ByteLevelBpe>(ByteLevelBpe::loadTokenizerJson(folder / "tokenizer.json"));
    throw Error(ErrorCode::EncoderIncomplete,
                {folder.string(), "vocab.txt, or vocab.json with merges.txt, or sentencepiece.bpe.model"});
}

}  // namespace mnerva::text
