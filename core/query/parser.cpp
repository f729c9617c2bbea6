#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/query/fields_internal.h"
#include "core/query/search_text.h"
#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::query {
namespace {

bool isSpace(char32_t c) {
    return text::isWhiteSpace(c);
}
/// The sign that ends what this one begins; 0: it begins no quotes.
char32_t closingQuote(char32_t c) {
    switch (c) {
        case U'"':
            return U'"';
        case U'“':
        case U'”':
        case U'„':
            return U'”';
        case U'「':
            return U'」';
        case U'『':
            return U'』';
        default:
            return 0;
    }
}
bool closes(char32_t c, char32_t closing) {
    // Typing gives whichever of these the keyboard or the editor makes of the key.
    const auto isPlain = [](char32_t q) { return q == U'"' || q == U'”' || q == U'“'; };
    return c == closing || (isPlain(closing) && isPlain(c));
}
bool isAsciiLetter(char32_t c) {
    return c >= U'a' && c <= U'z';
}
bool isComparison(char32_t c) {
    return std::u32string_view(U"<>=!≤≥≠").find(c) != std::u32string_view::npos;
}
bool isNameSign(char32_t c) {
    return isAsciiLetter(c) || text::isUnspaced(c);
}

/// What it costs to find out whether a term holds, roughly.
int costOf(const Term& term) {
    switch (term.field) {
        case Field::Status:
        case Field::Flag:
        case Field::Split:
        case Field::Length:
        case Field::Review:
        case Field::Edited:
            return 1;
        case Field::Id:
            return 2;
        case Field::Text:
        case Field::Any:
        case Field::Has:
        case Field::Comment:
            return 3;
        case Field::Image:
            return term.value == static_cast<int>(ImageState::No) ? 1 : 9;
        case Field::Label:
        case Field::Gold:
            return 5;
        default:
            return 7;
    }
}

/// Recursive descent over folded code points; the original ones are kept for names. `m_deep` bounds the recursion.
class Parser {
public:
    Parser(std::string_view given, Wanted& atEnd) : m_atEnd(atEnd) {
        for (std::size_t at = 0; at < given.size() && m_given.size() <= kLongestQuery;)
            m_given += text::nextCodePoint(given, at);
        if (m_given.size() > kLongestQuery)
            fail(MistakeKind::TooLong, {kLongestQuery, m_given.size()},
                 {std::to_string(text::codePointCount(given)), std::to_string(kLongestQuery)});
        m_folded.reserve(m_given.size());
        for (const char32_t c : m_given) m_folded += text::foldedCodePoint(c);
    }

    std::variant<Query, Mistake> run() {
        if (!m_mistake) {
            skipSpace();
            m_atEnd = {Wanted::Kind::Condition, nullptr, m_at, false};
            if (!atEnd()) {
                m_query.root = readOr();
                if (!m_mistake && !atEnd()) fail(MistakeKind::ParenthesisStray, {m_at, m_at + 1});
            }
        }
        if (m_mistake) return std::move(*m_mistake);
        return std::move(m_query);
    }

private:
    bool atEnd() const { return m_at >= m_folded.size(); }
    char32_t peek() const { return atEnd() ? U'\0' : m_folded[m_at]; }
    void skipSpace() {
        while (!atEnd() && isSpace(peek())) ++m_at;
    }
    std::string given(std::size_t first, std::size_t last) const {
        return text::fromCodePoints(std::u32string_view(m_given).substr(first, last - first));
    }
    std::string folded(std::size_t first, std::size_t last) const {
        return text::fromCodePoints(std::u32string_view(m_folded).substr(first, last - first));
    }
    void fail(MistakeKind kind, Place place, std::vector<std::string> args = {}) {
        if (!m_mistake) m_mistake = Mistake{kind, place, std::move(args)};
    }
    void want(Wanted::Kind kind, const FieldForm* form, std::size_t begin, bool isTruth = false) {
        m_atEnd = {kind, form, begin, isTruth};
    }

    // --- joining -------------------------------------------------------------------------------------------------
    /// The word at the cursor when it is one of the operators; it must end there.
    bool isOperator(std::u32string_view word) const {
        const std::size_t end = m_at + word.size();
        return m_folded.compare(m_at, word.size(), word) == 0 &&
               (end >= m_folded.size() || isSpace(m_folded[end]) || m_folded[end] == U'(' || m_folded[end] == U')' ||
                closingQuote(m_folded[end]) != 0);
    }
    bool take(std::u32string_view word) {
        if (!isOperator(word)) return false;
        m_operator = {m_at, m_at + word.size()};
        m_at += word.size();
        skipSpace();
        want(Wanted::Kind::Condition, nullptr, m_at);
        return true;
    }
    bool endsTerms() const { return atEnd() || peek() == U')'; }

