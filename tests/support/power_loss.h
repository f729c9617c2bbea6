#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace mnerva::test {

/// While it lives, SQLite uses a file system that remembers what has reached the disk: what was written and not synced
/// since is lost, whole or in part and in any order, when the power goes (lose()). A file whose deletion was not synced
/// may be there again. Every number of writes or syncs a loss can be asked for (loseAt), so that it falls into the
/// middle of a transaction. Not for several threads.
class PowerLoss {
public:
    PowerLoss();
    ~PowerLoss();
    PowerLoss(const PowerLoss&) = delete;
    PowerLoss& operator=(const PowerLoss&) = delete;

    /// What a folder would hold after a loss of power now, as files of `target`: the synced state of every file, with a
    /// random part of what was written since.
    void lose(const std::filesystem::path& folder, const std::filesystem::path& target, std::mt19937& random);
    /// Calls lose() into `target` at the `operation`-th write, sync, truncation or deletion from now on.
    void loseAt(std::int64_t operation, const std::filesystem::path& folder, const std::filesystem::path& target,
                unsigned seed);
    /// True once that has happened.
    bool hasLost() const { return m_lossDone; }
    std::int64_t operations() const { return m_operations; }

    struct Write {
        std::int64_t offset = 0;
        std::string bytes;  ///< of a truncation: none
        bool truncates = false;
    };
    struct Disk {
        std::string synced;
        std::vector<Write> since;
        bool isThere = false;          ///< its name is on the disk
        bool deletedUnsynced = false;  ///< gone, but the folder was not synced
    };

    // Used by the file system's functions.
    void opened(const std::string& path);
    void written(const std::string& path, const void* bytes, int count, std::int64_t offset);
    void truncated(const std::string& path, std::int64_t size);
    void synced(const std::string& path);
    void deleted(const std::string& path, bool folderSynced);
    sqlite3_vfs* below() const { return m_below; }

private:
    void count();
    std::map<std::string, Disk> m_disks;
    sqlite3_vfs* m_below = nullptr;
    std::unique_ptr<sqlite3_vfs> m_own;
    std::int64_t m_operations = 0, m_lossAt = -1;
    bool m_lossDone = false;
    std::filesystem::path m_lossFolder, m_lossTarget;
    unsigned m_lossSeed = 0;
};

}  // namespace mnerva::test
