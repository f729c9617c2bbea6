#include <ctime>
#include <memory>

#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/project/find.h"

namespace mnerva::app {
namespace {

using nlohmann::json;

/// "2026-03-01T12:30:05Z"; a time that no calendar has is its number.
std::string timeText(std::int64_t ms) {
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    char text[40];
    if (!::gmtime_r(&seconds, &parts) || std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        return std::to_string(ms);
    return text;
}

/// Every comment on posts of a query, and what a review says of them.
struct CommentsCommand {
    std::string project, text = "has:comment or not review:none";

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli comments", context.stop);
        const project::InfluenceSource influences = project::storedInfluences(*opened);
        auto understood = project::understand(*opened, text, influences);
        if (const auto* mistake = std::get_if<query::Mistake>(&understood))
            throw project::queryError("QUERY", text, *mistake);
        project::Finder finder(*opened, std::move(std::get<query::Query>(understood)), influences);
        json posts = json::array();
        std::vector<PostId> found;
        for (bool more = true; more;) {
            found.clear();
            more = finder.next(found);
            if (context.stop.stop_requested()) throw Cancelled{};
            for (const PostId post : found) tell(context, *opened, post, posts);
        }
        if (context.json) context.print({{"posts", std::move(posts)}}, {});
        return 0;
    }

private:
    static void tell(const Context& context, const project::Project& opened, PostId id, json& posts) {
        const Post post = opened.view(id).post;
        json comments = json::array();
        std::string lines;
        const auto add = [&](const std::string& when, const std::string& author, const std::string& layer,
                             const std::string& words) {
            lines += printable(post.externalId) + "\t" + std::string(reviewName(post.review)) + "\t" + when + "\t" +
                     printable(author) + "\t" + printable(layer) + "\t" + printable(words) + "\n";
        };
        for (const project::OtherComment& one : opened.comments(id)) {
            const std::string layer = one.layer.empty() ? "corrected" : one.layer;
            const std::string when = timeText(one.comment.writtenAtMs);
            comments.push_back(
                {{"author", one.comment.author}, {"time", when}, {"layer", layer}, {"text", one.comment.text}});
            add(when, one.comment.author, layer, one.comment.text);
        }
        if (lines.empty()) add({}, {}, {}, {});
        if (context.json)
            posts.push_back({{"post", id.value},
                             {"id", post.externalId},
                             {"status", statusName(post.status)},
                             {"review", reviewName(post.review)},
                             {"comments", std::move(comments)}});
        else
            context.print({}, lines);
    }
};

}  // namespace

void addComments(CLI::App& app, Context& context) {
    auto command = std::make_shared<CommentsCommand>();
    CLI::App* sub = app.add_subcommand(
        "comments",
        "Lists what people wrote about posts, and what a review says of them: a line a comment, with the post's id, "
        "review, time, author, layer and text");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("query", command->text, "Which posts, as `find` takes it")
        ->type_name("QUERY")
        ->capture_default_str();
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