    /// Parts joined by one operator; one alone is itself. A group among them stays a part of its own, so that each part
    /// has its place in the text.
    Node joined(Node::Kind kind, std::vector<Node> parts) {
        if (parts.size() == 1) return std::move(parts.front());
        Node whole;
        whole.kind = kind;
        whole.place = {parts.front().place.first, parts.back().place.last};
        whole.parts = std::move(parts);
        sortByCost(whole);
        return whole;
    }
    void sortByCost(Node& node) {
        if (node.kind != Node::Kind::And && node.kind != Node::Kind::Or) return;
        std::vector<std::pair<int, Node>> parts;
        for (Node& part : node.parts) parts.emplace_back(costOfNode(part), std::move(part));
        std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < parts.size(); ++i) node.parts[i] = std::move(parts[i].second);
    }
    int costOfNode(const Node& node) const {
        if (node.kind == Node::Kind::Term) return costOf(m_query.terms[node.term]);
        int most = 0;  // parts are sorted, and deep ones count as what is dearest in their last part
        if (!node.parts.empty()) most = costOfNode(node.parts.back());
        return most;
    }

    Node readOr() {
        std::vector<Node> parts;
        parts.push_back(readAnd());
        while (!m_mistake && take(U"or")) {
            if (endsTerms()) missingAfterOperator();
            if (!m_mistake) parts.push_back(readAnd());
        }
        return joined(Node::Kind::Or, std::move(parts));
    }
    Node readAnd() {
        std::vector<Node> parts;
        parts.push_back(readNot());
        while (!m_mistake) {
            skipSpace();
            if (atEnd() || peek() == U')' || isOperator(U"or")) break;
            const bool written = take(U"and");
            if (written && endsTerms()) missingAfterOperator();
            if (!m_mistake) parts.push_back(readNot());
        }
        return joined(Node::Kind::And, std::move(parts));
    }
    Node readNot() {
        const std::size_t begin = m_at;
        bool negated = false;
        while (take(U"not")) {
            negated = !negated;
            if (endsTerms()) {
                missingAfterOperator();
                return {};
            }
        }
        Node inner = readPrimary();
        if (!negated) {
            inner.place.first = begin;
            return inner;
        }
        Node node;
        node.kind = Node::Kind::Not;
        node.place = {begin, inner.place.last};
        node.parts.push_back(std::move(inner));
        return node;
    }
    void missingAfterOperator() {
        fail(MistakeKind::TermMissing, m_operator, {given(m_operator.first, m_operator.last)});
    }
    Node readPrimary() {
        if (peek() == U'(') return readGroup();
        if (peek() == U')') {
            fail(MistakeKind::ParenthesisStray, {m_at, m_at + 1});
            return {};
        }
        for (const std::u32string_view word : {U"and", U"or"})
            if (isOperator(word)) {
                fail(MistakeKind::TermMissing, {m_at, m_at + word.size()}, {given(m_at, m_at + word.size())});
                return {};
            }
        if (closingQuote(peek()) != 0) {
            const std::size_t begin = m_at;
            const auto words = readQuoted();
            return words ? wordsNode(Field::Any, *words, {begin, m_at}) : Node{};
        }
        return readWord();
    }
    Node readGroup() {
        const std::size_t open = m_at++;
        if (++m_deep > kDeepest) {
            fail(MistakeKind::TooDeep, {open, open + 1}, {std::to_string(kDeepest)});
            return {};
        }
        skipSpace();
        want(Wanted::Kind::Condition, nullptr, m_at);
        Node inner;
        if (peek() == U')' && !atEnd())
            fail(MistakeKind::ParenthesesEmpty, {open, m_at + 1});
        else if (!atEnd())
            inner = readOr();
        if (!m_mistake && atEnd()) fail(MistakeKind::ParenthesisOpen, {open, open + 1});
        ++m_at;
        inner.place = {open, m_at};
        skipAfterTerm();
        --m_deep;
        return inner;
    }
    void skipAfterTerm() {
        if (atEnd()) {
            want(Wanted::Kind::Nothing, nullptr, m_at);
            return;
        }
        skipSpace();
        want(Wanted::Kind::Condition, nullptr, m_at);
    }

