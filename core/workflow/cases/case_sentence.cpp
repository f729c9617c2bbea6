#include "core/workflow/cases/case_sentence.h"

#include <algorithm>
#include <set>

#include "core/query/parts.h"
#include "core/text/folding.h"

namespace mnerva::workflow {
namespace {

using query::Field;
using query::Node;
using query::Query;
using query::Term;
using Agreement = CaseSentence::Agreement;
using Wanted = CaseSentence::Wanted;

// --- writing -----------------------------------------------------------------------------------------------------

/// "wrong(A,gold)", or "error(A,gold):type" for each kind.
void addWrong(std::vector<std::string>& any, const std::string& layer, const CaseScope& scope,
              const std::vector<eval::ErrorKind>& kinds) {
    const std::string names = "(" + query::quoted(layer) + "," + query::quoted(scope.reference) + ")";
    if (kinds.empty()) any.push_back("wrong" + names);
    for (const eval::ErrorKind kind : kinds)
        any.push_back("error" + names + ":" + std::string(eval::errorKindName(kind)));
}

std::string wrong(const std::string& layer, const CaseScope& scope, const std::vector<eval::ErrorKind>& kinds) {
    std::vector<std::string> any;
    addWrong(any, layer, scope, kinds);
    return query::anyOf(any);
}

std::string right(const std::string& layer, const CaseScope& scope) {
    return "right(" + query::quoted(layer) + "," + query::quoted(scope.reference) + ")";
}

std::string disagree(const CaseScope& scope) {
    std::string names;
    for (const std::string& system : scope.systems) names += (names.empty() ? "" : ",") + query::quoted(system);
    return "disagree(" + names + ")";
}

void addAgreement(std::vector<std::string>& all, const CaseSentence& sentence, Agreement agreement,
                  const CaseScope& scope) {
    if (scope.systems.empty()) return;
    const bool areSeveral = scope.systems.size() > 1;
    if (agreement == Agreement::SomeWrong) {
        std::vector<std::string> any;
        for (const std::string& system : scope.systems) addWrong(any, system, scope, sentence.kinds);
        all.push_back(query::anyOf(any));
    } else if (agreement == Agreement::Differ) {
        if (areSeveral) all.push_back(disagree(scope));
    } else if (agreement == Agreement::AllAgainst) {
        for (const std::string& system : scope.systems) all.push_back(wrong(system, scope, sentence.kinds));
        if (areSeveral) all.push_back("not " + disagree(scope));
    } else if (agreement == Agreement::AllRight) {
        for (const std::string& system : scope.systems) all.push_back(right(system, scope));
    }
}

// --- reading -----------------------------------------------------------------------------------------------------

bool isSame(std::string_view name, std::string_view other) {
    return text::folded(name) == text::folded(other);
}

/// The terms of a part that is one, or several of which any will do; nothing for any other.
std::optional<std::vector<const Term*>> alternatives(const Query& query, const Node& node) {
    if (node.kind == Node::Kind::Term) return std::vector{&query.terms[node.term]};
    if (node.kind != Node::Kind::Or) return std::nullopt;
    std::vector<const Term*> all;
    for (const Node& part : node.parts) {
        const auto inner = alternatives(query, part);
        if (!inner) return std::nullopt;
        all.insert(all.end(), inner->begin(), inner->end());
    }
    std::sort(all.begin(), all.end(), [](const Term* a, const Term* b) { return a->place.first < b->place.first; });
    return all;
}

class Reader {
public:
    Reader(const query::Parts& parts, const CaseScope& scope) : m_parts(parts), m_query(parts.query), m_scope(scope) {}

    CaseSentence read() {
        std::vector<std::string> rest;
        for (const query::Parts::Part& part : m_parts.parts)
            if (!take(part)) rest.push_back(part.text);
        takeTogether(rest);
        m_said.rest = query::allOf(rest);
        return std::move(m_said);
    }

private:
    struct Held {
        CaseSentence::LayerPart part;
        std::string text;
    };

    std::string nameOf(std::size_t layer) const {
        const std::string& name = m_query.layers[layer].name;
        const auto known = std::find_if(m_scope.systems.begin(), m_scope.systems.end(),
                                        [&](const std::string& system) { return isSame(system, name); });
        return known == m_scope.systems.end() ? std::string() : *known;
    }
    bool isAgainstReference(const Term& term) const {
        return isSame(m_query.layers[term.layers[1]].name, m_scope.reference);
    }
    /// disagree() of just the systems.
    bool isOfAllSystems(const Term& term) const {
        std::set<std::string> named;
        for (const std::size_t layer : term.layers) named.insert(nameOf(layer));
        return !named.contains("") && named.size() == m_scope.systems.size();
    }

    bool take(const query::Parts::Part& part) {
        if (part.node.kind == Node::Kind::Not) return takeNot(part);
        const auto terms = alternatives(m_query, part.node);
        if (!terms) return false;
        const Term& first = *terms->front();
        switch (first.field) {
            case Field::Id:
                return takeIds(*terms);
            case Field::Image:
                if (terms->size() > 1 || m_said.picture) return false;
                m_said.picture = static_cast<query::ImageState>(first.value);
                return true;
            case Field::Picture:
                if (terms->size() > 1 || m_said.effect || nameOf(first.layers[0]).empty()) return false;
                m_said.effect = {nameOf(first.layers[0]), static_cast<query::Influence>(first.value)};
                return true;
            case Field::Disagree:
                if (terms->size() > 1 || m_said.agreement != Agreement::Any || !isOfAllSystems(first)) return false;
                m_said.agreement = Agreement::Differ;
                return true;
            case Field::Right:
            case Field::Wrong:
            case Field::Error:
                return takeStanding(*terms, part.text);
            default:
                return false;
        }
    }

