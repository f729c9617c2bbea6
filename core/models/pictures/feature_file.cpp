#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/pictures/features_internal.h"

namespace mnerva::models {
namespace fs = std::filesystem;
namespace {

struct Header {
    char magic[8];
    std::uint32_t rows, channels, bytesOfValue, reserved;
    std::uint64_t checksum;
};
constexpr char kMagic[8] = {'M', 'N', 'F', 'E', 'A', 'T', '0', '2'};

/// FNV-1a over 8-byte words: tells a torn file, no defence against malice.
std::uint64_t checksumOf(const char* data, std::size_t size, std::uint64_t sum) {
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, 8);
        sum = (sum ^ word) * 1099511628211ull;
    }
    for (std::size_t i = size - size % 8; i < size; ++i)
        sum = (sum ^ static_cast<unsigned char>(data[i])) * 1099511628211ull;
    return sum;
}

/// Where the checksum starts: of the folder of the ResNet, and of the name, which says picture, size and precision. So
/// a file that stands in the place of another, by a copy or a rename, is foreign there.
std::uint64_t startOf(const fs::path& path) {
    const std::string place = path.parent_path().parent_path().filename().string() + "/" + path.filename().string();
    std::uint64_t sum = 1469598103934665603ull;
    for (const char c : place) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return sum;
}

/// ".NAME.PID-RANDOM.mnerva-part", as sweepTemporaryFiles knows them.
fs::path temporaryName(const fs::path& path) {
    static thread_local std::mt19937_64 random{std::random_device{}()};
    return path.parent_path() /
           fmt::format(".{}.{}-{:016x}.mnerva-part", path.filename().string().substr(0, 180), ::getpid(), random());
}

bool readExactly(const Descriptor& file, char* to, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::read(file.get(), to, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

std::optional<Error> writeFeatureFile(const fs::path& path, const torch::Tensor& rows) {
    const torch::Tensor values = rows.contiguous();
    const auto* data = static_cast<const char*>(values.data_ptr());
    const std::size_t size = values.nbytes();
    Header header{};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    header.rows = static_cast<std::uint32_t>(values.size(0));
    header.channels = static_cast<std::uint32_t>(values.size(1));
    header.bytesOfValue = static_cast<std::uint32_t>(values.element_size());
    header.checksum = checksumOf(data, size, startOf(path));
    // A cache: losing it costs time only, so nothing waits for the disk; the checksum tells a torn file. The folder may
    // be that of somebody else's project: no link in it leads us elsewhere, no name is foreseen.
    const fs::path part = temporaryName(path);
    try {
        std::error_code failed;
        requirePlainBelow(path.parent_path().parent_path().parent_path(), path.parent_path());
        fs::create_directories(path.parent_path(), failed);
        sweepTemporaryFilesOnce(path.parent_path());
        {
            const Descriptor file(retried(
                [&] { return ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644); }));
            if (!file.isOpen()) throwUnwritable(path, errno);
            writeAll(file, {reinterpret_cast<const char*>(&header), sizeof header}, part);
            writeAll(file, {data, size}, part);
        }
        fs::rename(part, path, failed);
        if (failed) throwUnwritable(path, failed.value());
        return std::nullopt;
    } catch (const Error& error) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return error;
    }
}

torch::Tensor readFeatureFile(const fs::path& path) {
    try {
        const Descriptor file = openForReading(path);
        Header header{};
        if (!readExactly(file, reinterpret_cast<char*>(&header), sizeof header)) return {};
        if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 ||
            (header.bytesOfValue != 2 && header.bytesOfValue != 4))
            return {};
        if (header.rows == 0 || header.rows > 4096 || header.channels == 0 || header.channels > 65536) return {};
        struct stat state {};
        const std::uint64_t size = std::uint64_t{header.rows} * header.channels * header.bytesOfValue;
        if (::fstat(file.get(), &state) != 0 || static_cast<std::uint64_t>(state.st_size) != sizeof header + size)
            return {};  // told before any memory is taken for it
        const auto type = header.bytesOfValue == 2 ? torch::kFloat16 : torch::kFloat32;
        torch::Tensor rows = torch::empty({header.rows, header.channels}, type);
        auto* data = static_cast<char*>(rows.data_ptr());
        if (!readExactly(file, data, rows.nbytes()) ||
            checksumOf(data, rows.nbytes(), startOf(path)) != header.checksum)
            return {};
        return rows;
    } catch (const Error&) {
        return {};
    }
}

}  // namespace mnerva::models
