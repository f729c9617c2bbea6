#include "core/store/integrity.h"

#include "core/store/statement.h"

namespace mnerva::store {

std::vector<std::string> damageFound(Connection& connection) {
    Statement query(connection, "PRAGMA integrity_check(100)");
    std::vector<std::string> found;
    while (query.step())
        if (query.text(0) != "ok") found.emplace_back(query.text(0));
    return found;
}

std::vector<std::string> brokenReferences(Connection& connection) {
    Statement query(connection, "PRAGMA foreign_key_check");
    std::vector<std::string> found;
    while (query.step()) found.push_back(std::string(query.text(0)) + ": " + std::to_string(query.integer(1)));
    return found;
}

}  // namespace mnerva::store