    bool takeNot(const query::Parts::Part& part) {
        const auto terms = alternatives(m_query, part.node.parts.front());
        if (!terms || terms->size() > 1 || terms->front()->field != Field::Disagree) return false;
        if (!m_equal.empty() || !isOfAllSystems(*terms->front())) return false;
        m_equal = part.text;
        return true;
    }

    bool takeIds(const std::vector<const Term*>& terms) {
        const bool areWhole = std::all_of(terms.begin(), terms.end(),
                                          [](const Term* term) { return term->field == Field::Id && term->isWhole; });
        if (!areWhole || !m_said.posts.empty()) return false;
        for (const Term* term : terms) m_said.posts.push_back(term->text);
        return true;
    }

    /// right(A,gold); wrong(A,gold) or error(A,gold):type of one system, or of all.
    bool takeStanding(const std::vector<const Term*>& terms, const std::string& text) {
        std::vector<std::string> named;
        std::set<std::pair<std::string, int>> each;
        for (const Term* term : terms) {
            const bool fits = term->field == terms.front()->field && term->layers.size() == 2 &&
                              isAgainstReference(*term) && !nameOf(term->layers[0]).empty() &&
                              !query::looksAtRegions(*term);  // the sentence has no word for it: it stays a query
            if (!fits) return false;
            const std::string name = nameOf(term->layers[0]);
            if (std::find(named.begin(), named.end(), name) == named.end()) named.push_back(name);
            each.emplace(name, term->value);
        }
        if (terms.front()->field == Field::Right)
            return terms.size() == 1 && hold({named.front(), Wanted::Right}, text);
        std::vector<eval::ErrorKind> kinds;
        for (const auto& [name, kind] : each)
            if (name == named.front() && terms.front()->field == Field::Error)
                kinds.push_back(static_cast<eval::ErrorKind>(kind));
        const bool areEven = each.size() == named.size() * std::max<std::size_t>(kinds.size(), 1) &&
                             std::all_of(each.begin(), each.end(), [&](const auto& one) {
                                 return each.contains({named.front(), one.second});
                             });
        if (!areEven || (m_hasKinds && kinds != m_said.kinds)) return false;
        if (named.size() == 1) {
            if (!hold({named.front(), Wanted::Wrong}, text)) return false;
        } else {
            if (named.size() != m_scope.systems.size() || m_said.agreement != Agreement::Any) return false;
            m_said.agreement = Agreement::SomeWrong;
        }
        m_said.kinds = std::move(kinds);
        m_hasKinds = true;
        return true;
    }

    bool hold(const CaseSentence::LayerPart& part, const std::string& text) {
        for (const Held& known : m_held)
            if (known.part.layer == part.layer) return false;
        m_held.push_back({part, text});
        return true;
    }

    /// What parts say of all systems together.
    void takeTogether(std::vector<std::string>& rest) {
        const auto areAll = [&](Wanted wanted) {
            const auto isSo = [&](const Held& held) { return held.part.wanted == wanted; };
            return m_scope.systems.size() > 1 && m_held.size() == m_scope.systems.size() &&
                   std::all_of(m_held.begin(), m_held.end(), isSo);
        };
        const bool isFree = m_said.agreement == Agreement::Any;
        if (!m_equal.empty() && isFree && areAll(Wanted::Wrong)) {
            m_said.agreement = Agreement::AllAgainst;
            m_held.clear();
            m_equal.clear();
        } else if (m_equal.empty() && isFree && areAll(Wanted::Right)) {
            m_said.agreement = Agreement::AllRight;
            m_held.clear();
        }
        if (!m_equal.empty()) rest.push_back(m_equal);
        for (const Held& held : m_held) m_said.layers.push_back(held.part);
    }

    const query::Parts& m_parts;
    const Query& m_query;
    const CaseScope& m_scope;
    CaseSentence m_said;
    std::vector<Held> m_held;
    std::string m_equal;  ///< "not disagree(…)" as it was written
    bool m_hasKinds = false;
};

}  // namespace

std::string queryOf(const CaseSentence& sentence, const CaseScope& scope) {
    std::vector<std::string> all{sentence.rest}, ids;
    for (const std::string& post : sentence.posts) ids.push_back("id=" + query::quoted(post));
    all.push_back(query::anyOf(ids));
    bool saysWrong = false;
    for (const CaseSentence::LayerPart& part : sentence.layers) {
        saysWrong = saysWrong || part.wanted == Wanted::Wrong;
        all.push_back(part.wanted == Wanted::Right ? right(part.layer, scope)
                                                   : wrong(part.layer, scope, sentence.kinds));
    }
    const bool needsWrong = sentence.agreement == Agreement::Any && !sentence.kinds.empty() && !saysWrong;
    addAgreement(all, sentence, needsWrong ? Agreement::SomeWrong : sentence.agreement, scope);
    if (sentence.picture) {
        const std::string_view states[] = {"no", "yes", "missing"};
        all.push_back("img:" + std::string(states[static_cast<std::size_t>(*sentence.picture)]));
    }
    if (sentence.effect)
        all.push_back("picture(" + query::quoted(sentence.effect->run) +
                      "):" + std::string(query::influenceName(sentence.effect->influence)));
    return query::allOf(all);
}

CaseSentence sentenceOf(std::string_view query, const CaseScope& scope) {
    const auto parts = query::partsOf(query);
    return parts ? Reader(*parts, scope).read() : CaseSentence{};
}

}  // namespace mnerva::workflow
