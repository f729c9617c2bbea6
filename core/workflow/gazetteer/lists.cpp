#include "core/workflow/gazetteer/lists.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/gazetteer/atoms.h"
#include "core/gazetteer/list_file.h"
#include "core/project/project_internal.h"
#include "core/text/folding.h"
#include "core/text/utf8.h"
#include "core/workflow/gazetteer/stored.h"

namespace mnerva::workflow {
namespace {

using gazetteer::ListedName;

constexpr std::int64_t kPostsBetweenPolls = 1024;
constexpr std::size_t kLongestOwnName = 60;  ///< of a list, in bytes

std::string labelOfFile(const std::string& stem, const LabelSet& labels) {
    for (const std::string& type : labels.types)
        if (text::folded(type) == text::folded(stem)) return type;
    return {};
}

/// What a list is called by the name of its file.
std::string listName(const std::string& stem) {
    std::string name(text::firstCodePoints(printable(text::repairedUtf8(stem)), kLongestOwnName / 4));
    return name.find_first_not_of(' ') == std::string::npos ? "list" : name;
}

/// Names of entities with how often each carries which label.
class NameCount {
public:
    void add(const Post& post, const Entity& entity) {
        if (entity.first < 0 || entity.last >= static_cast<int>(post.words.size())) return;
        m_name.clear();
        for (int i = entity.first; i <= entity.last; ++i) {
            if (i > entity.first && post.join == JoinRule::Space) m_name += ' ';
            m_name += post.words[static_cast<std::size_t>(i)];
        }
        if (printable(m_name) != m_name || m_name.find('\t') != std::string::npos || !gazetteer::hasLetters(m_name) ||
            text::codePointCount(m_name) > gazetteer::kLongestListName)
            return;
        ++m_counts[m_name][entity.type];
    }
    /// The commonest first, each with its commonest label.
    std::vector<ListedName> names(const GoldQuestion& question, MadeList& made) const {
        std::vector<ListedName> names;
        for (const auto& [name, labels] : m_counts) {
            made.severalLabels += labels.size() > 1;
            const auto best = std::max_element(labels.begin(), labels.end(),
                                               [](const auto& a, const auto& b) { return a.second < b.second; });
            if (best->second < question.leastCount)
                ++made.tooRare;
            else
                names.push_back({name, best->first, best->second});
        }
        std::sort(names.begin(), names.end(), [](const ListedName& a, const ListedName& b) {
            return std::pair(-a.count, a.name) < std::pair(-b.count, b.name);
        });
        return names;
    }

private:
    std::string m_name;
    std::unordered_map<std::string, std::map<std::string, std::int64_t>> m_counts;
};

}  // namespace

MadeList listFromFile(const std::filesystem::path& project, const LabelSet& labels, const std::filesystem::path& file,
                      const std::string& encoding, const ProgressSink& progress, std::stop_token stop) {
    gazetteer::ListContent content = gazetteer::readListFile(file, encoding, progress, stop);
    if (content.names == 0) throw Error(ErrorCode::NothingImported, {file.string(), "no name in it"});
    MadeList made;
    const std::string stem = file.stem().string();
    made.source.name = listName(stem);
    made.source.label = labelOfFile(stem, labels);
    made.source.names = content.names;
    made.source.origin = printable(text::repairedUtf8(file.filename().string()));
    made.source.digest = keepList(project, content.text);
    made.findings = std::move(content.findings);
    made.emptyLines = content.emptyLines;
    made.comments = content.comments;
    return made;
}

MadeList listFromGold(const project::Project& project, const GoldQuestion& question, const ProgressSink& progress,
                      std::stop_token stop) {
    MadeList made;
    std::optional<Split> split = question.split;
    const auto postsOfSplit = project.info().postsOfSplit;
    const auto posts = [&](Split one) {
        const auto found = postsOfSplit.find(one);
        return found == postsOfSplit.end() ? 0 : found->second;
    };
    if (split == Split::Train && posts(Split::Train) == 0 && posts(Split::None) > 0) {
        split = Split::None;
        made.isOfAllPosts = true;
    }
    std::int64_t total = 0, done = 0;
    for (const auto& [one, count] : postsOfSplit)
        if (!split || *split == one) total += count;
    NameCount counts;
    project::eachInLayer(project.impl(), question.layer, split,
                         [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool) {
                             if (++done % kPostsBetweenPolls == 0) {
                                 if (stop.stop_requested()) throw Cancelled{};
                                 report(progress, "reading", done, total);
                             }
                             for (const Entity& entity : entities) counts.add(stored.post, entity);
                             return true;
                         });
    if (stop.stop_requested()) throw Cancelled{};
    gazetteer::ListWriter writer;
    for (const ListedName& name : counts.names(question, made)) writer.add(name);
    if (writer.content().names == 0)
        throw Error(ErrorCode::NothingImported, {question.layer, "no entity in these posts"});
    made.source.holdsTest = !split || *split == Split::Test;
    made.source.name = question.layer;
    made.source.origin = question.layer + ", " + (split ? std::string(splitName(*split)) : "all posts");
    made.source.names = writer.content().names;
    made.source.digest = keepList(project.folder(), writer.content().text);
    return made;
}

}  // namespace mnerva::workflow