    // --- terms ---------------------------------------------------------------------------------------------------
    /// What stands between quotes; the cursor is behind them. A backslash takes the next quote or backslash as it is.
    std::optional<std::u32string> readQuoted() {
        const std::size_t open = m_at;
        const char32_t closing = closingQuote(m_folded[m_at++]);
        std::u32string inside;
        while (!atEnd() && !closes(m_folded[m_at], closing)) {
            if (m_given[m_at] == U'\\' && m_at + 1 < m_given.size() &&
                (m_given[m_at + 1] == U'\\' || closes(m_folded[m_at + 1], closing)))
                ++m_at;
            inside += m_given[m_at++];
        }
        if (atEnd()) {
            fail(MistakeKind::QuoteOpen, {open, open + 1});
            return std::nullopt;
        }
        ++m_at;
        if (std::all_of(inside.begin(), inside.end(), isSpace)) {
            fail(MistakeKind::WordsMissing, {open, m_at});
            return std::nullopt;
        }
        return inside;
    }
    bool endsWord() const {
        return atEnd() || isSpace(peek()) || peek() == U'(' || peek() == U')' || closingQuote(peek()) != 0;
    }
    Node termNode(Term term) {
        Node node;
        node.kind = Node::Kind::Term;
        node.term = m_query.terms.size();
        node.place = term.place;
        m_query.terms.push_back(std::move(term));
        return node;
    }
    Node wordsNode(Field field, std::u32string_view words, Place place) {
        Term term;
        term.field = field;
        term.place = place;
        term.text = searchForm(text::fromCodePoints(words));
        skipAfterTerm();
        return termNode(std::move(term));
    }
    Node readWord() {
        const std::size_t begin = m_at;
        std::size_t nameEnd = begin;
        while (nameEnd < m_folded.size() && isNameSign(m_folded[nameEnd])) ++nameEnd;
        const char32_t after = nameEnd < m_folded.size() ? m_folded[nameEnd] : U'\0';
        const FieldForm* form = fieldNamed(folded(begin, nameEnd));
        const bool begins = nameEnd > begin && (after == U':' || after == U'(');
        const bool compares = isComparison(after);
        if (form && form->value == FieldForm::Value::Number) {
            std::size_t sign = nameEnd;
            while (sign < m_folded.size() && isSpace(m_folded[sign])) ++sign;
            if (sign < m_folded.size() && isComparison(m_folded[sign])) {
                m_at = sign;
                return readField(*form, begin);
            }
        }
        if (form && begins) {
            m_at = nameEnd;
            return readField(*form, begin);
        }
        if (form && form->field == Field::Id && after == U'=') {
            m_at = nameEnd + 1;
            const Node node = readWords(*form, begin);
            if (!m_mistake) m_query.terms[node.term].isWhole = true;
            return node;
        }
        if (!form && begins && isUnknownField(begin, nameEnd, after)) {
            fail(MistakeKind::FieldUnknown, {begin, nameEnd}, {given(begin, nameEnd), fieldsText()});
            return {};
        }
        if (form && compares) {
            fail(MistakeKind::ValueMissing, {begin, nameEnd}, {given(begin, nameEnd), valuesOf(*form)});
            return {};
        }
        while (!endsWord()) ++m_at;
        const std::size_t end = m_at;
        const Node node = wordsNode(Field::Any, std::u32string_view(m_given).substr(begin, end - begin), {begin, end});
        if (atEnd() && end == m_at) want(Wanted::Kind::Condition, nullptr, begin);
        return node;
    }
    /// "foo:" and "foo(" look like a field; "http://" and what has other letters do not.
    bool isUnknownField(std::size_t begin, std::size_t end, char32_t after) const {
        constexpr std::size_t kShortestField = 2;
        if (end - begin < kShortestField) return false;
        for (std::size_t i = begin; i < end; ++i)
            if (!isAsciiLetter(m_folded[i])) return false;
        return after == U'(' || m_folded.compare(end, 3, U"://") != 0;
    }
    std::string valuesOf(const FieldForm& form) const {
        return form.choices.empty() ? std::string(form.example) : choicesText(form);
    }

