#include "tests/support/power_loss.h"

#include <sqlite3.h>

#include <algorithm>
#include <fstream>

#include "core/base/file.h"

namespace mnerva::test {
namespace fs = std::filesystem;
namespace {

constexpr const char* kName = "mnerva-power-loss";
constexpr std::size_t kSectorBytes = 512;  // what a disk writes whole

/// A file of ours: SQLite's own behind it, in the same block of memory.
struct File {
    sqlite3_file base;
    PowerLoss* owner;
    std::string* path;  ///< null: temporary, of no interest
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return of(file)->real();
}
PowerLoss* owner(sqlite3_vfs* vfs) {
    return static_cast<PowerLoss*>(vfs->pAppData);
}

int closeFile(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    delete of(file)->path;
    of(file)->path = nullptr;
    return code;
}
int readFileAt(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), into, count, offset);
}
int writeFileAt(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    const int code = real(file)->pMethods->xWrite(real(file), bytes, count, offset);
    if (code == SQLITE_OK && of(file)->path) of(file)->owner->written(*of(file)->path, bytes, count, offset);
    return code;
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK && of(file)->path) of(file)->owner->truncated(*of(file)->path, size);
    return code;
}
int syncFile(sqlite3_file* file, int flags) {
    const int code = real(file)->pMethods->xSync(real(file), flags);
    if (code == SQLITE_OK && of(file)->path) of(file)->owner->synced(*of(file)->path);
    return code;
}
int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lockFile(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int unlockFile(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int checkLock(sqlite3_file* file, int* held) {
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int controlFile(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sectorSize(sqlite3_file*) {
    return static_cast<int>(kSectorBytes);
}
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // as on a plain disk: sectors beside a torn write stay as they are
}
int mapIndex(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int lockIndex(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void barrierIndex(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int unmapIndex(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods{
    2,         closeFile,    readFileAt, writeFileAt, truncateFile, syncFile,        sizeOfFile,
    lockFile,  unlockFile,   checkLock,  controlFile, sectorSize,   characteristics, mapIndex,
    lockIndex, barrierIndex, unmapIndex, nullptr,     nullptr};

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    File* made = of(file);
    made->base.pMethods = nullptr;
    made->owner = owner(vfs);
    made->path = nullptr;
    sqlite3_vfs* below = made->owner->below();
    const int code = below->xOpen(below, name, made->real(), flags, outFlags);
    if (code != SQLITE_OK) return code;
    const bool isKept = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
    if (name && isKept && !(flags & SQLITE_OPEN_READONLY)) {
        made->path = new std::string(name);
        made->owner->opened(*made->path);
    }
    made->base.pMethods = &kMethods;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    sqlite3_vfs* below = owner(vfs)->below();
    const int code = below->xDelete(below, name, syncFolder);
    if (code == SQLITE_OK) owner(vfs)->deleted(name, syncFolder != 0);
    return code;
}

void applyWhole(std::string& content, const PowerLoss::Write& write) {
    if (write.truncates) {
        content.resize(static_cast<std::size_t>(write.offset));
        return;
    }
    const auto end = static_cast<std::size_t>(write.offset) + write.bytes.size();
    if (content.size() < end) content.resize(end);
    content.replace(static_cast<std::size_t>(write.offset), write.bytes.size(), write.bytes);
}

/// A write as it may have reached the disk: each sector of it, or not.
void applyTorn(std::string& content, const PowerLoss::Write& write, std::mt19937& random) {
    if (write.truncates) {
        if (random() % 2 == 0 && content.size() > static_cast<std::size_t>(write.offset)) applyWhole(content, write);
        return;
    }
    for (std::size_t at = 0; at < write.bytes.size(); at += kSectorBytes) {
        if (random() % 2 == 0) continue;
        PowerLoss::Write sector;
        sector.offset = write.offset + static_cast<std::int64_t>(at);
        sector.bytes = write.bytes.substr(at, kSectorBytes);
        applyWhole(content, sector);
    }
}

}  // namespace

PowerLoss::PowerLoss() : m_below(sqlite3_vfs_find(nullptr)), m_own(std::make_unique<sqlite3_vfs>(*m_below)) {
    m_own->pNext = nullptr;
    m_own->szOsFile = static_cast<int>(sizeof(File)) + m_below->szOsFile;
    m_own->zName = kName;
    m_own->pAppData = this;
    m_own->xOpen = openFile;
    m_own->xDelete = deleteFile;
    // The rest of the system below is asked with its own state.
    m_own->xAccess = [](sqlite3_vfs* vfs, const char* name, int flags, int* out) {
        return owner(vfs)->below()->xAccess(owner(vfs)->below(), name, flags, out);
    };
    m_own->xFullPathname = [](sqlite3_vfs* vfs, const char* name, int size, char* out) {
        return owner(vfs)->below()->xFullPathname(owner(vfs)->below(), name, size, out);
    };
    sqlite3_vfs_register(m_own.get(), 1);
}

PowerLoss::~PowerLoss() {
    sqlite3_vfs_unregister(m_own.get());
    sqlite3_vfs_register(m_below, 1);
}

void PowerLoss::opened(const std::string& path) {
    Disk& disk = m_disks[path];
    if (disk.isThere || !disk.since.empty()) return;
    std::error_code failed;
    if (fs::file_size(path, failed) == 0 || failed) return;
    disk.synced = readFile(path);
    disk.isThere = true;
}

void PowerLoss::written(const std::string& path, const void* bytes, int size, std::int64_t offset) {
    m_disks[path].since.push_back(
        {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), false});
    count();
}

void PowerLoss::truncated(const std::string& path, std::int64_t size) {
    m_disks[path].since.push_back({size, {}, true});
    count();
}

void PowerLoss::synced(const std::string& path) {
    Disk& disk = m_disks[path];
    for (const Write& write : disk.since) applyWhole(disk.synced, write);
    disk.since.clear();
    disk.isThere = true;
    disk.deletedUnsynced = false;
    count();
}

void PowerLoss::deleted(const std::string& path, bool folderSynced) {
    Disk& disk = m_disks[path];
    disk.since.clear();
    if (folderSynced || !disk.isThere) {
        m_disks.erase(path);
    } else {
        disk.deletedUnsynced = true;
    }
    count();
}

void PowerLoss::count() {
    ++m_operations;
    if (m_lossAt < 0 || m_operations < m_lossAt) return;
    m_lossAt = -1;
    std::mt19937 random(m_lossSeed);
    lose(m_lossFolder, m_lossTarget, random);
    m_lossDone = true;
}

void PowerLoss::loseAt(std::int64_t operation, const fs::path& folder, const fs::path& target, unsigned seed) {
    m_lossAt = m_operations + operation;
    m_lossDone = false;
    m_lossFolder = folder;
    m_lossTarget = target;
    m_lossSeed = seed;
}

void PowerLoss::lose(const fs::path& folder, const fs::path& target, std::mt19937& random) {
    fs::create_directories(target);
    for (const auto& [path, disk] : m_disks) {
        if (fs::path(path).parent_path() != folder) continue;
        if (disk.deletedUnsynced && random() % 2 == 0) continue;
        if (!disk.isThere && (disk.since.empty() || random() % 2 == 0)) continue;
        std::string content = disk.synced;
        std::vector<const Write*> order;
        for (const Write& write : disk.since) order.push_back(&write);
        if (random() % 2 == 0) std::shuffle(order.begin(), order.end(), random);
        for (const Write* write : order) applyTorn(content, *write, random);
        std::ofstream(target / fs::path(path).filename(), std::ios::binary) << content;
    }
}

}  // namespace mnerva::test
