#include "core/protocol/cbor_shape.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace mnerva::protocol {
namespace {

enum Major { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };
constexpr int kIndefinite = 31, kBreak = 0xff;

struct Head {
    int major = 0;
    std::uint64_t value = 0;
    bool indefinite = false;
};

class Walker {
public:
    Walker(std::string_view bytes, int maxDepth, std::size_t maxItems)
        : m_bytes(bytes), m_maxDepth(static_cast<std::size_t>(maxDepth)), m_maxItems(maxItems) {}

    bool run() {
        m_open.push_back({1, false, false});
        while (!m_open.empty()) {
            closeFullContainers();
            if (m_open.empty()) break;
            if (m_items++ == m_maxItems || !item()) return false;
        }
        return m_at == m_bytes.size();
    }

private:
    /// A container whose items are still to come. `left` counts items; an indefinite one ends at a break.
    struct Open {
        std::uint64_t left = 0;
        bool indefinite = false;
        bool isString = false;  ///< pieces of an indefinite string
    };

    void closeFullContainers() {
        while (!m_open.empty() && !m_open.back().indefinite && m_open.back().left == 0) m_open.pop_back();
    }

    std::optional<Head> head() {
        if (m_at >= m_bytes.size()) return std::nullopt;
        const int first = static_cast<unsigned char>(m_bytes[m_at++]);
        Head head{first >> 5, static_cast<std::uint64_t>(first & 31), false};
        if (head.value < 24) return head;
        if (head.value == kIndefinite) {
            head.indefinite = true;
            return head;
        }
        if (head.value > 27) return std::nullopt;
        const std::size_t count = std::size_t{1} << (head.value - 24);
        if (m_bytes.size() - m_at < count) return std::nullopt;
        head.value = 0;
        for (std::size_t i = 0; i < count; ++i)
            head.value = head.value << 8 | static_cast<unsigned char>(m_bytes[m_at++]);
        return head;
    }

    bool item() {
        if (m_at < m_bytes.size() && static_cast<unsigned char>(m_bytes[m_at]) == kBreak) {
            ++m_at;
            if (!m_open.back().indefinite) return false;
            m_open.pop_back();
            return true;
        }
        const auto read = head();
        if (!read) return false;
        if (!m_open.back().indefinite) --m_open.back().left;
        const bool inString = m_open.back().isString;
        if (inString && ((read->major != kBytes && read->major != kText) || read->indefinite)) return false;
        switch (read->major) {
            case kBytes:
            case kText:
                return read->indefinite ? enter({0, true, true}) : skip(read->value);
            case kArray:
                return enter({read->value, read->indefinite, false});
            case kMap:
                if (read->value > std::uint64_t{1} << 62) return false;
                return enter({2 * read->value, read->indefinite, false});
            case kTag:
                return !read->indefinite && enter({1, false, false});
            default:
                return !read->indefinite;
        }
    }

    bool enter(Open open) {
        m_open.push_back(open);
        return m_open.size() <= m_maxDepth + 1;  // the first is the message itself
    }

    bool skip(std::uint64_t count) {
        if (count > m_bytes.size() - m_at) return false;
        m_at += static_cast<std::size_t>(count);
        return true;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0, m_items = 0, m_maxDepth, m_maxItems;
    std::vector<Open> m_open;
};

}  // namespace

bool isSaneCbor(std::string_view bytes, int maxDepth, std::size_t maxItems) {
    return Walker(bytes, maxDepth, maxItems).run();
}

}  // namespace mnerva::protocol
