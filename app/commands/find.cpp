#include <algorithm>
#include <memory>
#include <unordered_map>

#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/domain/post.h"
#include "core/project/find.h"
#include "core/project/post_order.h"

namespace mnerva::app {
namespace {

struct FindCommand {
    std::string project, text, order = "project", ofRun;
    std::size_t limit = 0;
    bool countOnly = false, isDescending = false;

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli find", context.stop);
        const project::InfluenceSource influences = project::storedInfluences(*opened);
        auto understood = project::understand(*opened, text, influences);
        if (const auto* mistake = std::get_if<query::Mistake>(&understood))
            throw project::queryError("QUERY", text, *mistake);
        project::Finder finder(*opened, std::move(std::get<query::Query>(understood)), influences);
        const ProgressSink progress = countOnly || context.json ? context.progress() : ProgressSink();
        std::vector<PostId> found;
        std::size_t count = 0;
        nlohmann::json posts = nlohmann::json::array();
        const project::PostOrder wanted = countOnly ? project::PostOrder() : orderWanted();
        if (!wanted.isProject()) {
            found = foundInOrder(finder, *opened, wanted, context, progress);
            count = found.size();
            tell(context, *opened, found, posts);
        }
        for (bool more = wanted.isProject(); more && !isEnough(count);) {
            found.clear();
            more = finder.next(found);
            if (context.stop.stop_requested()) throw Cancelled{};
            constexpr int kSteps = 1000;
            report(progress, "looking", static_cast<std::int64_t>(finder.fraction() * kSteps), kSteps);
            if (limit > 0 && count + found.size() > limit) found.resize(limit - count);
            count += found.size();
            if (!countOnly) tell(context, *opened, found, posts);
        }
        nlohmann::json body{{"query", text}, {"count", count}};
        if (!countOnly) body["posts"] = std::move(posts);
        if (context.json || countOnly) context.print(body, std::to_string(count) + "\n");
        return 0;
    }
    project::PostOrder orderWanted() const {
        const project::PostOrder wanted{project::orderKeyFromName(order).value_or(project::OrderKey::Project),
                                        isDescending, ofRun};
        if (project::isOfOneRun(wanted.key) && ofRun.empty())
            throw Error(ErrorCode::OptionInvalid, {"--run", ofRun, "the name of a run, which this order is of"});
        return wanted;
    }
    /// What was found, in another order than the project's; all of it is looked for before the first can be told.
    std::vector<PostId> foundInOrder(project::Finder& finder, const project::Project& opened,
                                     const project::PostOrder& wanted, const Context& context,
                                     const ProgressSink& progress) const {
        std::vector<PostId> found;
        while (finder.next(found)) {
            if (context.stop.stop_requested()) throw Cancelled{};
            constexpr int kSteps = 1000;
            report(progress, "looking", static_cast<std::int64_t>(finder.fraction() * kSteps), kSteps);
        }
        std::unordered_map<PostId, std::size_t> placeOf;
        for (const PostId post : project::sorted(opened, wanted)) placeOf.emplace(post, placeOf.size());
        std::sort(found.begin(), found.end(), [&](PostId a, PostId b) { return placeOf.at(a) < placeOf.at(b); });
        if (limit > 0 && found.size() > limit) found.resize(limit);
        return found;
    }
    bool isEnough(std::size_t count) const { return limit > 0 && count >= limit; }

    /// Prints posts as they are found, or keeps them for the one object of --json.
    static void tell(const Context& context, const project::Project& opened, const std::vector<PostId>& found,
                     nlohmann::json& posts) {
        std::string lines;
        for (const PostId id : found) {
            const Post post = opened.view(id).post;
            const std::string words = textOf(post);
            if (context.json)
                posts.push_back(
                    {{"post", id.value}, {"id", post.externalId}, {"split", splitName(post.split)}, {"text", words}});
            else
                lines += post.externalId + "\t" + words + "\n";
        }
        if (!lines.empty()) context.print({}, lines);
    }
};

}  // namespace

void addFind(CLI::App& app, Context& context) {
    auto command = std::make_shared<FindCommand>();
    CLI::App* sub = app.add_subcommand(
        "find",
        "Lists the posts that match a query, as the query line of the window does: words and \"phrases\", "
        "label:PER, gold:ORG, pred(RUN):PER, conf<0.6, img:missing, status:done, status:skipped, flag:yes, "
        "review:returned, has:comment, comment:words, split:test, edited:yes, disagree(A,B), error(RUN):boundary, "
        "right(RUN), wrong(RUN), len>30, id:, and, or, not, ( )");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("query", command->text, "What the posts are to be like; empty: all")
        ->type_name("QUERY")
        ->required();
    sub->add_option("--limit", command->limit, "Stop after so many posts; 0: list all")->capture_default_str();
    std::vector<std::string> orders;
    for (int i = 0; i < project::kOrderKeys; ++i)
        orders.emplace_back(project::orderKeyName(static_cast<project::OrderKey>(i)));
    sub->add_option("--order", command->order,
                    "What the posts are put in order by; those without such a number come last. Of a run: "
                    "least-confidence, mean-uncertainty, picture-doubt")
        ->check(CLI::IsMember(orders))
        ->capture_default_str();
    sub->add_option("--run", command->ofRun, "The run that the order is of")->type_name("RUN");
    sub->add_flag("--descending", command->isDescending, "The largest number first");
    sub->add_flag("--count", command->countOnly, "Only say how many there are");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
