#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/models/text/word_augmenter_internal.h"
#include "core/nn/weights/weights.h"

namespace mnerva::models {
namespace fs = std::filesystem;
using nlohmann::json;
using torch::Tensor;
namespace {

constexpr std::int64_t kScoresAtOnce = std::int64_t{1} << 24;  // of words by neighbours
constexpr const char* kPieceFile = "word-vectors.safetensors";
constexpr int kWidest = 65536;
constexpr double kSmallestNorm = 1e-12;

/// Number `i` of those that a word draws, 0..1: fnv1a64 of the word, then splitmix64.
double drawn(const std::string& word, std::uint64_t i) {
    std::uint64_t z = 0xCBF29CE484222325ULL;
    for (const char c : word) z = (z ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    z += i + 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * 0x1.0p-53;
}

std::string lowered(std::string word) {
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return word;
}

std::vector<float> meanOfPieces(const Tensor& pieces, const std::vector<int>& ids) {
    const std::int64_t width = pieces.size(1);
    std::vector<double> sum(static_cast<std::size_t>(width));
    const float* table = pieces.data_ptr<float>();
    for (const int id : ids)
        for (std::int64_t d = 0; d < width; ++d) sum[static_cast<std::size_t>(d)] += table[id * width + d];
    std::vector<float> out;
    for (const double value : sum)
        out.push_back(static_cast<float>(value / static_cast<double>(std::max<std::size_t>(1, ids.size()))));
    return out;
}

WordVectors vectorsOfPieces(const Tensor& pieces, const PieceReader& reader, std::vector<std::string> words) {
    std::vector<float> values;
    for (const std::string& word : words) {
        const std::vector<float> mean = meanOfPieces(pieces, reader(word));
        values.insert(values.end(), mean.begin(), mean.end());
    }
    return {std::move(words), std::move(values), static_cast<int>(pieces.size(1))};
}

double cosine(const float* a, const float* b, int width) {
    double dot = 0, aa = 0, bb = 0;
    for (int d = 0; d < width; ++d) {
        dot += static_cast<double>(a[d]) * b[d];
        aa += static_cast<double>(a[d]) * a[d];
        bb += static_cast<double>(b[d]) * b[d];
    }
    return dot / std::max(kSmallestNorm, std::sqrt(aa * bb));
}

Tensor asMatrix(const WordVectors& vectors) {
    return torch::from_blob(const_cast<float*>(vectors.values().data()),  // only read
                            {static_cast<std::int64_t>(vectors.size()), vectors.dimension()});
}

}  // namespace

WordAugmenter::WordAugmenter(WordVectors vectors) : m_vectors(std::move(vectors)) {
    const torch::NoGradGuard noGradient;
    m_inverseNorms = asMatrix(m_vectors).norm(2, 1).clamp_min(kSmallestNorm).reciprocal();
}

WordAugmenter::WordAugmenter(Tensor pieces, PieceReader reader, std::vector<std::string> vocabulary)
    : WordAugmenter(vectorsOfPieces(pieces, reader, std::move(vocabulary))) {
    m_pieces = std::move(pieces);
    m_reader = std::move(reader);
}

std::ptrdiff_t WordAugmenter::ownRow(const std::string& word) const {
    const std::ptrdiff_t row = m_vectors.rowOf(word);
    return row >= 0 || m_pieces.defined() ? row : m_vectors.rowOf(lowered(word));
}

std::vector<float> WordAugmenter::vectorOf(const std::string& word) const {
    if (const std::ptrdiff_t row = ownRow(word); row >= 0) {
        const float* values = m_vectors.values().data() + row * width();
        return {values, values + width()};
    }
    return m_pieces.defined() ? meanOfPieces(m_pieces, m_reader(word)) : std::vector<float>{};
}

void WordAugmenter::compute(const std::vector<const std::string*>& words) {
    const torch::NoGradGuard noGradient;
    const auto many = static_cast<std::int64_t>(m_vectors.size());
    const Tensor all = asMatrix(m_vectors);
    Tensor asked = torch::zeros({static_cast<std::int64_t>(words.size()), width()});
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::vector<float> vector = vectorOf(*words[i]);
        std::copy(vector.begin(), vector.end(), asked.data_ptr<float>() + i * static_cast<std::size_t>(width()));
    }
    Tensor scores = asked.matmul(all.t()) * m_inverseNorms;  // [words, V]; the asked word's own norm changes no order
    for (std::size_t i = 0; i < words.size(); ++i)
        if (const std::ptrdiff_t own = ownRow(*words[i]); own >= 0)
            scores[static_cast<std::int64_t>(i)][own].fill_(-std::numeric_limits<float>::infinity());
    const std::int64_t most = std::min<std::int64_t>(kNeighbours, many);
    const Tensor nearest = std::get<1>(scores.topk(most, 1));  // [words, 4]
    const auto rows = nearest.accessor<std::int64_t, 2>();
    for (std::size_t i = 0; i < words.size(); ++i) {
        const float* own = asked.data_ptr<float>() + i * static_cast<std::size_t>(width());
        const bool known = std::any_of(own, own + width(), [](float x) { return x != 0; });
        std::vector<float> out(static_cast<std::size_t>(width()));
        if (!known && !m_pieces.defined()) {
            const double bound = std::sqrt(3.0 / width());
            for (std::size_t d = 0; d < out.size(); ++d)
                out[d] = static_cast<float>(bound * (2 * drawn(*words[i], d) - 1));
        }
        // Weights once more in double and one word at a time: a word asked for alone gets the bits it got among others.
        std::vector<std::pair<std::int64_t, double>> weights;
        double sum = 0;
        for (std::int64_t k = 0; known && k < most; ++k) {
            const std::int64_t row = rows[static_cast<std::int64_t>(i)][k];
            if (row == ownRow(*words[i])) continue;
            weights.emplace_back(row, std::exp(cosine(own, m_vectors.values().data() + row * width(), width())));
            sum += weights.back().second;
        }
        for (std::size_t d = 0; d < out.size() && !weights.empty(); ++d) {
            double value = 0;
            for (const auto& [row, weight] : weights)
                value += weight / sum * m_vectors.values()[static_cast<std::size_t>(row * width()) + d];
            out[d] = static_cast<float>(value);
        }
        m_numbers[*words[i]] = static_cast<std::int64_t>(m_rows.size());
        m_rows.push_back(std::move(out));
    }
}

std::vector<std::int64_t> WordAugmenter::rowsOf(const std::vector<std::string>& words) {
    std::vector<const std::string*> fresh;
    const auto most = static_cast<std::size_t>(
        std::clamp<std::int64_t>(kScoresAtOnce / std::max<std::int64_t>(1, std::ssize(m_vectors.words())), 1, 256));
    const auto flush = [&] {
        if (!fresh.empty()) compute(fresh);
        fresh.clear();
    };
    for (const std::string& word : words) {
        if (!m_numbers.try_emplace(word, -1).second) continue;
        fresh.push_back(&word);
        if (fresh.size() == most) flush();
    }
    flush();
    std::vector<std::int64_t> out;
    for (const std::string& word : words) out.push_back(m_numbers.at(word));
    return out;
}

const float* WordAugmenter::row(std::int64_t number) const {
    return m_rows.at(static_cast<std::size_t>(number)).data();
}

void WordAugmenter::forget() {
    m_numbers.clear();
    m_rows.clear();
}

void WordAugmenter::savePieces(const fs::path& path) const {
    const json words = m_vectors.words();
    nn::saveSafetensors({{"pieces", m_pieces}}, path,
                        {{"words", words.dump(-1, ' ', false, json::error_handler_t::replace)}});
}

WordAugmenter WordAugmenter::loadPieces(const fs::path& path, PieceReader reader) {
    const nn::WeightFile file = nn::WeightFile::open(path);
    const auto words = file.metadata().find("words");
    const json list = words == file.metadata().end() ? json() : tryParseJson(words->second);
    const Tensor pieces = file.tensor("pieces");
    const bool texts = list.is_array() && !list.empty() &&
                       std::all_of(list.begin(), list.end(), [](const json& word) { return word.is_string(); });
    if (!texts || pieces.dim() != 2)
        throw Error(ErrorCode::FormatInvalid, {path.string(), "no list of words", "words and their pieces"});
    nn::requireFinite(pieces, path.string() + ": pieces");
    return {pieces, std::move(reader), list.get<std::vector<std::string>>()};
}

json toJson(const AugmentationOrigin& origin) {
    if (origin.source.empty()) return nullptr;
    return {{"source", origin.source}, {"sha256", origin.sha256}, {"width", origin.width}};
}

AugmentationOrigin augmentationFromJson(const json& value) {
    if (value.is_null()) return {};
    const int width = wholeNumber<int>(value.at("width"));
    if (width < 0 || width > kWidest)
        throw Error(ErrorCode::FormatInvalid, {"config.json", "word vectors of " + std::to_string(width) + " numbers",
                                               "at most " + std::to_string(kWidest)});
    return {value.at("source").get<std::string>(), value.at("sha256").get<std::string>(), width};
}

bool wantsAugmentation(const json& options) {
    return options.value("augment", false);
}

AugmentationOrigin keepAugmentation(const fs::path& folder, const WordAugmenter& augmenter,
                                    const std::string& userFile) {
    AugmentationOrigin origin;
    origin.width = augmenter.width();
    origin.source = userFile.empty() ? kPieceFile : "word-vectors" + fs::path(userFile).extension().string();
    const fs::path target = folder / origin.source;
    if (userFile.empty()) {
        augmenter.savePieces(target);
        origin.sha256 = sha256OfFile(target);
    } else {
        origin.sha256 = copyFileAtomic(userFile, target);
    }
    return origin;
}

std::shared_ptr<WordAugmenter> openAugmentation(const fs::path& folder, const AugmentationOrigin& origin,
                                                PieceReader reader) {
    const fs::path path = folder / origin.source;
    if (!staysInside(origin.source))
        throw Error(ErrorCode::FormatInvalid,
                    {(folder / "config.json").string(), origin.source, "a file of the run folder"});
    const std::string found = sha256OfFile(path);
    if (found != origin.sha256)
        throw Error(ErrorCode::RunIncompatible,
                    {folder.filename().string(), "other word vectors (" + found.substr(0, 12) + ")",
                     origin.sha256.substr(0, 12)});
    if (origin.source == kPieceFile)
        return std::make_shared<WordAugmenter>(WordAugmenter::loadPieces(path, std::move(reader)));
    return std::make_shared<WordAugmenter>(WordVectors::load(path));
}

}  // namespace mnerva::models
