// The key model (annotation.md 5.2): how many keys an annotator who knows them needs for an entity.
// keys_bench FILE [--known FILE] [--predictions FILE] [--posts N] [--replay N]
// FILE is tagged posts; they are tagged one after another from nothing, and each is learnt from when it is done, as the
// window does. --known: posts of the project that were tagged before. --predictions: of the same posts, in any format
// that Mnerva reads; every suggestion is answered. --posts: so many, evenly taken. --replay: the first posts are tagged
// once more in the window, by the keys that were found, and looked at.
//
// Counted are presses (Shift+Right is one), and Enter for each post that its last key did not finish (Shift+Enter takes
// all suggestions and finishes). The keys are the cheapest that a search over the
// commands of TagEditor finds which decides things from left to right. Two hands: one that knows at a glance which word
// stands below the caret (Up, Down, Home, End), and one that reads (none of these).

#include <QApplication>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/error.h"
#include "core/formats/mner_reader.h"
#include "core/formats/prediction_files.h"
#include "core/project/name_index.h"
#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_editor.h"
#include "ui/support/tag_fixture.h"

namespace {

using namespace mnerva;
using ui::TagEditor;

/// A post as the annotator sees it and wants it.
struct Task {
    project::PostView view;
    std::vector<Entity> gold;
    ui::CanvasLayout layout;
    std::vector<bool> segments;
    project::NameIndex* names = nullptr;  ///< of the posts before it
};

using Entities = std::vector<Entity>;

bool has(const Entities& list, const Entity& entity) {
    return std::any_of(list.begin(), list.end(), [&](const Entity& e) { return e.sameAs(entity); });
}

/// Lines of 760 px in letters of about 16 pt.
ui::CanvasLayout layoutOf(const Post& post) {
    ui::CanvasMetrics metrics;
    metrics.wordWidth = [](const QString& text) {
        qreal width = 0;
        for (const QChar c : text) width += c.unicode() < 0x2E80 ? 11 : 21;
        return width;
    };
    metrics.labelWidth = metrics.tagWidth = metrics.wordWidth;
    metrics.wordAscent = 20;
    metrics.wordDescent = 6;
    metrics.labelHeight = metrics.tagHeight = 14;
    metrics.spaceWidth = 10;
    return ui::layoutWords(ui::displayOf(post.words), post.join, 760, false, metrics);
}

/// The likely runs as the window has them: what was tagged in the post itself is known at once.
void renewLikely(TagEditor& editor, const Task& task) {
    const std::vector<std::string>& words = task.view.post.words;
    const auto learn = [&](int sign) {
        for (const Entity& one : editor.state().entities)
            task.names->addName(std::span(words).subspan(static_cast<std::size_t>(one.first),
                                                         static_cast<std::size_t>(one.last - one.first + 1)),
                                sign);
    };
    learn(1);
    std::vector<ui::WordRange> likely;
    for (const project::LikelyRun& run : project::likelyRuns(task.view.post, task.segments, *task.names))
        likely.push_back({run.first, run.last});
    learn(-1);
    editor.setLikely(std::move(likely));
}

bool commit(TagEditor& editor, const Task& task, const project::Edit& edit) {
    const auto* change = std::get_if<Change>(&edit);
    if (!change || change->isEmpty()) return false;
    editor.refresh(applied(editor.state(), change->posts.front()));
    renewLikely(editor, task);
    return true;
}

/// A key: its action in the registry, and what it does.
struct Command {
    std::string id;
    std::function<bool(TagEditor&)> run;
    bool extends = false;
    bool needsLines = false;
};

void addMoves(std::vector<Command>& out, const Task& task, bool extend) {
    const auto name = [&](const char* plain, const char* selecting) {
        return extend ? "tag.select" + std::string(selecting) : "tag." + std::string(plain);
    };
    const auto add = [&](std::string id, bool lines, std::function<void(TagEditor&)> move) {
        out.push_back({std::move(id), [move = std::move(move)](TagEditor& e) { return move(e), true; }, extend, lines});
    };
    for (const int d : {-1, 1}) {
        const bool on = d > 0;
        add(name(on ? "right" : "left", on ? "Right" : "Left"), false, [=](TagEditor& e) { e.moveBy(d, extend); });
        add(name(on ? "segmentRight" : "segmentLeft", on ? "SegmentRight" : "SegmentLeft"), false,
            [=](TagEditor& e) { e.moveBySegment(d, extend); });
        add(name(on ? "down" : "up", on ? "Down" : "Up"), true, [=, &task](TagEditor& e) {
            e.moveTo(task.layout.wordBeside(e.caret(), d, task.layout.wordRect(e.caret()).center().x()), extend);
        });
        add(name(on ? "end" : "home", on ? "End" : "Home"), true, [=, &task](TagEditor& e) {
            const int line = task.layout.lineOf(e.caret());
            e.moveToEnd(d, {task.layout.firstWordOfLine(line), task.layout.lastWordOfLine(line)}, extend);
        });
    }
}

/// Finishes the post: only where nothing is left to do afterwards.
constexpr const char* kAcceptAll = "tag.acceptAll";
bool isRight(const TagEditor& e, const Task& task) {
    const Entities& now = e.state().entities;
    return e.pending().empty() && now.size() == task.gold.size() &&
           std::all_of(now.begin(), now.end(), [&](const Entity& one) { return has(task.gold, one); });
}

std::vector<Command> commandsFor(const Task& task, const std::vector<std::string>& types) {
    std::vector<Command> out;
    addMoves(out, task, false);
    addMoves(out, task, true);
    const auto add = [&](const char* id, std::function<bool(TagEditor&)> run) { out.push_back({id, std::move(run)}); };
    const auto take = [&task](TagEditor& e) {
        return [&e, &task](const project::Edit& edit) { return commit(e, task, edit); };
    };
    add("tag.nextMark", [](TagEditor& e) { return e.goToMark(1); });
    add("tag.previousMark", [](TagEditor& e) { return e.goToMark(-1); });
    add("tag.nextLikely", [](TagEditor& e) { return e.goToLikely(1); });
    add("tag.previousLikely", [](TagEditor& e) { return e.goToLikely(-1); });
    add("tag.accept",
        [=](TagEditor& e) { return e.focus().isSuggestion() ? e.acceptAndGoOn(take(e)) : e.goToNextPending(); });
    add("tag.remove", [=](TagEditor& e) { return e.removeAndGoOn(take(e)); });
    add(kAcceptAll, [&task](TagEditor& e) {
        return !e.pending().empty() && commit(e, task, e.acceptPendingAndFinish()) && isRight(e, task);
    });
    add("tag.rejectAll", [&task](TagEditor& e) { return commit(e, task, e.rejectPending()); });
    add("tag.rightEdgeLeft", [=](TagEditor& e) { return e.moveEdgeInHand(false, -1, take(e)); });
    add("tag.rightEdgeRight", [=](TagEditor& e) { return e.moveEdgeInHand(false, 1, take(e)); });
    add("tag.leftEdgeLeft", [=](TagEditor& e) { return e.moveEdgeInHand(true, -1, take(e)); });
    add("tag.leftEdgeRight", [=](TagEditor& e) { return e.moveEdgeInHand(true, 1, take(e)); });
    for (std::size_t i = 0; i < types.size(); ++i) {
        const bool wanted =
            std::any_of(task.gold.begin(), task.gold.end(), [&](const Entity& g) { return g.type == types[i]; });
        if (wanted)
            out.push_back({"tag.label" + std::to_string(i + 1),
                           [=, type = types[i]](TagEditor& e) { return e.labelAndGoOn(type, take(e)); }});
    }
    return out;
}

/// What tells two states of the search apart.
std::string keyOf(const TagEditor& e) {
    std::string key;
    const auto add = [&key](int number) { key += std::to_string(number) + ' '; };
    const auto selection = e.selection();
    add(e.caret());
    add(selection ? e.anchor() : -1);
    const auto focus = e.focus();
    add(static_cast<int>(focus.kind));
    if (focus.kind != ui::TagFocus::Kind::None) key += focus.entity.type + ' ';
    for (const Entities& list : {Entities{focus.entity}, e.state().entities, e.pending()}) {
        for (const Entity& one : list) {
            add(one.first);
            add(one.last);
            key += one.type;
        }
        key += '|';
    }
    return key;
}

/// What is still to be decided: missing entities, wrong ones, and suggestions that wait.
struct Thing {
    Entity entity;
    bool isMissing = false, isSuggested = false;
};

/// From the left; right suggestions behind all else where they are to be taken together.
std::vector<Thing> thingsLeft(const TagEditor& e, const Task& task, bool takesTogether = false) {
    std::vector<Thing> things;
    for (const Entity& wanted : task.gold)
        if (!has(e.state().entities, wanted))
            things.push_back({wanted, true, takesTogether && has(e.pending(), wanted)});
    for (const Entities& list : {e.state().entities, e.pending()})
        for (const Entity& one : list)
            if (!has(task.gold, one)) things.push_back({one});
    std::stable_sort(things.begin(), things.end(), [](const Thing& a, const Thing& b) {
        return std::pair(a.isSuggested, a.entity.first) < std::pair(b.isSuggested, b.entity.first);
    });
    return things;
}

/// A missing entity is decided with all that lies over it.
bool isDecided(const Thing& thing, const std::vector<Thing>& left) {
    return std::none_of(left.begin(), left.end(), [&](const Thing& other) {
        if (thing.isMissing) return other.entity.overlaps(thing.entity.first, thing.entity.last);
        return other.isMissing == thing.isMissing && other.entity.sameAs(thing.entity);
    });
}

/// No way back: what is right stays, and at most one entity is wrong, over a missing one that it may become.
bool isOnTheWay(const TagEditor& before, const TagEditor& e, const std::vector<Thing>& left, const Task& task,
                bool extends) {
    for (const Entity& wanted : task.gold)
        if (has(before.state().entities, wanted) && !has(e.state().entities, wanted)) return false;
    const auto isOverMissing = [&](int first, int last) {
        return std::any_of(left.begin(), left.end(),
                           [&](const Thing& t) { return t.isMissing && t.entity.overlaps(first, last); });
    };
    int wrong = 0;
    for (const Entity& one : e.state().entities)
        if (!has(task.gold, one) && (!isOverMissing(one.first, one.last) || ++wrong > 1)) return false;
    const auto selection = e.selection();
    return !extends || (selection && isOverMissing(selection->first, selection->last));
}

/// A search from the left: of the ways to decide one thing, the cheapest and those of one key more go on.
class Search {
public:
    Search(const Task& task, const std::vector<std::string>& types, bool knowsLines)
        : m_task(task), m_commands(commandsFor(task, types)) {
        if (!knowsLines) std::erase_if(m_commands, [](const Command& c) { return c.needsLines; });
    }