    Node readField(const FieldForm& form, std::size_t begin) {
        Term term;
        term.field = form.field;
        if (peek() == U'(' ? !readNames(form, term) : !namesMayBeMissing(form, begin)) return {};
        if (form.value == FieldForm::Value::None) {
            term.place = {begin, m_at};
            skipAfterTerm();
            return termNode(std::move(term));
        }
        if (form.value == FieldForm::Value::Number) return readComparison(form, term, begin);
        if (peek() != U':') {
            fail(MistakeKind::ValueMissing, {begin, m_at}, {std::string(form.names.front()), valuesOf(form)});
            return {};
        }
        ++m_at;
        return form.value == FieldForm::Value::Words ? readWords(form, begin) : readValues(form, term, begin);
    }
    bool namesMayBeMissing(const FieldForm& form, std::size_t begin) {
        if (form.leastNames == 0) return true;
        fail(MistakeKind::NamesWanted, {begin, m_at}, {std::string(form.names.front()), std::string(form.example)});
        return false;
    }
    bool readNames(const FieldForm& form, Term& term) {
        const std::size_t open = m_at++;
        const std::vector<std::string> shown{std::string(form.names.front()), std::string(form.example)};
        if (!form.takesNames()) {
            fail(MistakeKind::ValueMissing, {open, open + 1}, {shown[0], valuesOf(form)});
            return false;
        }
        for (std::size_t count = 0;; ++count) {
            skipSpace();
            const bool isTruth = count > 0 && form.field != Field::Disagree;
            want(Wanted::Kind::Name, &form, m_at, isTruth);
            const auto name = readName(open, shown);
            if (!name) return false;
            if (count == form.mostNames) {
                fail(MistakeKind::NamesTooMany, name->place, shown);
                return false;
            }
            term.layers.push_back(layerOf(name->name, name->place, form, isTruth));
            if (m_folded[m_at++] == U')') break;
        }
        if (term.layers.size() < form.leastNames) {
            fail(MistakeKind::NamesWanted, {open, m_at}, shown);
            return false;
        }
        if (term.layers.size() == 1 && form.mostNames == 2)
            term.layers.push_back(layerOf("corrected", {open, m_at}, form, true));
        if (atEnd()) want(Wanted::Kind::Nothing, nullptr, m_at);
        return true;
    }
    /// A name between parentheses; the cursor is at the comma or parenthesis after it.
    std::optional<NamedLayer> readName(std::size_t open, const std::vector<std::string>& shown) {
        const std::size_t begin = m_at;
        std::size_t end = begin;
        std::string name;
        if (closingQuote(peek()) != 0) {
            const auto inside = readQuoted();
            if (!inside) return std::nullopt;
            name = text::fromCodePoints(*inside);
            end = m_at;
            skipSpace();
        } else {
            while (!atEnd() && peek() != U',' && peek() != U')') ++m_at;
            end = m_at;
            while (end > begin && isSpace(m_folded[end - 1])) --end;
            name = given(begin, end);
        }
        if (atEnd() || (peek() != U',' && peek() != U')')) {
            fail(MistakeKind::ParenthesisOpen, {open, open + 1});
            return std::nullopt;
        }
        if (name.empty()) {
            fail(MistakeKind::NamesWanted, {open, m_at + 1}, shown);
            return std::nullopt;
        }
        return NamedLayer{std::move(name), {begin, end}, false};
    }
    std::size_t layerOf(const std::string& name, Place place, const FieldForm& form, bool isTruth) {
        const bool mustBeRun = !isTruth && (form.field == Field::Confidence || form.field == Field::Picture);
        auto& layers = m_query.layers;
        const auto known = std::find_if(layers.begin(), layers.end(), [&](const NamedLayer& layer) {
            return layer.name == name && layer.mustBeRun == mustBeRun;
        });
        if (known != layers.end()) return static_cast<std::size_t>(known - layers.begin());
        layers.push_back({name, place, mustBeRun});
        return layers.size() - 1;
    }

    Node readWords(const FieldForm& form, std::size_t begin) {
        if (closingQuote(peek()) != 0) {
            const auto words = readQuoted();
            return words ? wordsNode(form.field, *words, {begin, m_at}) : Node{};
        }
        const std::size_t first = m_at;
        while (!endsWord()) ++m_at;
        if (first == m_at) {
            fail(MistakeKind::ValueMissing, {begin, m_at}, {std::string(form.names.front()), valuesOf(form)});
            return {};
        }
        return wordsNode(form.field, std::u32string_view(m_given).substr(first, m_at - first), {begin, m_at});
    }
    /// One or more values with | between them: any of them will do.
    Node readValues(const FieldForm& form, const Term& common, std::size_t begin) {
        std::vector<Node> all;
        do {
            const bool isFirst = all.empty();
            if (!isFirst) ++m_at;
            want(Wanted::Kind::Value, &form, m_at);
            const std::size_t first = m_at;
            std::string value;
            if (closingQuote(peek()) != 0) {
                const auto inside = readQuoted();
                if (!inside) return {};
                value = text::folded(text::fromCodePoints(*inside));
            } else {
                while (!endsWord() && peek() != U'|') ++m_at;
                value = folded(first, m_at);
            }
            if (value.empty()) {
                fail(MistakeKind::ValueMissing, {begin, m_at}, {std::string(form.names.front()), valuesOf(form)});
                return {};
            }
            Term term = common;
            term.place = {isFirst ? begin : first, m_at};
            if (!takeValue(form, value, first, term)) return {};
            all.push_back(termNode(std::move(term)));
        } while (peek() == U'|');
        if (!atEnd()) skipAfterTerm();
        return joined(Node::Kind::Or, std::move(all));
    }
    bool takeValue(const FieldForm& form, const std::string& value, std::size_t first, Term& term) {
        if (form.value == FieldForm::Value::Label) {
            term.text = value == "other" ? "misc" : value;  // as all layers read it
            return true;
        }
        for (const Choice& choice : form.choices)
            if (std::find(choice.names.begin(), choice.names.end(), value) != choice.names.end()) {
                term.value = choice.value;
                return true;
            }
        fail(MistakeKind::ValueUnknown, {first, m_at},
             {given(first, m_at), std::string(form.names.front()), choicesText(form)});
        return false;
    }

