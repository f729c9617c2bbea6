#include "core/base/error.h"
#include "core/base/part_size.h"
#include "core/models/model/inference_internal.h"

namespace mnerva::models {

std::vector<std::vector<int>> wordClasses(const UnitClasses& best, const std::vector<const EncodedPost*>& posts,
                                          UnitMode mode, int outside) {
    std::vector<std::vector<int>> out;
    for (std::size_t b = 0; b < posts.size(); ++b) {
        std::vector<int> classes(posts[b]->words.size(), outside);
        std::size_t used = 0;
        for (std::size_t w = 0; w < classes.size(); ++w) {
            const EncodedPost::Word& word = posts[b]->words[w];
            if (word.pieces == 0) continue;
            classes[w] = best[b][mode == UnitMode::Pieces ? static_cast<std::size_t>(word.first) : used++];
        }
        out.push_back(std::move(classes));
    }
    return out;
}

nn::Precision precisionByName(const std::string& name) {
    for (const nn::Precision precision : {nn::Precision::Float32, nn::Precision::BFloat16, nn::Precision::Float16})
        if (name == nn::precisionName(precision)) return precision;
    throw Error(ErrorCode::OptionInvalid, {"precision", name, "fp32, bf16 or fp16"});
}

void translateTorchError(const c10::Error& error, const std::string& doing) {
    const std::string text = error.what_without_backtrace();
    if (saysOutOfMemory(text)) throw Error(ErrorCode::MemoryExhausted, {doing});
    const std::string line = text.substr(0, text.find('\n'));
    // "CUDA error: ...", also of cuBLAS ("CUDA error: CUBLAS_STATUS_..."), "cuDNN error: ...": the card or its driver.
    for (const char* sign : {"CUDA error", "cuDNN error", "CUDA driver error", "CUDNN_STATUS_", "CUBLAS_STATUS_"})
        if (line.find(sign) != std::string::npos) throw Error(ErrorCode::DeviceFailed, {doing, line});
    throw Error(ErrorCode::Internal, {line});
}

}  // namespace mnerva::models