    /// Ids of the actions, in order; nothing when there is no way.
    std::optional<std::vector<std::string>> run() {
        m_takesTogether = false;
        auto best = runWithin();
        if (m_task.view.state.suggestions.empty()) return best;
        m_takesTogether = true;
        auto other = runWithin();
        return !best || (other && pressesOf(*other) < pressesOf(*best)) ? other : best;
    }

    /// With Enter at the end where the last key does not finish the post.
    static std::size_t pressesOf(const std::vector<std::string>& way) {
        return way.size() + (way.empty() || way.back() != kAcceptAll);
    }

private:
    static constexpr std::size_t kMostNodes = 300'000;
    struct Node {
        TagEditor editor;
        int cost = 0, parent = -1;
        const std::string* id = nullptr;
    };
    Node& node(int at) { return m_nodes[static_cast<std::size_t>(at)]; }
    int totalCost(int at) { return node(at).cost + (!node(at).id || *node(at).id != kAcceptAll); }
    std::vector<Thing> left(const TagEditor& e) const { return thingsLeft(e, m_task, m_takesTogether); }

    /// Where the search grows too large, only the cheapest ways to decide a thing go on.
    std::optional<std::vector<std::string>> runWithin() {
        m_slack = 1;
        auto way = runOnce();
        if (way || m_nodes.size() < kMostNodes) return way;
        m_slack = 0;
        return runOnce();
    }

