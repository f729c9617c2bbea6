#include "core/workflow/bulk/mentions.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/project/find.h"
#include "core/project/project_internal.h"
#include "core/store/chunk_repository.h"
#include "core/text/folding.h"
#include "core/text/mention_form.h"
#include "core/text/utf8.h"
#include "core/workflow/bulk/states_internal.h"

namespace mnerva::workflow {
namespace {

constexpr std::size_t kMostNeedles = 64;  ///< of a query; with more every post is looked at
constexpr int kContextWords = 12;

/// All ways to write a text with each character in another script, as far as there is room for them.
void addVariants(const std::u32string& needle, std::vector<std::string>& needles) {
    std::vector<std::u32string> all{{}};
    for (const char32_t c : needle) {
        std::vector<std::u32string> longer;
        for (const std::u32string& begin : all)
            for (const char32_t one : text::variantsOf(text::simplifiedCodePoint(c))) longer.push_back(begin + one);
        all = std::move(longer);
        if (all.size() > kMostNeedles) break;
    }
    for (const std::u32string& one : all) needles.push_back(text::fromCodePoints(one));
}

/// A query that every post with such a mention matches: whoever is one edit away has one half unharmed. Empty where
/// too much would have to be asked.
std::string queryFor(const std::string& mention, bool alsoNear) {
    std::vector<std::string> needles;
    for (const std::u32string& spelling : text::spellingsOf(mention)) {
        if (!alsoNear) {
            addVariants(spelling, needles);
            continue;
        }
        const std::size_t half = spelling.size() / 2;
        for (const std::u32string& part : {spelling.substr(0, half), spelling.substr(half)}) addVariants(part, needles);
    }
    if (needles.size() > kMostNeedles) return {};
    std::string query;
    for (const std::string& needle : needles) query += (query.empty() ? "text:" : " or text:") + query::quoted(needle);
    return query;
}

struct Match {
    int first = 0, last = 0;
    bool isNear = false;
    bool overlaps(const Match& other) const { return first <= other.last && other.first <= last; }
};

/// Word ranges whose form is the wanted one, and then those one edit away from it; none overlap.
class Matcher {
public:
    Matcher(std::u32string wanted, bool alsoNear)
        : m_wanted(std::move(wanted)),
          m_left(m_wanted.substr(0, m_wanted.size() / 2)),
          m_right(m_wanted.substr(m_left.size())),
          m_alsoNear(alsoNear) {}

    /// False: words joined by line feeds hold no match. Much cheaper than looking for it.
    bool mayBeIn(std::string_view joinedWords) {
        m_text.clear();
        for (std::size_t at = 0; at < joinedWords.size();) {
            const char32_t c = text::simplifiedCodePoint(text::foldedCodePoint(text::nextCodePoint(joinedWords, at)));
            if (c != U'_' && !text::isWhiteSpace(c)) m_text += c;
        }
        if (!m_alsoNear) return m_text.find(m_wanted) != std::u32string::npos;
        // Of whatever is one edit away, one half is as it should be.
        return isAround(m_left, 0) || isAround(m_right, m_left.size());
    }

    const std::vector<Match>& matchesIn(const Post& post) {
        m_found.clear();
        const std::size_t words = post.words.size();
        m_firsts.resize(words);
        m_laters.resize(words);
        for (std::size_t i = 0; i < words; ++i) {
            m_firsts[i] = text::mentionForm(post.words[i]);
            m_laters[i] = text::mentionForm(post.words[i], false);
        }
        collect(false);
        if (m_alsoNear) collect(true);
        std::sort(m_found.begin(), m_found.end(), [](const Match& a, const Match& b) { return a.first < b.first; });
        return m_found;
    }

private:
    /// Whether a match lies about some place of one half, which is so far behind its beginning.
    bool isAround(const std::u32string& half, std::size_t behind) const {
        const std::u32string_view all = m_text;
        for (std::size_t at = all.find(half); at != std::u32string_view::npos; at = all.find(half, at + 1))
            for (const std::size_t begin : {at - behind - 1, at - behind, at - behind + 1}) {
                if (begin > at) continue;  // before the text
                for (std::size_t size = m_wanted.size() - 1; size <= m_wanted.size() + 1; ++size) {
                    const std::u32string_view piece = all.substr(begin, size);
                    if (piece == m_wanted || text::isOneEdit(piece, m_wanted)) return true;
                }
            }
        return false;
    }
    void collect(bool near) {
        for (std::size_t first = 0; first < m_firsts.size(); ++first) {
            if (m_firsts[first].empty()) continue;
            const auto last = longest(first, near);
            if (!last) continue;
            const Match match{static_cast<int>(first), static_cast<int>(*last), near};
            if (std::any_of(m_found.begin(), m_found.end(), [&](const Match& m) { return m.overlaps(match); }))
                continue;
            m_found.push_back(match);
        }
    }
    /// The last word of the match that begins at a word: of near ones that of the same length first.
    std::optional<std::size_t> longest(std::size_t first, bool near) {
        std::optional<std::size_t> best;
        m_form = m_firsts[first];
        for (std::size_t last = first;;) {
            const bool ends = !m_laters[last].empty();
            if (ends && (near ? text::isOneEdit(m_form, m_wanted) : m_form == m_wanted)) {
                best = last;
                if (m_form.size() == m_wanted.size()) return best;
            }
            if (++last == m_firsts.size() || m_form.size() > m_wanted.size()) return best;
            m_form += m_laters[last];
        }
    }

