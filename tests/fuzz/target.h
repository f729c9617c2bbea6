#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace mnerva::fuzz {

/// Changes bytes in place, at most to `room` of them, and returns how many they are. `plain` does libFuzzer's (or the
/// replay test's) own mutation of a piece of them.
using PlainMutation = std::function<std::size_t(std::uint8_t* data, std::size_t size, std::size_t room)>;
using Mutation = std::size_t (*)(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                                 const PlainMutation& plain);

/// One reader of what may come from a stranger.
struct Target {
    std::string name;               ///< of the file, of the program fuzz_<name> and of its folders of seeds and finds
    void (*run)(std::string_view);  ///< throws nothing; aborts where the reader breaks its promise
    Mutation mutate = nullptr;      ///< knows the format; null: plain
    std::vector<std::string> formats = {};  ///< of core/formats that it reads, beside one of its own name
};

/// All targets that are linked into this program.
std::vector<Target>& targets();

/// Makes a target known: one line in each file of tests/fuzz/targets.
struct Known {
    Known(std::string name, void (*run)(std::string_view), Mutation mutate = nullptr,
          std::vector<std::string> formats = {}) {
        targets().push_back({std::move(name), run, mutate, std::move(formats)});
    }
};

/// Runs a reader. An Error is a good end when it is one that a person can use: a sentence of sensible length; any other
/// exception ends the program.
void read(const std::function<void()>& work);

/// A file of this content, valid until the next call with the same name.
std::filesystem::path fileWith(std::string_view content, const std::string& name = "input");

/// Pieces of an input for readers of several files, set apart by a line "====".
std::vector<std::string_view> parts(std::string_view input, std::size_t count);

}  // namespace mnerva::fuzz