    std::optional<std::vector<std::string>> runOnce() {
        m_nodes.assign(1, {});
        m_nodes[0].editor.load(m_task.view, {}, 0);
        renewLikely(m_nodes[0].editor, m_task);
        std::vector<int> frontier{0};
        while (!frontier.empty() && m_nodes.size() < kMostNodes) {
            const int cheapest = *std::min_element(frontier.begin(), frontier.end(),
                                                   [this](int a, int b) { return totalCost(a) < totalCost(b); });
            const std::vector<Thing> things = left(node(cheapest).editor);
            if (things.empty()) return wayTo(cheapest);
            frontier = decide(things.front(), frontier);
        }
        return std::nullopt;
    }

    std::vector<int> decide(const Thing& thing, const std::vector<int>& frontier) {
        std::vector<std::vector<int>> byCost;
        std::unordered_set<std::string> seen;
        std::vector<int> decided;
        int best = -1;
        const auto put = [&](int at) {
            const auto cost = static_cast<std::size_t>(node(at).cost);
            if (byCost.size() <= cost) byCost.resize(cost + 1);
            byCost[cost].push_back(at);
        };
        for (const int at : frontier) put(at);
        for (int cost = 0; cost < static_cast<int>(byCost.size()) && (best < 0 || cost <= best + m_slack); ++cost) {
            for (std::size_t k = 0; k < byCost[static_cast<std::size_t>(cost)].size(); ++k) {
                const int at = byCost[static_cast<std::size_t>(cost)][k];
                if (m_nodes.size() >= kMostNodes) return {};
                if (!seen.insert(keyOf(node(at).editor)).second) continue;
                const std::vector<Thing> things = left(node(at).editor);
                if (isDecided(thing, things)) {
                    if (best < 0) best = cost;
                    decided.push_back(at);
                } else if (best < 0 || cost < best + m_slack) {
                    for (const int next : stepsFrom(at, things)) put(next);
                }
            }
        }
        return decided;
    }

