#include "core/project/name_exchange.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

namespace mnerva::project {
namespace {

constexpr std::size_t kMostNames = 2000;

/// FNV-1a of the words: the same on every machine.
std::uint64_t numberOf(const std::vector<std::string>& words) {
    std::uint64_t number = 14695981039346656037ULL;
    for (const std::string& word : words) {
        for (const char byte : word) number = (number ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
        number = (number ^ ' ') * 1099511628211ULL;
    }
    return number;
}

/// A name in Latin letters is not tried in the place of a Chinese one where there is another.
bool isAscii(const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return std::all_of(word.begin(), word.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
    });
}

/// One of these names, of as many words and in like letters where there are such; null: there is none but the own.
const std::vector<std::string>* drawn(const std::vector<const std::vector<std::string>*>& names,
                                      const std::vector<std::string>& own) {
    for (const auto& [asLong, asWritten] : {std::pair(true, true), {false, true}, {true, false}, {false, false}}) {
        std::vector<const std::vector<std::string>*> fitting;
        for (const std::vector<std::string>* name : names)
            if (*name != own && (!asLong || name->size() == own.size()) &&
                (!asWritten || isAscii(*name) == isAscii(own)))
                fitting.push_back(name);
        if (!fitting.empty()) return fitting[numberOf(own) % fitting.size()];
    }
    return nullptr;
}

}  // namespace

EntityNames entityNames(const Project& project) {
    EntityNames out;
    for (const std::optional<Split> split : {std::optional(Split::Train), std::optional<Split>()}) {
        const std::vector<Post> posts = project.posts(split);
        const std::vector<std::vector<Entity>> entities = project.entities("corrected", split);
        std::map<std::string, std::set<std::vector<std::string>>> seen;
        for (std::size_t i = 0; i < posts.size() && i < entities.size(); ++i)
            for (const Entity& entity : entities[i]) {
                const std::vector<std::string>& words = posts[i].words;
                if (entity.first < 0 || entity.last < entity.first || entity.last >= static_cast<int>(words.size()))
                    continue;
                std::vector<std::string> name(words.begin() + entity.first, words.begin() + entity.last + 1);
                auto& list = out[entity.type];
                if (list.size() < kMostNames && seen[entity.type].insert(name).second) list.push_back(std::move(name));
            }
        if (!out.empty()) return out;
    }
    return out;
}

std::vector<WordExchange> exchangesFor(const EntityNames& names, const std::vector<std::string>& words,
                                       const std::string& type) {
    std::vector<WordExchange> out;
    std::vector<const std::vector<std::string>*> same;
    std::vector<std::pair<std::string, const std::vector<std::string>*>> other;
    for (const auto& [ofType, list] : names)
        for (const std::vector<std::string>& name : list) {
            if (ofType == type) same.push_back(&name);
            if (ofType != type) other.emplace_back(ofType, &name);
        }
    // A name that is both is no name of another type.
    const auto isLess = [](const auto* a, const auto* b) { return *a < *b; };
    const std::set<const std::vector<std::string>*, decltype(isLess)> own(same.begin(), same.end(), isLess);
    std::erase_if(other, [&](const auto& one) { return own.contains(one.second); });
    if (const auto* name = drawn(same, words)) out.push_back({type, *name, 0});
    std::vector<const std::vector<std::string>*> others;
    for (const auto& one : other) others.push_back(one.second);
    if (const auto* name = drawn(others, words))
        for (const auto& [ofType, one] : other)
            if (one == name) {
                out.push_back({ofType, *name, 0});
                break;
            }
    return out;
}

}  // namespace mnerva::project
