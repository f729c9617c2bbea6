#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace mnerva {

/// SHA-256 of what is added, piece by piece.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    /// Lower-case hexadecimal; ends the digest.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace mnerva
