#include "core/workflow/gazetteer/layer.h"

#include <algorithm>
#include <limits>
#include <random>
#include <tuple>

#include "core/base/error.h"
#include "core/gazetteer/gazetteer.h"
#include "core/gazetteer/list_file.h"
#include "core/project/project_internal.h"
#include "core/store/chunk_repository.h"
#include "core/workflow/gazetteer/stored.h"

namespace mnerva::workflow {
namespace {

using gazetteer::Candidate;
using gazetteer::Definition;
using gazetteer::Gazetteer;

constexpr std::int64_t kPollEvery = 512;          ///< posts
constexpr std::int64_t kWordsForJudgement = 200;  ///< of fewer nobody can say that a rule finds everything
constexpr std::size_t kMostClashKinds = 10'000;
constexpr std::size_t kWordsAroundFind = 5;
constexpr unsigned kFindSeed = 14;

/// Words of a post as it lies in its row.
class RawWords {
public:
    explicit RawWords(std::string_view joined) {
        for (std::size_t begin = 0;;) {
            const std::size_t end = std::min(joined.find('\n', begin), joined.size());
            m_words.push_back(joined.substr(begin, end - begin));
            if (end == joined.size()) return;
            begin = end + 1;
        }
    }
    std::string between(std::size_t first, std::size_t end, JoinRule join) const {
        std::string text;
        for (std::size_t i = first; i < std::min(end, m_words.size()); ++i) {
            if (!text.empty() && join == JoinRule::Space) text += ' ';
            text += m_words[i];
        }
        return text;
    }

private:
    std::vector<std::string_view> m_words;
};

/// Loads the lists of a definition into a gazetteer.
class Loading {
public:
    Loading(const project::Project& project, const Definition& definition, std::vector<SourceReport>& reports)
        : m_folder(project.folder()), m_definition(definition), m_reports(reports) {}

    /// `without`: sources that are to be left out.
    Gazetteer load(const std::vector<bool>& without, const ProgressSink& progress, const std::stop_token& stop) {
        Definition used = m_definition;
        for (std::size_t i = 0; i < used.sources.size(); ++i)
            if (without[i]) used.sources[i].isEnabled = false;
        Gazetteer made(used);
        std::int64_t total = 0, done = 0;
        for (const gazetteer::Source& source : used.sources)
            if (source.isEnabled) total += source.names;
        for (std::size_t i = 0; i < used.sources.size(); ++i) {
            const gazetteer::Source& source = used.sources[i];
            if (!source.isList() || !source.isEnabled) continue;
            report(progress, "loading", done, total);
            loadList(made, i, stop);
            done += source.names;
        }
        report(progress, "loading", total, total);
        return made;
    }

private:
    void loadList(Gazetteer& made, std::size_t at, const std::stop_token& stop) {
        SourceReport& told = m_reports[at];
        told.names = told.tooShort = told.withoutLabel = 0;
        const std::string& digest = m_definition.sources[at].digest;
        std::string text;
        try {
            text = keptList(m_folder, digest);
        } catch (const Error& error) {
            told.fault = error.code() == ErrorCode::FormatInvalid || error.code() == ErrorCode::FileTooLarge
                             ? SourceReport::Fault::Changed
                             : SourceReport::Fault::Missing;
            return;
        }
        gazetteer::eachListed(
            text, listPath(m_folder, digest),
            [&](const gazetteer::ListedName& name) {
                const auto added = made.addName(at, name.name, name.label);
                told.names += added == Gazetteer::Added::Yes;
                told.tooShort += added == Gazetteer::Added::TooShort;
                told.withoutLabel += added == Gazetteer::Added::NoLabel;
            },
            stop);
    }

    const std::filesystem::path& m_folder;
    const Definition& m_definition;
    std::vector<SourceReport>& m_reports;
};

/// One walk over all posts.
class Walk {
public:
    Walk(const project::Project& project, Gazetteer& gazetteer, bool onlyReport)
        : m_project(project),
          m_labels(project.labels()),
          m_gazetteer(gazetteer),
          m_onlyReport(onlyReport),
          m_kept(gazetteer.definition().sources.size()),
          m_covered(m_kept.size()) {}

    void run(const ProgressSink& progress, const std::stop_token& stop) {
        const std::int64_t total = m_project.impl().posts.count();
        const store::ChunkRepository rows(*m_project.impl().connection);
        rows.eachPost(rows.firstPostFrom(PostId{std::numeric_limits<std::int64_t>::min()}), rows.lastPost(),
                      [&](const store::RawPost& post) {
                          if (plan.report.posts % kPollEvery == 0) {
                              if (stop.stop_requested()) throw Cancelled{};
                              report(progress, "looking", plan.report.posts, total);
                          }
                          look(post);
                          return true;
                      });
        if (stop.stop_requested()) throw Cancelled{};
        report(progress, "looking", total, total);
    }
    std::int64_t kept(std::size_t source) const { return m_kept[source]; }
    bool coversNearlyAll(std::size_t source) const {
        return plan.report.words >= kWordsForJudgement && 2 * m_covered[source] > plan.report.words;
    }
    void finish() {
        for (const auto& [clash, told] : m_clashes) plan.report.clashes.push_back(told);
        std::stable_sort(plan.report.clashes.begin(), plan.report.clashes.end(),
                         [](const ClashReport& a, const ClashReport& b) { return a.count > b.count; });
        if (plan.report.clashes.size() > kGazetteerClashes) plan.report.clashes.resize(kGazetteerClashes);
        std::stable_sort(plan.report.examples.begin(), plan.report.examples.end(),
                         [](const auto& a, const auto& b) { return a.post < b.post; });
    }

