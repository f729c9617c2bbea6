#include "core/text/unigram.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"
#include "core/text/vocabulary_limits_internal.h"

namespace mnerva::text {
namespace fs = std::filesystem;
namespace {

using Type = SentencePieceModel::Type;

constexpr std::uint32_t kRoot = 1;
constexpr int kUnknown = 0;
/// How much less likely an unknown character is than the least likely piece, as in the library.
constexpr float kUnknownPenalty = 10;

bool isText(const SentencePieceModel::Piece& piece) {
    return piece.type == Type::Normal;
}

std::size_t trieBytes(const SentencePieceModel& model, const std::string& path) {
    std::size_t bytes = 0;
    for (const auto& piece : model.pieces) bytes += piece.text.size();
    if (bytes > ByteTrie::kMostBytes)
        throw Error(ErrorCode::EncoderInvalid, {path, std::to_string(bytes) + " bytes of pieces",
                                                "at most " + std::to_string(ByteTrie::kMostBytes)});
    return bytes;
}

void requireUnigram(const SentencePieceModel& model, const std::string& path) {
    const auto refuse = [&](const std::string& found) {
        throw Error(ErrorCode::FormatInvalid, {path, found, "a SentencePiece unigram model as XLM-R has"});
    };
    if (model.modelType != 1) refuse("a SentencePiece model of kind " + std::to_string(model.modelType));
    if (model.byteFallback) refuse("byte fallback");
    if (model.whitespaceAsSuffix) refuse("white space as suffix");
    if (!model.escapeWhitespaces) refuse("white space that is not escaped");
    for (const auto& piece : model.pieces)
        if (piece.type == Type::UserDefined || piece.type == Type::Byte)
            refuse("the user-defined piece " + excerpt(piece.text));
    constexpr std::array<Type, 3> kWanted{Type::Unknown, Type::Control, Type::Control};
    for (std::size_t i = 0; i < kWanted.size(); ++i)
        if (i >= model.pieces.size() || model.pieces[i].type != kWanted[i])
            throw Error(ErrorCode::EncoderInvalid,
                        {path, "another piece " + std::to_string(i), "<unk>, <s> and </s> as the first pieces"});
}

}  // namespace

Unigram::Unigram(std::string bytes, const SentencePieceModel& model, Ids ids, const std::string& path)
    : m_bytes(std::move(bytes)),
      m_ids(ids),
      m_shift(ids == Ids::XlmRoberta ? 1 : 4),
      m_mask(static_cast<int>(model.pieces.size()) + m_shift),
      m_normalizer(model, path),
      m_trie(trieBytes(model, path), 1) {
    const bool camembert = ids == Ids::Camembert;
    m_special = {camembert ? 1 + m_shift : 0, camembert ? 2 + m_shift : 2, 1, 3, m_mask};
    float lowest = std::numeric_limits<float>::max();
    for (std::size_t i = 0; i < model.pieces.size(); ++i) {
        const auto& piece = model.pieces[i];
        m_scores.push_back(piece.score);
        if (!isText(piece) || piece.text.empty()) continue;
        lowest = std::min(lowest, piece.score);
        m_trie.insert(kRoot, piece.text, static_cast<int>(i));
    }
    m_unknownScore = lowest - kUnknownPenalty;
}

Unigram Unigram::load(const fs::path& path, Ids ids) {
    std::string bytes = readFile(path, kMostVocabularyBytes);
    const SentencePieceModel model = SentencePieceModel::parse(bytes, path.string());
    requireUnigram(model, path.string());
    return Unigram(std::move(bytes), model, ids, path.string());
}

/// Viterbi over the places between characters. The library adds in double and keeps floats, which decides between equal
/// ways to cut ("...."), so the same is done here.
int Unigram::appendIds(std::string_view word, std::vector<int>& out) const {
    struct Best {
        float score = 0;
        int from = -1, piece = kUnknown;
    };
    const std::string text = m_normalizer.normalized(isValidUtf8(word) ? std::string(word) : repairedUtf8(word));
    std::vector<Best> best(text.size() + 1);
    const auto reach = [&](std::size_t end, std::size_t from, int piece, double score) {
        Best& target = best[end];
        if (target.from >= 0 && !(score > static_cast<double>(target.score))) return;
        target = {static_cast<float>(score), static_cast<int>(from), piece};
    };
    for (std::size_t from = 0; from < text.size();) {
        std::size_t next = from;
        nextCodePoint(text, next);
        const float before = best[from].score;
        bool alone = false;
        std::uint32_t node = kRoot;
        for (std::size_t at = from; at < text.size();) {
            node = m_trie.child(node, static_cast<unsigned char>(text[at++]));
            if (node == 0) break;
            const int piece = m_trie.idAt(node);
            if (piece < 0) continue;
            reach(at, from, piece, static_cast<double>(m_scores[static_cast<std::size_t>(piece)]) + before);
            alone |= at == next;
        }
        if (!alone) reach(next, from, kUnknown, static_cast<double>(m_unknownScore + before));
        from = next;
    }
    std::vector<int> pieces;
    for (int at = static_cast<int>(text.size()); at > 0; at = best[static_cast<std::size_t>(at)].from) {
        const int piece = best[static_cast<std::size_t>(at)].piece;
        const bool repeated = piece == kUnknown && !pieces.empty() && pieces.back() == unk();
        if (!repeated) pieces.push_back(piece == kUnknown ? unk() : piece + m_shift);
    }
    out.insert(out.end(), pieces.rbegin(), pieces.rend());
    return static_cast<int>(pieces.size());
}

void Unigram::save(const fs::path& folder) const {
    writeFileAtomic(folder / "sentencepiece.bpe.model", m_bytes);
    const bool camembert = m_ids == Ids::Camembert;
    const nlohmann::json config{{"tokenizer_class", camembert ? "CamembertTokenizer" : "XLMRobertaTokenizer"}};
    writeFileAtomic(folder / "tokenizer_config.json", config.dump(2) + "\n");
}

}  // namespace mnerva::text
