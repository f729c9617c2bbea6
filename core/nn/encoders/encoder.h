#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/nn/config/bert_config.h"
#include "core/nn/encoders/bert.h"

namespace mnerva::nn {

/// What a Hugging Face folder holds, before its weights are read.
struct EncoderFolder {
    std::filesystem::path folder, weights, vocabulary;
    BertConfig config;
    bool lowerCase = true;  ///< `do_lower_case` of tokenizer_config.json
};

/// A text encoder ready to use, in evaluation mode.
struct Encoder {
    BertConfig config;
    Bert bert{nullptr};
    std::filesystem::path vocabularyPath;  ///< vocab.txt of a WordPiece encoder; empty for a fresh tiny one
    bool lowerCase = true;
};

/// Looks at a folder: every file of an encoder (core/text/encoder_files.h, where the names are) must be there, and
/// vocab.txt must have no more lines than the word embedding has rows.
/// Errors: FileMissing (no such folder), EncoderInvalid (no folder, or such a vocabulary), EncoderIncomplete,
/// FormatInvalid.
EncoderFolder inspectEncoder(const std::filesystem::path& folder);

/// inspectEncoder() and the weights. The pooler and any head in the file are ignored. Errors: as above, and those of
/// WeightFile::open, WeightMissing, WeightShape, FormatInvalid (a number that is not finite).
Encoder loadEncoder(const std::filesystem::path& folder);

/// H=128, L=2, A=2, I=512, 160 positions, BERT init; equal seeds give equal weights.
Encoder makeTinyEncoder(int vocabularySize, std::uint64_t seed);
BertConfig tinyConfig(int vocabularySize);

/// Writes config.json, model.safetensors, tokenizer_config.json and, where `vocabularyPath` is set, vocab.txt;
/// loadEncoder and Hugging Face's transformers read the folder. Makes the folder. Errors: FileUnwritable, DiskFull.
void saveEncoder(const Encoder& encoder, const std::filesystem::path& folder);

}  // namespace mnerva::nn