    std::u32string m_wanted, m_left, m_right, m_form, m_text;
    bool m_alsoNear;
    std::vector<std::u32string> m_firsts, m_laters;
    std::vector<Match> m_found;
};

}  // namespace

struct MentionSearch::Impl {
    Impl(const project::Project& given, const MentionQuestion& question, std::u32string form)
        : states(given, question.layer),
          alsoNear(question.alsoNear && form.size() >= text::kShortestNear),
          matcher(form, alsoNear) {
        if (form.empty()) return;  // nothing but marks: equal to nothing
        auto understood = project::understand(given, queryFor(question.text, alsoNear));
        if (const auto* mistake = std::get_if<query::Mistake>(&understood))
            throw project::queryError("text", question.text, *mistake);
        finder.emplace(given, std::move(std::get<query::Query>(understood)));
    }

    /// Of the posts that the query gave those that may hold a match.
    void keepLikely() {
        std::vector<PostId> likely;
        const store::ChunkRepository rows(*states.project().connection);
        const auto keep = [&](const store::RawPost& post) {
            if (matcher.mayBeIn(post.words)) likely.push_back(post.id);
            return true;
        };
        constexpr std::int64_t kDense = 8;
        if (posts.empty()) return;
        if (posts.back().value - posts.front().value < kDense * static_cast<std::int64_t>(posts.size()))
            rows.eachPost(posts.front(), posts.back(), keep);
        else
            for (const PostId post : posts) rows.eachPost(post, post, keep);
        posts = std::move(likely);
    }
    void look(const Looked& post, std::vector<Mention>& found) {
        for (const Match& match : matcher.matchesIn(*post.post)) {
            Mention mention{post.state.post, post.post->externalId, match.first, match.last, {}, {}, {}, {},
                            match.isNear};
            bool isInTheWay = false;
            for (const Entity& entity : post.state.entities) {
                if (!entity.overlaps(match.first, match.last)) continue;
                if (entity.first == match.first && entity.last == match.last)
                    mention.label = entity.type;
                else
                    isInTheWay = true;
            }
            inTheWay += isInTheWay;
            if (isInTheWay) continue;
            mention.words = textBetween(*post.post, match.first, match.last);
            mention.before = textBefore(*post.post, match.first, kContextWords);
            mention.after = textBehind(*post.post, match.last, kContextWords);
            found.push_back(std::move(mention));
        }
    }

    States states;
    bool alsoNear;
    Matcher matcher;
    std::optional<project::Finder> finder;
    std::vector<PostId> posts;
    int inTheWay = 0;
};

MentionSearch::MentionSearch(const project::Project& project, MentionQuestion question)
    : m_impl(std::make_unique<Impl>(project, question, text::mentionForm(question.text))) {}

MentionSearch::~MentionSearch() = default;

bool MentionSearch::next(std::vector<Mention>& found) {
    if (!m_impl->finder) return false;
    m_impl->posts.clear();
    const bool more = m_impl->finder->next(m_impl->posts);
    m_impl->keepLikely();
    for (const PostId post : m_impl->posts) m_impl->look(m_impl->states.of(post), found);
    return more;
}

double MentionSearch::fraction() const {
    return m_impl->finder ? m_impl->finder->fraction() : 1;
}

int MentionSearch::inTheWay() const {
    return m_impl->inTheWay;
}

namespace {

/// What becomes of one mention in a post whose part is being put together; false: it is left alone.
bool takeMention(const PostState& state, const Mention& mention, const MentionStep& step, PostChange& part) {
    const Entity wanted{step.type, mention.first, mention.last, {}};
    if (mention.first < 0 || mention.last < mention.first || mention.last >= state.wordCount) return false;
    for (const Entity& added : part.added)
        if (added.overlaps(wanted.first, wanted.last)) return false;
    const Entity* there = nullptr;
    for (const Entity& entity : state.entities) {
        if (!entity.overlaps(wanted.first, wanted.last)) continue;
        if (entity.first != wanted.first || entity.last != wanted.last) return false;
        there = &entity;
    }
    if (step.type.empty()) {
        if (!there) return false;
        part.removed.push_back(*there);
        return true;
    }
    if (there && (there->type == step.type || !step.overrides)) return there->type == step.type;
    if (there) part.removed.push_back(*there);
    part.added.push_back(wanted);
    return true;
}

}  // namespace

ManyChange labelMentions(const project::Project& project, const std::vector<Mention>& mentions,
                         const MentionStep& step) {
    if (!step.type.empty()) requireLabel(project, step.type);
    std::map<PostId, std::vector<const Mention*>> byPost;
    for (const Mention& mention : mentions) byPost[mention.post].push_back(&mention);
    States states(project, step.layer);
    ManyChanges changes(step.type.empty() ? "delete-alike" : "label-alike", step.layer);
    for (const auto& [post, ofPost] : byPost) {
        const Looked looked = states.of(post);
        PostChange part = unchangedPart(looked.state);
        part.correctedAfter = true;
        for (const Mention* mention : ofPost)
            if (!takeMention(looked.state, *mention, step, part)) changes.leaveAlone();
        changes.add(std::move(part), looked.post->externalId);
    }
    return changes.take();
}

}  // namespace mnerva::workflow
