#include <cstdlib>

#include "core/query/completion.h"
#include "core/query/matching.h"
#include "core/query/search_text.h"
#include "core/text/utf8.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void require(bool holds) {
    if (!holds) std::abort();
}

/// A query line and a text, set apart by a line "====": every mistake has a place in the text and a sentence, and what
/// a query finds in a post its digest must not deny.
void run(std::string_view input) {
    const auto parts = fuzz::parts(input, 2);
    const std::size_t length = text::codePointCount(parts[0]);
    auto parsed = query::parse(parts[0]);
    if (const auto* mistake = std::get_if<query::Mistake>(&parsed)) {
        require(mistake->place.first < mistake->place.last || length == 0);
        require(mistake->place.last <= length);
        require(!query::sentenceOf(*mistake).empty());
    }
    const query::Names names{
        {{"gold", false}, {"corrected", false}, {"A", true}, {"my run", true}}, {"PER", "LOC"}, false};
    for (const std::size_t cursor : {length, length / 2})
        for (const query::Completion& one : query::completions(parts[0], cursor, names))
            require(one.replaced.first <= one.replaced.last && one.replaced.last <= cursor);
    auto* query = std::get_if<query::Query>(&parsed);
    if (!query || query::bind(*query, names)) return;

    Post post;
    post.externalId = "1";
    std::string joined;
    for (const std::string_view rest = parts[1]; const char c : rest)
        if (c == '\n' || post.words.empty())
            post.words.emplace_back(c == '\n' ? "" : std::string(1, c));
        else
            post.words.back() += c;
    for (std::size_t i = 0; i < post.words.size(); ++i) joined.append(i == 0 ? "" : "\n").append(post.words[i]);
    const std::vector<Entity> entities{{"PER", 0, 0, 0.5}};
    query::TextDigester digester;
    digester.add(post.externalId, joined, post.join);
    const query::TextDigest digest = digester.finish();
    const std::string form = query::searchFormOf(post);
    for (const std::string& word : query::wantedWords(*query)) {
        const bool holds = form.find(word) != std::string::npos;
        require(!holds || query::mayHoldText(digest.words, digest.pairs, word));
        for (const query::Place& place : query::placesOf(parts[1], word)) require(place.first < place.last);
    }
    query::PostFacts facts(post, entities, nullptr, std::vector(query->layers.size(), &entities));
    query::matches(*query, facts);
}

const fuzz::Known kKnown("query", run);

}  // namespace
