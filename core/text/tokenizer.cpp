#include "core/text/tokenizer.h"

#include "core/text/byte_level_bpe.h"
#include "core/text/encoder_files.h"
#include "core/text/unigram.h"
#include "core/text/wordpiece.h"

namespace mnerva::text {
namespace fs = std::filesystem;
namespace {

bool isCamembert(const TokenizerConfig& config, const std::string& modelType) {
    if (config.tokenizerClass.empty()) return modelType == "camembert";
    return config.tokenizerClass.rfind("Camembert", 0) == 0;
}

}  // namespace

std::vector<int> Tokenizer::ids(std::string_view word) const {
    std::vector<int> out;
    appendIds(word, out);
    return out;
}

std::shared_ptr<const Tokenizer> loadTokenizer(const fs::path& folder, const TokenizerHints& hints) {
    const TokenizerConfig config = readTokenizerConfig(folder);
    const fs::path vocabulary = EncoderFiles(folder).require(EncoderPart::Vocabulary);
    const fs::path name = vocabulary.filename();
    if (name == "sentencepiece.bpe.model") {
        const auto ids = isCamembert(config, hints.modelType) ? Unigram::Ids::Camembert : Unigram::Ids::XlmRoberta;
        return std::make_shared<Unigram>(Unigram::load(vocabulary, ids));
    }
    if (name == "vocab.json")
        return std::make_shared<ByteLevelBpe>(ByteLevelBpe::load(vocabulary, folder / "merges.txt"));
    if (name == "tokenizer.json") return std::make_shared<ByteLevelBpe>(ByteLevelBpe::loadTokenizerJson(vocabulary));
    const bool lowerCase = config.lowerCase.value_or(hints.lowerCase.value_or(true));
    return std::make_shared<WordPiece>(WordPiece::load(vocabulary, lowerCase));
}

}  // namespace mnerva::text
