#include <algorithm>

#include "core/base/error.h"
#include "core/models/inference_internal.h"

namespace mnerva::models {

std::vector<std::vector<int>> bestTags(NerModel& model, const Batch& batch, const torch::Tensor& emissions,
                                       const std::vector<const EncodedPost*>& posts, int outside) {
    const std::vector<std::vector<int>> paths = model.crf()->viterbi(emissions, batch.wordMask);
    std::vector<std::vector<int>> out;
    for (std::size_t b = 0; b < posts.size(); ++b) {
        std::vector<int> tags(posts[b]->words.size(), outside);
        std::size_t used = 0;
        for (std::size_t w = 0; w < tags.size(); ++w)
            if (posts[b]->words[w].pieces > 0) tags[w] = paths[b][used++];
        out.push_back(std::move(tags));
    }
    return out;
}

int outsideClass(const std::vector<std::string>& tagNames) {
    const auto found = std::find(tagNames.begin(), tagNames.end(), "O");
    if (found == tagNames.end()) throw Error(ErrorCode::LabelUnknown, {"O", "tags without O"});
    return static_cast<int>(found - tagNames.begin());
}

void translateTorchError(const c10::Error& error, const std::string& doing) {
    const std::string text = error.what_without_backtrace();
    for (const char* sign : {"out of memory", "not enough memory", "can't allocate memory", "alloc_cpu"})
        if (text.find(sign) != std::string::npos) throw Error(ErrorCode::MemoryExhausted, {doing});
    throw Error(ErrorCode::Internal, {text.substr(0, text.find('\n'))});
}

}  // namespace mnerva::models