    std::vector<int> stepsFrom(int at, const std::vector<Thing>& left) {
        std::vector<int> steps;
        const TagEditor here = node(at).editor;
        for (const Command& command : m_commands) {
            TagEditor next = here;
            if (!command.run(next) || !isOnTheWay(here, next, left, m_task, command.extends)) continue;
            m_nodes.push_back({std::move(next), node(at).cost + 1, at, &command.id});
            steps.push_back(static_cast<int>(m_nodes.size()) - 1);
        }
        return steps;
    }

    std::vector<std::string> wayTo(int at) {
        std::vector<std::string> ids;
        for (; node(at).parent >= 0; at = node(at).parent) ids.push_back(*node(at).id);
        std::reverse(ids.begin(), ids.end());
        return ids;
    }

    const Task& m_task;
    std::vector<Command> m_commands;
    std::vector<Node> m_nodes;
    bool m_takesTogether = false;
    int m_slack = 1;
};

struct Options {
    std::string file, known, predictions;
    std::size_t posts = 1U << 30, replay = 0;
};

/// What was counted of one hand.
struct Count {
    long posts = 0, entities = 0, keys = 0, presses = 0, withoutWay = 0;
    std::map<std::string, long> of;  ///< by action, labels together

    void add(const Task& task, const std::optional<std::vector<std::string>>& way) {
        if (!way) {
            ++withoutWay;
            return;
        }
        ++posts;
        entities += static_cast<long>(task.gold.size());
        keys += static_cast<long>(way->size());
        presses += static_cast<long>(Search::pressesOf(*way));
        for (const std::string& id : *way) ++of[id.rfind("tag.label", 0) == 0 ? "tag.label" : id];
    }
    void print(const char* hand) const {
        const double of1 = static_cast<double>(std::max(1L, entities));
        std::printf(
            "%s: %.2f keys an entity with Enter for each post, %.2f without (%ld posts, %ld entities, %ld without a "
            "way)\n",
            hand, static_cast<double>(presses) / of1, static_cast<double>(keys) / of1, posts, entities, withoutWay);
        for (const auto& [id, times] : of)
            std::printf("    %-24s %.3f\n", id.c_str(), static_cast<double>(times) / of1);
    }
};

/// Tags the posts in the window by these keys; how many came out as they should.
int replayed(const std::vector<Task>& tasks, const std::vector<std::vector<std::string>>& ways,
             const std::vector<std::string>& types) {
    std::vector<Post> plain;
    std::vector<std::pair<int, Entities>> suggested;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        Post post = tasks[i].view.post;
        post.sourceTags.assign(post.words.size(), "O");
        plain.push_back(std::move(post));
        suggested.emplace_back(static_cast<int>(i), tasks[i].view.state.suggestions);
    }
    test::TagFixture f(plain, types);
    const bool any = std::any_of(suggested.begin(), suggested.end(), [](const auto& s) { return !s.second.empty(); });
    if (any) f.suggest(suggested);
    int right = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        for (const std::string& id : ways[i]) f.press(f.actions().key(QString::fromStdString(id)).toString());
        Entities wanted = tasks[i].gold;
        sortEntities(wanted);
        const bool isFinished = !ways[i].empty() && ways[i].back() == kAcceptAll;
        const auto isAt = [&](std::size_t row) {
            return f.session().rowOf(f.session().currentPost()) == static_cast<int>(row) &&
                   f.session().view().post.id == f.session().currentPost();
        };
        if (isFinished && i + 1 < tasks.size()) {  // it went on by itself: back, to look at it
            if (!QTest::qWaitFor([&] { return isAt(i + 1); })) break;
            f.press("K");
            if (!QTest::qWaitFor([&] { return isAt(i); })) break;
        }
        const bool same = f.spansNow() == test::spans(wanted) && f.editor().pending().empty();
        right += same;
        if (!same)
            std::printf("    post %zu: %s, wanted %s\n", i, qPrintable(f.spansNow()), qPrintable(test::spans(wanted)));
        f.press("Return");
        if (i + 1 < tasks.size() && !QTest::qWaitFor([&] { return isAt(i + 1); })) break;
    }
    (void)QTest::qWaitFor([&] { return !f.session().isSaving(); });
    return right;
}

