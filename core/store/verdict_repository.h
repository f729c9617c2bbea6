#pragma once

#include <functional>

#include "core/base/ids.h"
#include "core/domain/verdict.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// Answers to doubts about labels. Of a project of an older program that is only read there are none.
class VerdictRepository {
public:
    explicit VerdictRepository(Connection& connection) : m_connection(connection) {}

    /// All, by post; rows that hold what cannot be are noted and left out.
    void each(const std::function<void(PostId, Verdict)>& use) const;
    /// False: it was there already.
    bool add(PostId post, const Verdict& verdict);
    /// False: it was not there.
    bool remove(PostId post, const Verdict& verdict);

private:
    Connection& m_connection;
};

}  // namespace mnerva::store
