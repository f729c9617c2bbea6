#include "core/archive/tensor_file.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/archive/forms_internal.h"
#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva::archive {
namespace {

/// A file mapped into memory, read-only.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path& path) {
        const Descriptor file = openForReading(path);
        const auto refuse = [&](int reason) {
            return Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(reason)});
        };
        struct stat state {};
        if (::fstat(file.get(), &state) != 0) throw refuse(errno);
        m_size = static_cast<std::size_t>(state.st_size);
        void* data = m_size ? ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, file.get(), 0) : nullptr;
        if (data == MAP_FAILED) throw refuse(errno);
        m_data = static_cast<const char*>(data);
    }
    ~MappedFile() {
        if (m_data) ::munmap(const_cast<char*>(m_data), m_size);
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    std::string_view bytes() const { return {m_data, m_size}; }

private:
    const char* m_data = nullptr;
    std::size_t m_size = 0;
};

bool startsWith(std::string_view bytes, std::string_view start) {
    return bytes.substr(0, start.size()) == start;
}

/// A sentence about a file that is in none of the forms, with the way out.
std::string whatItIs(std::string_view bytes) {
    if (startsWith(bytes, "\x80\x02") || startsWith(bytes, "\x80\x03") || startsWith(bytes, "\x80\x04"))
        return "a bare pickle; load it in Python and save its tensors by torch.save(state_dict, file)";
    if (startsWith(bytes, "\x89HDF"))
        return "an HDF5 file (TensorFlow or Keras); get the PyTorch or safetensors weights instead";
    if (startsWith(bytes, "version https://git-lfs"))
        return "a Git LFS pointer, not the file itself; fetch it with git lfs pull";
    if (startsWith(bytes, "<!") || startsWith(bytes, "<html") || startsWith(bytes, "<?xml"))
        return "a web page, so the download went wrong; fetch the file again";
    if (startsWith(bytes, "\x1f\x8b")) return "a gzip archive; unpack it first";
    if (startsWith(bytes, "GGUF")) return "a GGUF file; get the PyTorch or safetensors weights instead";
    if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") return "a tar archive; unpack it first";
    return "no weights in a known form; wanted is safetensors or a PyTorch .bin/.pth";
}

}  // namespace

std::uint64_t widthOf(ElementType type) {
    switch (type) {
        case ElementType::I64:
        case ElementType::F64:
            return 8;
        case ElementType::F32:
        case ElementType::I32:
            return 4;
        case ElementType::F16:
        case ElementType::BF16:
        case ElementType::I16:
            return 2;
        default:
            return 1;
    }
}

TensorFile openTensorFile(const std::filesystem::path& path) {
    const auto file = std::make_shared<const MappedFile>(path);
    return readTensors(file->bytes(), file, path);
}

TensorFile readTensors(std::string_view bytes, std::shared_ptr<const void> owner, const std::filesystem::path& path) {
    TensorFile out;
    out.path = path;
    if (bytes.empty()) throw Error(ErrorCode::ArchiveTruncated, {path.string()});
    if (startsWith(bytes, "PK\x03\x04")) {
        readTorchZip(bytes, out);
    } else if (isTorchLegacy(bytes)) {
        readTorchLegacy(bytes, out);
    } else if (bytes.size() >= 9 && bytes[8] == '{') {
        readSafetensors(bytes, out);
        out.owners.push_back(std::move(owner));
    } else {
        throw Error(ErrorCode::FormatUnknown, {path.string(), whatItIs(bytes)});
    }
    return out;
}

std::vector<std::int64_t> contiguousStrides(const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> strides(shape.size());
    std::int64_t step = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        strides[i] = step;
        step *= std::max<std::int64_t>(shape[i], 1);
    }
    return strides;
}

}  // namespace mnerva::archive
