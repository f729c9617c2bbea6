#pragma once

#include <functional>
#include <optional>

#include "core/base/ids.h"
#include "core/domain/decision.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// What was decided where annotators disagree. Of a project of an older program that is only read there is nothing.
class DecisionRepository {
public:
    explicit DecisionRepository(Connection& connection) : m_connection(connection) {}

    /// All, by post and words; rows that hold what cannot be are noted and left out.
    void each(const std::function<void(PostId, Decision)>& use) const;
    /// False: something was decided about these words already.
    bool add(PostId post, const Decision& decision);
    /// False: it was not there, or it was another one.
    bool remove(PostId post, const Decision& decision);

private:
    Connection& m_connection;
};

}  // namespace mnerva::store
