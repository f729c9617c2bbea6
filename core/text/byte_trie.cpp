#include "core/text/byte_trie.h"

#include <bit>

#include "core/base/check.h"

namespace mnerva::text {
namespace {

std::uint32_t spread(std::uint32_t key) {
    key *= 0x9E3779B1u;
    return key ^ (key >> 15);
}

}  // namespace

ByteTrie::ByteTrie(std::size_t bytes, std::uint32_t roots) : m_nodes(roots + 1) {
    MNERVA_CHECK(bytes <= kMostBytes && roots < 255);
    // Every byte makes one edge at most; half full at worst.
    m_edges.resize(std::bit_ceil(2 * bytes + 16));
    m_edgeMask = static_cast<std::uint32_t>(m_edges.size()) - 1;
    m_idOfNode.assign(m_nodes, -1);
}

std::uint32_t ByteTrie::child(std::uint32_t node, unsigned char byte) const {
    const std::uint32_t key = node << 8 | byte;
    for (std::uint32_t at = spread(key) & m_edgeMask;; at = (at + 1) & m_edgeMask) {
        const Edge& edge = m_edges[at];
        if (edge.key == key) return edge.child;
        if (edge.key == 0) return 0;
    }
}

std::uint32_t ByteTrie::find(std::uint32_t root, std::string_view text) const {
    std::uint32_t node = root;
    for (const char c : text) {
        node = child(node, static_cast<unsigned char>(c));
        if (node == 0) return 0;
    }
    return node;
}

void ByteTrie::insert(std::uint32_t root, std::string_view text, int id) {
    std::uint32_t node = root;
    for (const char c : text) {
        const std::uint32_t key = node << 8 | static_cast<unsigned char>(c);
        std::uint32_t at = spread(key) & m_edgeMask;
        while (m_edges[at].key != key && m_edges[at].key != 0) at = (at + 1) & m_edgeMask;
        if (m_edges[at].key == 0) {
            m_edges[at] = {key, m_nodes++};
            m_idOfNode.push_back(-1);
        }
        node = m_edges[at].child;
    }
    m_idOfNode[node] = id;
}

}  // namespace mnerva::text
