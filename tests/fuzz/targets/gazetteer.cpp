#include "core/gazetteer/gazetteer.h"
#include "core/gazetteer/list_file.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

constexpr std::size_t kMostOfAPattern = 64;

/// A list as people have it, word lists and rules as a project keeps them, and a pattern.
void run(std::string_view input) {
    fuzz::read([&] { gazetteer::definitionFromJson(input, "definition"); });
    fuzz::read([&] { gazetteer::eachListed(input, "list", [](const gazetteer::ListedName&) {}); });
    fuzz::read([&] {
        const gazetteer::ListContent list = gazetteer::readListFile(fuzz::fileWith(input));
        gazetteer::Source source;
        source.label = "LOC";
        gazetteer::Gazetteer found({"word-lists", {source}});
        gazetteer::eachListed(list.text, "list",
                              [&](const gazetteer::ListedName& one) { found.addName(0, one.name, one.label); });
        found.find(input, JoinRule::Space);
        found.find(input, JoinRule::Nothing);
    });
    gazetteer::Source rule;
    rule.kind = gazetteer::Source::Kind::TextPattern;
    rule.pattern = std::string(input.substr(0, kMostOfAPattern));
    rule.label = "ORG";
    if (!gazetteer::patternFault(rule.pattern)) gazetteer::Gazetteer({"rules", {rule}}).find(input, JoinRule::Space);
}

const fuzz::Known kKnown("gazetteer", run);

}  // namespace
