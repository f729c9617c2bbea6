#include "core/base/file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "core/base/error.h"

namespace mnerva {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throwUnwritable(const fs::path& path, int reason) {
    if (reason == ENOSPC || reason == EDQUOT) throw Error(ErrorCode::DiskFull, {path.string()});
    throw Error(ErrorCode::FileUnwritable, {path.string(), std::strerror(reason)});
}

/// Makes the bytes of a closed file, or the entries of a folder, durable.
void syncPath(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

class Sha256 {
public:
    Sha256() : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free) { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }
    void add(const char* data, std::size_t size) { EVP_DigestUpdate(m_context.get(), data, size); }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_context.get(), digest.data(), &size);
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string out;
        for (unsigned int i = 0; i < size; ++i) {
            out += kDigits[digest[i] >> 4];
            out += kDigits[digest[i] & 15];
        }
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

std::ifstream openForReading(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) throw Error(ErrorCode::FileMissing, {path.string()});
    if (fs::is_directory(path, ignored)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    return stream;
}

}  // namespace

std::string readFile(const fs::path& path) {
    std::ifstream stream = openForReading(path);
    std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    return content;
}

void writeFileAtomic(const fs::path& path, std::string_view content) {
    AtomicFile file(path);
    file.write(content);
    file.commit();
}

AtomicFile::AtomicFile(fs::path path) : m_path(std::move(path)) {
    m_temporary = m_path;
    m_temporary += ".part" + std::to_string(::getpid());
    errno = 0;
    m_stream.open(m_temporary, std::ios::binary | std::ios::trunc);
    if (!m_stream) throwUnwritable(m_path, errno);
}

AtomicFile::~AtomicFile() {
    if (m_committed) return;
    m_stream.close();
    std::error_code ignored;
    fs::remove(m_temporary, ignored);
}

void AtomicFile::write(std::string_view bytes) {
    errno = 0;
    m_stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!m_stream) throwUnwritable(m_path, errno ? errno : EIO);
}

void AtomicFile::commit() {
    errno = 0;
    m_stream.close();
    if (!m_stream) throwUnwritable(m_path, errno ? errno : EIO);
    syncPath(m_temporary);
    std::error_code failed;
    fs::rename(m_temporary, m_path, failed);
    if (failed) throwUnwritable(m_path, failed.value());
    syncPath(m_path.has_parent_path() ? m_path.parent_path() : fs::path("."));
    m_committed = true;
}

bool staysInside(const fs::path& relative) {
    if (relative.empty() || relative.is_absolute()) return false;
    for (const fs::path& part : relative)
        if (part == "..") return false;
    return true;
}

std::string sha256(std::string_view bytes) {
    Sha256 digest;
    digest.add(bytes.data(), bytes.size());
    return digest.hex();
}

std::string sha256OfFile(const fs::path& path) {
    std::ifstream stream = openForReading(path);
    Sha256 digest;
    std::array<char, 1 << 16> buffer{};
    while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0)
        digest.add(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    return digest.hex();
}

}  // namespace mnerva
