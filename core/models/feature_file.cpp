#include <unistd.h>

#include <cstring>
#include <fstream>

#include "core/models/features_internal.h"

namespace mnerva::models {
namespace fs = std::filesystem;
namespace {

struct Header {
    char magic[8];
    std::uint32_t rows, channels, bytesOfValue, reserved;
    std::uint64_t checksum;
};
constexpr char kMagic[8] = {'M', 'N', 'F', 'E', 'A', 'T', '0', '1'};

/// FNV-1a over 8-byte words: tells a torn file, no defence against malice.
std::uint64_t checksumOf(const char* data, std::size_t size) {
    std::uint64_t sum = 1469598103934665603ull;
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, 8);
        sum = (sum ^ word) * 1099511628211ull;
    }
    for (std::size_t i = size - size % 8; i < size; ++i)
        sum = (sum ^ static_cast<unsigned char>(data[i])) * 1099511628211ull;
    return sum;
}

}  // namespace

void writeFeatureFile(const fs::path& path, const torch::Tensor& rows) {
    const torch::Tensor values = rows.contiguous();
    const auto* data = static_cast<const char*>(values.data_ptr());
    const std::size_t size = values.nbytes();
    Header header{};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    header.rows = static_cast<std::uint32_t>(values.size(0));
    header.channels = static_cast<std::uint32_t>(values.size(1));
    header.bytesOfValue = static_cast<std::uint32_t>(values.element_size());
    header.checksum = checksumOf(data, size);
    // A cache: losing it costs time only, so nothing waits for the disk; the checksum tells a torn file.
    const fs::path part = path.string() + ".part" + std::to_string(::getpid());
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    {
        std::ofstream stream(part, std::ios::binary | std::ios::trunc);
        stream.write(reinterpret_cast<const char*>(&header), sizeof header);
        stream.write(data, static_cast<std::streamsize>(size));
        stream.close();
        if (stream.fail()) {
            fs::remove(part, failed);
            return;
        }
    }
    fs::rename(part, path, failed);
    if (failed) fs::remove(part, failed);
}

torch::Tensor readFeatureFile(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) return {};
    std::ifstream stream(path, std::ios::binary);
    Header header{};
    if (!stream.read(reinterpret_cast<char*>(&header), sizeof header)) return {};
    if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 || (header.bytesOfValue != 2 && header.bytesOfValue != 4))
        return {};
    if (header.rows == 0 || header.rows > 4096 || header.channels == 0 || header.channels > 65536) return {};
    // Before room is made: a header of 32 bytes could ask for a gigabyte.
    const std::uint64_t bytes = std::uint64_t{header.rows} * header.channels * header.bytesOfValue;
    if (fs::file_size(path, failed) != sizeof header + bytes || failed) return {};
    const auto type = header.bytesOfValue == 2 ? torch::kFloat16 : torch::kFloat32;
    torch::Tensor rows = torch::empty({header.rows, header.channels}, type);
    auto* data = static_cast<char*>(rows.data_ptr());
    if (!stream.read(data, static_cast<std::streamsize>(rows.nbytes())) ||
        stream.peek() != std::char_traits<char>::eof())
        return {};
    if (checksumOf(data, rows.nbytes()) != header.checksum) return {};
    return rows;
}

}  // namespace mnerva::models
