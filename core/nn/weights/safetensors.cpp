#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/nn/weights/weights.h"

namespace mnerva::nn {
namespace {

struct TypeName {
    const char* name;
    torch::ScalarType type;
};
constexpr std::array kTypes = {TypeName{"F32", torch::kFloat32},   TypeName{"F16", torch::kFloat16},
                               TypeName{"BF16", torch::kBFloat16}, TypeName{"I64", torch::kInt64},
                               TypeName{"F64", torch::kFloat64},   TypeName{"I32", torch::kInt32},
                               TypeName{"I16", torch::kInt16},     TypeName{"I8", torch::kInt8},
                               TypeName{"U8", torch::kUInt8},      TypeName{"BOOL", torch::kBool}};

const char* typeName(torch::ScalarType type) {
    for (const TypeName& known : kTypes)
        if (known.type == type) return known.name;
    return nullptr;
}

}  // namespace

void saveSafetensors(const TensorMap& tensors, const std::filesystem::path& path,
                     const std::map<std::string, std::string>& metadata) {
    std::vector<std::pair<std::string, torch::Tensor>> ordered;
    for (const auto& [name, tensor] : tensors) {
        torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
        if (!typeName(plain.scalar_type())) plain = plain.to(torch::kFloat32);
        ordered.emplace_back(name, plain);
    }
    // Wide types first, as the format's own writer does: every tensor is then aligned without gaps.
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.second.element_size() > b.second.element_size(); });
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    size_t at = 0;
    for (const auto& [name, tensor] : ordered) {
        const size_t end = at + tensor.nbytes();
        header[name] = {
            {"dtype", typeName(tensor.scalar_type())}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    std::array<char, 8> length{};
    for (size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(text.size() >> (8 * i) & 0xFF);

    AtomicFile file(path);
    file.write({length.data(), length.size()});
    file.write(text);
    for (const auto& [name, tensor] : ordered) {
        if (tensor.nbytes() > 0) file.write({static_cast<const char*>(tensor.data_ptr()), tensor.nbytes()});
    }
    file.commit();
}

}  // namespace mnerva::nn
