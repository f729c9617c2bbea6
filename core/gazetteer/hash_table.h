#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mnerva::gazetteer {

/// Numbers by 64-bit digests, in one block of memory: what millions of names need. Digest 0 is that of none.
class HashTable {
public:
    static constexpr std::uint32_t kNothing = UINT32_MAX;

    /// The number of a digest (kNothing: it is there, without one); null: it is not there.
    const std::uint32_t* find(std::uint64_t digest) const {
        if (m_slots.empty()) return nullptr;
        for (std::size_t at = digest & m_mask;; at = (at + 1) & m_mask) {
            if (m_slots[at].digest == digest) return &m_slots[at].number;
            if (m_slots[at].digest == 0) return nullptr;
        }
    }
    /// The number of a digest, which is put in without one. Valid until the next call.
    std::uint32_t& at(std::uint64_t digest) {
        if (2 * (m_used + 1) > m_slots.size()) grow();
        Slot& slot = slotOf(digest);
        if (slot.digest == 0) {
            slot.digest = digest;
            ++m_used;
        }
        return slot.number;
    }
    /// True where the digest was not there.
    bool insert(std::uint64_t digest) {
        const std::size_t before = m_used;
        at(digest);
        return m_used > before;
    }
    bool isEmpty() const { return m_used == 0; }

private:
    struct Slot {
        std::uint64_t digest = 0;
        std::uint32_t number = kNothing;
    };
    static constexpr std::size_t kFirstSlots = 1024;

    Slot& slotOf(std::uint64_t digest) {
        std::size_t at = digest & m_mask;
        while (m_slots[at].digest != 0 && m_slots[at].digest != digest) at = (at + 1) & m_mask;
        return m_slots[at];
    }
    void grow() {
        std::vector<Slot> old(m_slots.empty() ? kFirstSlots : 2 * m_slots.size());
        old.swap(m_slots);
        m_mask = m_slots.size() - 1;
        for (const Slot& slot : old)
            if (slot.digest != 0) slotOf(slot.digest) = slot;
    }

    std::vector<Slot> m_slots;
    std::size_t m_mask = 0, m_used = 0;
};

}  // namespace mnerva::gazetteer
