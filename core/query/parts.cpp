#include "core/query/parts.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace mnerva::query {
namespace {

std::string pieceOf(std::string_view text, Place place) {
    const std::size_t begin = text::byteOfCodePoint(text, place.first);
    return std::string(text.substr(begin, text::byteOfCodePoint(text, place.last) - begin));
}

std::string joined(std::span<const std::string> conditions, std::string_view between) {
    std::string all;
    for (const std::string& one : conditions)
        if (!one.empty()) all.append(all.empty() ? "" : between).append(one);
    return all;
}

/// Joined by "and" at the top of the text itself, not inside of parentheses around it all.
bool isOpenAnd(const Node& root) {
    if (root.kind != Node::Kind::And) return false;
    const auto begins = [](const Node& a, const Node& b) { return a.place.first < b.place.first; };
    return std::min_element(root.parts.begin(), root.parts.end(), begins)->place.first == root.place.first;
}

}  // namespace

std::optional<Parts> partsOf(std::string_view text) {
    auto parsed = parse(text);
    auto* query = std::get_if<Query>(&parsed);
    if (!query) return std::nullopt;
    Parts out{std::move(*query), {}};
    const Node& root = out.query.root;
    if (root.kind == Node::Kind::Everything) return out;
    if (isOpenAnd(root)) {
        for (const Node& part : root.parts) out.parts.push_back({pieceOf(text, part.place), part});
        std::sort(out.parts.begin(), out.parts.end(),
                  [](const Parts::Part& a, const Parts::Part& b) { return a.node.place.first < b.node.place.first; });
        return out;
    }
    std::string whole = pieceOf(text, root.place);
    if (root.kind == Node::Kind::Or && !whole.starts_with('(')) whole = "(" + whole + ")";
    out.parts.push_back({std::move(whole), root});
    return out;
}

std::string allOf(std::span<const std::string> conditions) {
    return joined(conditions, " ");
}

std::string anyOf(std::span<const std::string> conditions) {
    const std::string any = joined(conditions, " or ");
    return conditions.size() > 1 ? "(" + any + ")" : any;
}

}  // namespace mnerva::query