Options optionsOf(int argc, char** argv) {
    Options options;
    options.file = argv[1];
    for (int i = 2; i + 1 < argc; i += 2) {
        const std::string name = argv[i], value = argv[i + 1];
        if (name == "--known") options.known = value;
        if (name == "--predictions") options.predictions = value;
        if (name == "--posts") options.posts = static_cast<std::size_t>(std::max(1, std::atoi(value.c_str())));
        if (name == "--replay") options.replay = static_cast<std::size_t>(std::max(0, std::atoi(value.c_str())));
    }
    return options;
}

int measure(const Options& options) {
    Findings findings;
    const std::vector<Post> posts = formats::readMnerPosts(options.file, findings);
    formats::PredictionFile said;
    if (!options.predictions.empty()) said = formats::readFittingPredictions(options.predictions, nullptr);
    project::NameIndex names;
    if (!options.known.empty())
        for (const Post& post : formats::readMnerPosts(options.known, findings))
            names.addPost(post, entitiesFromTags(post.sourceTags), ui::segmentStarts(post.words, post.join));
    std::vector<std::string> types;
    for (const Post& post : posts)
        for (const Entity& entity : entitiesFromTags(post.sourceTags))
            if (std::find(types.begin(), types.end(), entity.type) == types.end()) types.push_back(entity.type);

    Count reading, knowing;
    long suggestions = 0, rightOnes = 0;
    std::vector<Task> tasks;
    std::vector<std::vector<std::string>> ways;
    const std::size_t step = std::max<std::size_t>(1, posts.size() / std::min(posts.size(), options.posts));
    for (std::size_t i = 0; i < posts.size(); i += step) {
        Task task;
        task.view.post = posts[i];
        task.view.post.id = PostId{static_cast<std::int64_t>(i) + 1};
        task.view.state.post = task.view.post.id;
        task.view.state.wordCount = static_cast<int>(posts[i].words.size());
        task.gold = entitiesFromTags(posts[i].sourceTags);
        if (i < said.blocks.size() && said.blocks[i].predicted.size() == posts[i].words.size())
            task.view.state.suggestions = entitiesFromTags(said.blocks[i].predicted);
        for (const Entity& one : task.view.state.suggestions) ++suggestions, rightOnes += has(task.gold, one);
        task.layout = layoutOf(posts[i]);
        task.segments = ui::segmentStarts(posts[i].words, posts[i].join);
        task.names = &names;
        const auto way = Search(task, types, false).run();
        reading.add(task, way);
        knowing.add(task, Search(task, types, true).run());
        names.addPost(posts[i], task.gold, task.segments);
        if (way && tasks.size() < options.replay) {
            tasks.push_back(task);
            ways.push_back(*way);
        }
    }
    std::printf("%s, %zu names and words known at the end; %ld suggestions, %ld right\n", options.file.c_str(),
                names.size(), suggestions, rightOnes);
    reading.print("hand that reads");
    knowing.print("hand that knows the lines");
    if (!tasks.empty())
        std::printf("in the window by these keys: %d of %zu posts as wanted\n", replayed(tasks, ways, types),
                    tasks.size());
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2) return 2;
    QTemporaryDir config;
    qputenv("MNERVA_CONFIG_DIR", config.path().toUtf8());
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    mnerva::ui::settings::reload();
    mnerva::ui::Theme::install(mnerva::ui::Theme::Choice::Light);
    return measure(optionsOf(argc, argv));
} catch (const mnerva::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
