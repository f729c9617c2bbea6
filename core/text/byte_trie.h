#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// Ids of byte strings, found one byte at a time: (node, byte) -> node in one open-addressed table. A trie may have
/// several roots, nodes 1 to `roots`; 0 is no node.
class ByteTrie {
public:
    static constexpr std::size_t kMostBytes = (std::size_t{1} << 24) - 256;

    /// Room for strings of `bytes` bytes in all. Precondition: at most kMostBytes, a handful of roots.
    ByteTrie(std::size_t bytes, std::uint32_t roots);

    /// The node after `byte`, or 0.
    std::uint32_t child(std::uint32_t node, unsigned char byte) const;
    /// The node after all of `text`, or 0.
    std::uint32_t find(std::uint32_t root, std::string_view text) const;
    /// Id of the string that ends here, or -1.
    int idAt(std::uint32_t node) const { return m_idOfNode[node]; }
    /// A string that comes twice has the later id.
    void insert(std::uint32_t root, std::string_view text, int id);

private:
    struct Edge {
        std::uint32_t key = 0;  ///< node << 8 | byte; 0 is free
        std::uint32_t child = 0;
    };

    std::vector<Edge> m_edges;
    std::uint32_t m_edgeMask = 0, m_nodes = 0;
    std::vector<int> m_idOfNode;
};

}  // namespace mnerva::text
