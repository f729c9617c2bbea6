#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nn/weight_content.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

struct TypeName {
    const char* name;
    torch::ScalarType type;
};
constexpr std::array kTypes = {
    TypeName{"F32", torch::kFloat32}, TypeName{"F16", torch::kFloat16}, TypeName{"BF16", torch::kBFloat16},
    TypeName{"I64", torch::kInt64},   TypeName{"F64", torch::kFloat64}, TypeName{"I32", torch::kInt32},
    TypeName{"I16", torch::kInt16},   TypeName{"I8", torch::kInt8},     TypeName{"U8", torch::kUInt8},
    TypeName{"BOOL", torch::kBool},
};
constexpr uint64_t kLargestHeader = 100U << 20;  // as the format's own readers

class HeaderReader {
public:
    HeaderReader(std::string_view bytes, WeightFile::Content& content) : m_content(content) {
        if (bytes.size() < 8) throw Error(ErrorCode::ArchiveTruncated, {path()});
        uint64_t length = 0;
        for (size_t i = 8; i-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes[i]);
        if (length > kLargestHeader) invalid("a header of " + std::to_string(length) + " bytes", "at most 100 MiB");
        if (length > bytes.size() - 8) throw Error(ErrorCode::ArchiveTruncated, {path()});
        m_header = json::parse(bytes.substr(8, length), nullptr, false);
        if (!m_header.is_object()) invalid("a header that is no JSON object", "a safetensors header");
        m_data = bytes.substr(8 + length);
    }

    void read() {
        std::vector<std::pair<uint64_t, uint64_t>> ranges;
        for (const auto& [name, entry] : m_header.items()) {
            if (name == "__metadata__") {
                if (!entry.is_object()) invalid("\"__metadata__\" is no object", "texts by name");
                for (const auto& [key, text] : entry.items())
                    if (text.is_string()) m_content.metadata[key] = text.get<std::string>();
            } else {
                ranges.push_back(readTensor(name, entry));
            }
        }
        std::sort(ranges.begin(), ranges.end());
        uint64_t end = 0;
        for (const auto& [first, last] : ranges) {
            if (first != end)
                invalid("tensors that overlap or leave a gap at byte " + std::to_string(end), "tensors end to end");
            end = last;
        }
        if (end != m_data.size()) {
            invalid(std::to_string(m_data.size()) + " bytes of values",
                    std::to_string(end) + " bytes as the header says");
        }
    }

private:
    std::string path() const { return m_content.path.string(); }
    [[noreturn]] void invalid(const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {path(), found, wanted});
    }

    std::vector<int64_t> sizes(const std::string& name, const json& entry, const char* field) const {
        std::vector<int64_t> out;
        const bool present = entry.is_object() && entry.contains(field) && entry[field].is_array();
        if (!present) invalid("tensor " + name + " without " + field, "a list of whole numbers");
        for (const json& number : entry[field]) {
            if (!number.is_number_unsigned() || number.get<uint64_t>() > uint64_t{1} << 48) {
                invalid("tensor " + name + " with " + field + " " + entry[field].dump(), "whole numbers from 0");
            }
            out.push_back(number.get<int64_t>());
        }
        return out;
    }

    std::pair<uint64_t, uint64_t> readTensor(const std::string& name, const json& entry) {
        StoredTensor tensor;
        tensor.shape = sizes(name, entry, "shape");
        const std::vector<int64_t> offsets = sizes(name, entry, "data_offsets");
        if (offsets.size() != 2 || offsets[0] > offsets[1]) {
            invalid("tensor " + name + " with data_offsets " + entry["data_offsets"].dump(), "[begin, end]");
        }
        const std::string typeName = entry.contains("dtype") && entry["dtype"].is_string() ? entry["dtype"] : "nothing";
        const auto known =
            std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName& t) { return t.name == typeName; });
        if (known == kTypes.end()) invalid("tensor " + name + " of type " + typeName, "F32, F16, BF16 or I64");
        tensor.type = known->type;
        __int128 bytes = static_cast<__int128>(torch::elementSize(tensor.type));
        for (const int64_t size : tensor.shape) {
            bytes *= size;
            if (bytes > static_cast<__int128>(1) << 60)
                invalid("tensor " + name + " of impossible size", "one that fits");
        }
        if (bytes != offsets[1] - offsets[0]) {
            invalid("tensor " + name + " of " + std::to_string(offsets[1] - offsets[0]) + " bytes",
                    std::to_string(static_cast<int64_t>(bytes)) + " bytes for its shape");
        }
        if (static_cast<uint64_t>(offsets[1]) > m_data.size()) throw Error(ErrorCode::ArchiveTruncated, {path()});
        tensor.strides = contiguousStrides(tensor.shape);
        tensor.data = m_data.data() + offsets[0];
        m_content.tensors[name] = std::move(tensor);
        return {static_cast<uint64_t>(offsets[0]), static_cast<uint64_t>(offsets[1])};
    }

    WeightFile::Content& m_content;
    json m_header;
    std::string_view m_data;
};

const char* typeName(torch::ScalarType type) {
    for (const TypeName& known : kTypes)
        if (known.type == type) return known.name;
    return nullptr;
}

}  // namespace

std::vector<int64_t> contiguousStrides(const std::vector<int64_t>& shape) {
    std::vector<int64_t> strides(shape.size());
    int64_t step = 1;
    for (size_t i = shape.size(); i-- > 0;) {
        strides[i] = step;
        step *= std::max<int64_t>(shape[i], 1);
    }
    return strides;
}

void readSafetensors(const std::shared_ptr<const MappedFile>& file, WeightFile::Content& content) {
    HeaderReader(file->bytes(), content).read();
    content.owners.push_back(file);
}

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
