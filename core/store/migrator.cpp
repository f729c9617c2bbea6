#include "core/store/migrator.h"

#include "core/base/error.h"
#include "core/store/transaction.h"

namespace mnerva::store {
namespace {

constexpr std::int64_t kApplicationId = 0x4d4e5256;  // "MNRV"

}  // namespace

int knownVersion() {
    return static_cast<int>(embedded::steps().size());
}

int versionOf(Connection& connection) {
    const std::int64_t application = connection.integer("PRAGMA application_id");
    const int version = static_cast<int>(connection.integer("PRAGMA user_version"));
    const bool isEmpty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
    if (application == kApplicationId && version > 0 && !isEmpty) return version;
    if (application == 0 && version == 0 && isEmpty) return 0;
    throw Error(ErrorCode::ProjectCorrupt, {connection.file().string(), "it is a database of another program"});
}

void migrate(Connection& connection) {
    for (int version = versionOf(connection); version < knownVersion(); ++version) {
        Transaction transaction(connection);
        connection.execute(std::string(embedded::steps()[static_cast<std::size_t>(version)].sql));
        connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        connection.execute("PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

}  // namespace mnerva::store
