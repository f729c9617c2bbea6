#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/workflow/advice/data_sheet.h"

namespace mnerva::workflow {

/// A published data set as models.md 1 counts it, with ids of training posts to know it by. The ids are digests: no
/// word can be read from them.
struct KnownData {
    const char* name;   ///< as presets call it: "twitter2015", "twitter2017", "wukong"; "twitter10000"
    const char* title;  ///< as the papers call it
    std::array<std::int64_t, 3> posts;
    PostLanguage language;
    std::span<const std::string_view> types;  ///< that its entities may have, sorted
    std::span<const std::uint64_t> ids;       ///< the smallest contentIds of its training posts
};
std::span<const KnownData> knownData();

/// Whether the project has types, and none that the data set lacks.
bool haveTypesOf(const KnownData& data, const std::vector<std::string>& types);

/// How a project was found to be one of them.
struct Recognised {
    enum class By { Nothing, Content, Sizes };
    const KnownData* data = nullptr;
    By by = By::Nothing;
};
/// By content where at least half of the ids are there and the project is no larger than a quarter over the published
/// size; of two that fit the one of which more is there, then the nearer size. Else by sizes: those of train, valid and
/// test, the language, and no type that it lacks.
Recognised recognise(const DataSheet& sheet);

}  // namespace mnerva::workflow
