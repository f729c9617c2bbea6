#include "core/gazetteer/definition.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/printable.h"
#include "core/domain/run_name.h"
#include "core/gazetteer/pattern.h"
#include "core/text/utf8.h"

namespace mnerva::gazetteer {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr std::size_t kLongestLabel = 64, kLongestName = 100, kDigestSize = 64;
constexpr JsonLimits kLimits{std::size_t{4} << 20, 8, std::size_t{1} << 16};

json sourceToJson(const Source& source) {
    json out{{"kind", kindName(source.kind)},         {"name", source.name},
             {"enabled", source.isEnabled},           {"label", source.label},
             {"caseSensitive", source.caseSensitive}, {"priority", source.priority}};
    if (!source.isList()) {
        out["pattern"] = source.pattern;
        return out;
    }
    out["marks"] = source.withMarks;
    out["leastLength"] = source.leastLength;
    out["sha256"] = source.digest;
    out["names"] = source.names;
    out["origin"] = source.origin;
    out["holdsTest"] = source.holdsTest;
    return out;
}

Source sourceFromJson(const json& in) {
    Source source;
    const std::string kind = in.at("kind").get<std::string>();
    for (const auto one : {Source::Kind::List, Source::Kind::TextPattern, Source::Kind::WordPattern})
        if (kindName(one) == kind) source.kind = one;
    if (kindName(source.kind) != kind) throw json::other_error::create(501, "no kind of source", &in);
    source.name = in.at("name").get<std::string>();
    source.isEnabled = in.at("enabled").get<bool>();
    source.label = in.at("label").get<std::string>();
    source.caseSensitive = in.at("caseSensitive").get<bool>();
    source.priority = wholeNumber<int>(in.at("priority"));
    if (!source.isList()) {
        source.pattern = in.at("pattern").get<std::string>();
        return source;
    }
    source.withMarks = in.at("marks").get<bool>();
    source.leastLength = wholeNumber<int>(in.at("leastLength"));
    source.digest = in.at("sha256").get<std::string>();
    source.names = wholeNumber<std::int64_t>(in.at("names"));
    source.origin = in.at("origin").get<std::string>();
    source.holdsTest = in.at("holdsTest").get<bool>();
    return source;
}

bool isPlain(std::string_view text) {
    return text::isValidUtf8(text) && printable(text) == text;
}

void checkSource(const Source& source) {
    const auto refuse = [](const char* what, const std::string& value, std::string wanted) {
        throw Error(ErrorCode::OptionInvalid, {what, excerpt(value), std::move(wanted)});
    };
    if (source.name.find_first_not_of(" \t") == std::string::npos || !isPlain(source.name) ||
        source.name.size() > kLongestName)
        refuse("name", source.name, "a name of at most 100 bytes that can be seen");
    if (source.priority < 0 || source.priority > kMostPriority)
        refuse("priority", std::to_string(source.priority), "0 to 100");
    if (!source.label.empty() && !isLabelName(source.label))
        refuse("label", source.label, "a label without spaces and commas");
    if (source.isList()) {
        if (source.leastLength < 1 || source.leastLength > kMostLeastLength)
            refuse("least length", std::to_string(source.leastLength), "1 to 100");
        // It becomes part of a path.
        if (source.digest.size() != kDigestSize ||
            source.digest.find_first_not_of("0123456789abcdef") != std::string::npos)
            refuse("sha256", source.digest, "64 digits of a SHA-256");
        return;
    }
    if (source.label.empty()) refuse("label", source.label, "a label for what the pattern finds");
    if (const auto fault = patternFault(source.pattern))
        refuse("pattern", source.pattern,
               "another pattern: " + fault->sentence + " (character " + std::to_string(fault->place + 1) + ")");
}

}  // namespace

const Source* Definition::find(std::string_view name) const {
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const Source& s) { return s.name == name; });
    return found == sources.end() ? nullptr : &*found;
}

std::string Definition::freeName(std::string_view wanted) const {
    std::string name(wanted);
    for (int number = 2; find(name); ++number) name = std::string(wanted) + " " + std::to_string(number);
    return name;
}

std::string_view kindName(Source::Kind kind) {
    switch (kind) {
        case Source::Kind::TextPattern:
            return "text";
        case Source::Kind::WordPattern:
            return "word";
        case Source::Kind::List:
            break;
    }
    return "list";
}

bool isLabelName(std::string_view label) {
    if (label.empty() || label.size() > kLongestLabel || !isPlain(label)) return false;
    for (std::size_t at = 0; at < label.size();) {
        const char32_t point = text::nextCodePoint(label, at);
        if (point == U',' || text::isWhiteSpace(point)) return false;
    }
    return true;
}

std::string labelNamed(std::string_view label) {
    return label == "OTHER" ? "MISC" : std::string(label);
}

std::string definitionToJson(const Definition& definition) {
    json sources = json::array();
    for (const Source& source : definition.sources) sources.push_back(sourceToJson(source));
    return json{{"version", kVersion}, {"layer", definition.layer}, {"sources", std::move(sources)}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

Definition definitionFromJson(std::string_view text, const std::string& place) {
    const json body = parseJson(text, place, kLimits);
    const auto refuse = [&](const std::string& found) {
        throw Error(ErrorCode::FormatInvalid,
                    {place, excerpt(found), "word lists and rules as this program keeps them"});
    };
    Definition definition;
    try {
        const int version = wholeNumber<int>(body.at("version"));
        if (version != kVersion) refuse("version " + std::to_string(version));
        definition.layer = body.at("layer").get<std::string>();
        const json& sources = body.at("sources");
        if (!sources.is_array() || sources.size() > kMostSources) refuse("sources that are no list of at most 1000");
        for (const json& one : sources) definition.sources.push_back(sourceFromJson(one));
        checkDefinition(definition);
    } catch (const json::exception& error) {
        refuse(error.what());
    } catch (const Error& error) {
        if (error.code() == ErrorCode::FormatInvalid) throw;
        refuse(error.what());
    }
    return definition;
}

void checkDefinition(const Definition& definition) {
    requireRunName(definition.layer);
    if (definition.sources.size() > kMostSources)
        throw Error(ErrorCode::BoundExceeded, {definition.layer, "word lists and rules", std::to_string(kMostSources)});
    std::set<std::string_view> names;
    for (const Source& source : definition.sources) {
        checkSource(source);
        if (!names.insert(source.name).second)
            throw Error(ErrorCode::OptionInvalid, {"name", source.name, "a name that no other list or rule has"});
    }
}

}  // namespace mnerva::gazetteer