    // --- numbers -------------------------------------------------------------------------------------------------
    std::optional<Compare> readCompare() {
        static constexpr std::pair<std::u32string_view, Compare> kSigns[] = {
            {U"<=", Compare::LessOrEqual}, {U">=", Compare::GreaterOrEqual},
            {U"!=", Compare::Unequal},     {U"==", Compare::Equal},
            {U"≤", Compare::LessOrEqual},  {U"≥", Compare::GreaterOrEqual},
            {U"≠", Compare::Unequal},      {U"<", Compare::Less},
            {U">", Compare::Greater},      {U"=", Compare::Equal},
            {U":", Compare::Equal}};
        for (const auto& [sign, compare] : kSigns)
            if (m_folded.compare(m_at, sign.size(), sign) == 0) {
                m_at += sign.size();
                return compare;
            }
        return std::nullopt;
    }
    Node readComparison(const FieldForm& form, Term& term, std::size_t begin) {
        const std::string name(form.names.front());
        skipSpace();
        const auto compare = readCompare();
        if (!compare) {
            fail(MistakeKind::ComparisonMissing, {begin, m_at}, {name});
            return {};
        }
        skipSpace();
        const std::size_t first = m_at;
        while (!endsWord()) ++m_at;
        const bool isLength = form.field == Field::Length;
        const auto number = numberOf(folded(first, m_at), isLength);
        if (!number) {
            fail(MistakeKind::NumberWanted, {first == m_at ? begin : first, m_at},
                 {given(first, m_at), name, isLength ? "0, 1, 2, …" : "0 … 1, 0% … 100%"});
            return {};
        }
        term.compare = *compare;
        term.number = *number;
        term.place = {begin, m_at};
        skipAfterTerm();
        return termNode(std::move(term));
    }
    static std::optional<double> numberOf(std::string digits, bool whole) {
        const bool percent = !whole && digits.ends_with('%');
        if (percent) digits.pop_back();
        if (digits.empty() || digits.find_first_not_of(whole ? "0123456789" : "0123456789.") != std::string::npos)
            return std::nullopt;
        double number = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failed != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number))
            return std::nullopt;
        if (percent) number /= 100;
        constexpr double kMostWords = 1e9;
        if (number > (whole ? kMostWords : 1.0)) return std::nullopt;
        return number;
    }

    std::u32string m_given, m_folded;
    std::size_t m_at = 0, m_deep = 0;
    Place m_operator;
    std::optional<Mistake> m_mistake;
    Query m_query;
    Wanted& m_atEnd;
};

}  // namespace

std::variant<Query, Mistake> parse(std::string_view text, Wanted& atEnd) {
    return Parser(text, atEnd).run();
}

std::variant<Query, Mistake> parse(std::string_view text) {
    Wanted ignored;
    return parse(text, ignored);
}

bool Query::uses(Field field) const {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return term.field == field; });
}

std::string quoted(std::string_view value) {
    const std::u32string points = text::toCodePoints(value);
    const bool isPlain = !points.empty() && std::none_of(points.begin(), points.end(), [](char32_t c) {
        const char32_t f = text::foldedCodePoint(c);
        return isSpace(f) || f == U'(' || f == U')' || f == U'|' || f == U',' || f == U'\\' || closingQuote(f) != 0;
    });
    if (isPlain) return std::string(value);
    std::string out = "\"";
    for (const char32_t c : points) {
        if (c == U'\\' || closes(text::foldedCodePoint(c), U'"')) out += '\\';
        text::appendCodePoint(out, c);
    }
    return out + '"';
}

}  // namespace mnerva::query