    GazetteerPlan plan;

private:
    void look(const store::RawPost& post) {
        ++plan.report.posts;
        plan.report.words += post.wordCount;
        std::vector<Entity> entities;
        if (post.hasWords && post.wordCount > 0) {
            const gazetteer::PostFinds& finds = m_gazetteer.find(post.words, post.join);
            for (const Candidate& one : finds.kept) take(post, one, entities);
            for (const auto& [clash, where] : finds.clashes) takeClash(post, clash, where);
        }
        plan.report.postsWithFinds += !entities.empty();
        if (!m_onlyReport) plan.predictions.emplace_back(post.id, std::move(entities));
    }
    void take(const store::RawPost& post, const Candidate& one, std::vector<Entity>& entities) {
        const std::string& label = m_gazetteer.label(one.label);
        ++m_kept[one.source];
        m_covered[one.source] += one.last - one.first + 1;
        if (!m_labels.contains(label)) {
            ++plan.report.unknownLabels[label];
            return;
        }
        ++plan.report.labels[label];
        ++plan.report.entities;
        entities.push_back({label, one.first, one.last, {}});
        offer(post, one);
    }
    void offer(const store::RawPost& post, const Candidate& one) {
        auto& kept = plan.report.examples;
        std::size_t at = kept.size();
        if (at == kGazetteerExamples) {
            const auto seen = static_cast<std::size_t>(plan.report.entities);
            at = std::uniform_int_distribution<std::size_t>(0, seen - 1)(m_dice);
            if (at >= kGazetteerExamples) return;
        } else {
            kept.emplace_back();
        }
        const RawWords words(post.words);
        const auto first = static_cast<std::size_t>(one.first), end = static_cast<std::size_t>(one.last) + 1;
        kept[at] = {post.id,
                    std::string(post.externalId),
                    words.between(first - std::min(first, kWordsAroundFind), first, post.join),
                    words.between(first, end, post.join),
                    words.between(end, end + kWordsAroundFind, post.join),
                    m_gazetteer.label(one.label),
                    m_gazetteer.definition().sources[one.source].name};
    }
    void takeClash(const store::RawPost& post, const gazetteer::Clash& clash, const Candidate& where) {
        ++plan.report.clashCount;
        if (m_clashes.size() >= kMostClashKinds && !m_clashes.contains(clash)) return;
        ClashReport& told = m_clashes[clash];
        if (told.count++ > 0) return;
        const auto& sources = m_gazetteer.definition().sources;
        told.words =
            RawWords(post.words)
                .between(static_cast<std::size_t>(where.first), static_cast<std::size_t>(where.last) + 1, post.join);
        told.source = sources[clash.source].name;
        told.label = m_gazetteer.label(clash.label);
        told.otherSource = sources[clash.otherSource].name;
        told.otherLabel = m_gazetteer.label(clash.otherLabel);
        told.post = post.id;
    }

    const project::Project& m_project;
    LabelSet m_labels;
    Gazetteer& m_gazetteer;
    bool m_onlyReport;
    std::vector<std::int64_t> m_kept, m_covered;
    std::map<gazetteer::Clash, ClashReport> m_clashes;
    std::mt19937 m_dice{kFindSeed};
};

}  // namespace

std::string_view faultName(SourceReport::Fault fault) {
    switch (fault) {
        case SourceReport::Fault::Missing:
            return "missing";
        case SourceReport::Fault::Changed:
            return "changed";
        case SourceReport::Fault::Everything:
            return "matches-nearly-everything";
        case SourceReport::Fault::None:
            break;
    }
    return "";
}

GazetteerPlan planGazetteer(const project::Project& project, const Definition& definition, bool onlyReport,
                            const ProgressSink& progress, std::stop_token stop) {
    gazetteer::checkDefinition(definition);
    const std::size_t count = definition.sources.size();
    std::vector<SourceReport> reports(count);
    for (std::size_t i = 0; i < count; ++i) reports[i].name = definition.sources[i].name;
    std::vector<bool> without(count);
    for (;;) {
        Gazetteer made = Loading(project, definition, reports).load(without, progress, stop);
        Walk walk(project, made, onlyReport);
        walk.run(progress, stop);
        bool isAgain = false;
        for (std::size_t i = 0; i < count; ++i) {
            if (without[i]) continue;
            SourceReport& told = reports[i];
            told.seen = made.seen()[i];
            told.kept = walk.kept(i);
            if (const gazetteer::PatternLosses* losses = made.losses(i))
                std::tie(told.offWords, told.tooLong) = std::pair(losses->offWords, losses->tooLong);
            if (!walk.coversNearlyAll(i)) continue;
            told.fault = SourceReport::Fault::Everything;
            told.kept = 0;
            without[i] = isAgain = true;
        }
        if (isAgain) continue;
        walk.finish();
        GazetteerPlan plan = std::move(walk.plan);
        for (std::size_t i = 0; i < count; ++i) {
            if (!definition.sources[i].isEnabled) continue;
            plan.report.sources.push_back(reports[i]);
            plan.report.holdsTest |= definition.sources[i].isList() && definition.sources[i].holdsTest;
        }
        return plan;
    }
}

GazetteerReport applyGazetteer(project::Project& project, const Definition& definition, const ProgressSink& progress,
                               std::stop_token stop) {
    requireGazetteerLayer(project, definition.layer);
    GazetteerPlan plan = planGazetteer(project, definition, false, progress, stop);
    project.storePredictions(definition.layer, plan.predictions, {}, {}, progress, stop);
    noteGazetteerLayer(project, definition.layer);
    return std::move(plan.report);
}

bool deleteGazetteerLayer(project::Project& project, const std::string& layer) {
    requireGazetteerLayer(project, layer);
    return project.removePredictions(layer);
}

}  // namespace mnerva::workflow
