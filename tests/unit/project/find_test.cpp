#include "core/project/find.h"

#include <catch2/catch.hpp>

#include "core/project/find_internal.h"
#include "core/protocol/influence.h"
#include "core/query/search_text.h"
#include "core/store/connection.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::test;
using query::Influence;

/// Twelve posts from four imports, two runs, edits, flags and pictures: what the table of queries is about.
struct FindFixture : ProjectFixture {
    std::unique_ptr<Project> project = create();

    void fillPosts() {
        writeFileAtomic(folder / "a.jpg", "x");
        const auto append = [&](const std::vector<Post>& posts) {
            const auto appender = project->append("f", folder.path(), {});
            for (const Post& post : posts) appender->add(post);
            appender->commit();
        };
        append({post("t1", Split::Train, {"Kevin", "Durant", "flies", "to", "Toronto"},
                     {"B-PER", "I-PER", "O", "O", "B-LOC"}, "a.jpg"),
                post("t2", Split::Train, {"New", "York", "Times", "reads", "the", "Bible"},
                     {"B-ORG", "I-ORG", "I-ORG", "O", "O", "B-OTHER"}, "gone.jpg"),
                post("t3", Split::Train, {"nothing", "and", "no", "one"}, {"O", "O", "O", "O"})});
        append({post("v1", Split::Valid, {"new", "york"}, {"O", "O"}, "a.jpg"),
                post("v2", Split::Valid, {"He", "said", "\"hi", "(ok)\"", "🔥🔥"}, {"O", "O", "O", "O", "O"}),
                post("v3", Split::Valid, {"ÉCOLE", "ＷＩＤＥ", "http://t.co/X"}, {"B-ORG", "O", "O"})});
        append({chinese("c1", {"苹", "果", "很", "好", "吃"}, {"O", "O", "O", "O", "O"}),
                chinese("c2", {"多", "伦", "多", "很", "冷"}, {"B-LOC", "I-LOC", "I-LOC", "O", "O"}),
                post("c3", Split::Test, {"苹果", "手机", "iPhone", "发布"}, {"B-ORG", "O", "B-MISC", "O"})});
        append({post("e1", Split::Test, {"Ann", "met", "Bob"}, {"B-PER", "O", "B-PER"}),
                post("e2", Split::Test, {"Ann", "left", "Rome"}, {"B-PER", "O", "B-LOC"}),
                post("e3", Split::Test, {"w"}, {"O"})});
    }
    FindFixture() {
        fillPosts();
        // UMT speaks of the posts of test only; e3 is no part of MPCFN.
        project->storePredictions("UMT", {{PostId{7}, {{"LOC", 0, 1, 0.55}}},
                                          {PostId{8}, {{"LOC", 0, 2, 0.99}}},
                                          {PostId{9}, {{"ORG", 0, 0, 0.9}}},
                                          {PostId{10}, {{"PER", 0, 0, 0.8}, {"LOC", 2, 2, 0.4}}},
                                          {PostId{11}, {{"PER", 0, 0, 0.97}, {"LOC", 1, 2, 0.7}}},
                                          {PostId{12}, {}}});
        project->storePredictions("my run", {{PostId{7}, {}},
                                             {PostId{8}, {{"LOC", 0, 2, 0.95}}},
                                             {PostId{9}, {{"ORG", 0, 0, 0.9}, {"Product", 2, 2, 0.3}}},
                                             {PostId{10}, {{"PER", 0, 0, 0.9}, {"PER", 2, 2, 0.9}}},
                                             {PostId{11}, {{"PER", 0, 0, 0.9}, {"ORG", 2, 2, 0.9}}}});
        label(*project, 3, 0, 1, "LOC");  // v1: new york
        const auto state = [&](std::size_t at) { return stateAt(*project, at); };
        project->apply(changeOf(setStatus(state(4), PostStatus::Done)));
        project->apply(changeOf(setStatus(state(5), PostStatus::Flagged)));
        project->apply(changeOf(setStatus(state(6), PostStatus::DoneFlagged)));
        project->apply(changeOf(removeEntity(state(10), {"LOC", 2, 2, {}})));  // e2: Rome
        project->apply(changeOf(setStage(state(8), PostStage::Skipped)));
        project->apply(changeOf(setStatus(state(9), PostStatus::SkippedFlagged)));
        project->apply(changeOf(setReview(state(0), Review::ToReview)));
        project->apply(changeOf(setReview(state(4), Review::Accepted)));
        project->apply(changeOf(returnPost(state(10), {71, "anna", 1, "Is ROME a place 多伦多?"})));
        project->apply(changeOf(addComment(state(10), {72, "anna", 2, "second"})));
        project->addAnnotator("bert", false);
        Change ofBert = changeOf(addComment(project->view(PostId{2}, {}, "bert").state, {73, "bert", 3, "unsure"}));
        ofBert.layer = "bert";
        project->apply(ofBert);
    }

    static Post post(const std::string& id, Split split, std::vector<std::string> words, std::vector<std::string> tags,
                     const std::string& image = {}) {
        Post made;
        made.externalId = id;
        made.split = split;
        made.words = std::move(words);
        made.sourceTags = std::move(tags);
        if (!image.empty()) made.images = {image};
        return made;
    }
    static Post chinese(const std::string& id, std::vector<std::string> words, std::vector<std::string> tags) {
        Post made = post(id, Split::Test, std::move(words), std::move(tags));
        made.join = JoinRule::Nothing;
        return made;
    }

    std::string ids(const std::vector<PostId>& posts) const {
        std::string text;
        for (const PostId id : posts) text += (text.empty() ? "" : " ") + project->view(id).post.externalId;
        return text;
    }
    std::string found(const std::string& query) const { return ids(find(*project, query)); }

    /// The same by query::PostFacts, from posts and layers in memory.
    std::string foundInMemory(const std::string& text) const {
        const auto understood = understand(*project, text);
        REQUIRE(std::holds_alternative<query::Query>(understood));
        const auto& asked = std::get<query::Query>(understood);
        const auto posts = project->posts(std::nullopt);
        const auto gold = project->entities("gold", std::nullopt);
        const auto corrected = project->entities("corrected", std::nullopt);
        std::vector<std::vector<std::vector<Entity>>> layers;
        for (const auto& layer : asked.layers) layers.push_back(project->entities(layer.name, std::nullopt));
        std::vector<PostId> all;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            const PostView view = project->view(posts[i].id);
            std::vector<const std::vector<Entity>*> said;
            for (std::size_t l = 0; l < layers.size(); ++l) {
                const std::string& name = asked.layers[l].name;
                const bool speaks =
                    name == "gold" || name == "corrected" || (i >= 6 && (name == "UMT" || posts[i].externalId != "e3"));
                said.push_back(speaks ? &layers[l][i] : nullptr);
            }
            query::ImageState image = query::ImageState::No;
            if (!view.images.empty())
                image = view.images.front().exists ? query::ImageState::Yes : query::ImageState::Missing;
            query::PostFacts facts(posts[i], gold[i], view.state.corrected ? &corrected[i] : nullptr, said, image);
            std::vector<std::string> comments;
            for (const auto& one : project->comments(posts[i].id)) comments.push_back(one.comment.text);
            facts.setComments(comments);
            if (query::matches(asked, facts)) all.push_back(posts[i].id);
        }
        return ids(all);
    }
};

struct Case {
    const char *query, *ids;
};

const Case kCases[] = {
    {"", "t1 t2 t3 v1 v2 v3 c1 c2 c3 e1 e2 e3"},
    // words
    {"kevin", "t1"},
    {"DURANT", "t1"},
    {"uran", "t1"},
    {"\"kevin durant\"", "t1"},
    {"\"in dur\"", "t1"},
    {"\"durant kevin\"", ""},
    {"durant kevin", "t1"},
    {"new york", "t2 v1"},
    {"new york not times", "v1"},
    {"\"new york\" and times", "t2"},
    {"ann or kevin", "t1 e1 e2"},
    {"ann (bob or rome)", "e1 e2"},
    {"\"and\"", "t3"},
    {"text:c1", ""},
    {"c1", "c1"},
    {"id:c", "c1 c2 c3"},
    {"id:E1 or id:e3", "e1 e3"},
    {"id=E1 or id=\"e3\" or id=e", "e1 e3"},
    {"absent", ""},
    // Chinese, width, marks, signs
    {"苹果", "c1 c3"},
    {"果", "c1 c3"},
    {"text:果手", "c3"},
    {"text:\"苹果 手机\"", "c3"},
    {"苹果 not 手机", "c1"},
    {"伦多", "c2"},
    {"京", ""},
    {"很", "c1 c2"},
    {"「很冷」", "c2"},
    {"手机iphone", ""},
    {"\"手机 iphone\"", "c3"},
    {"🔥", "v2"},
    {"\"🔥🔥\"", "v2"},
    {"école", "v3"},
    {"wide", "v3"},
    {"ｗｉｄｅ", "v3"},
    {"http://t.co/x", "v3"},
    {"\"\\\"hi\"", "v2"},
    {"\"(ok)\"", "v2"},
    // labels and layers
    {"label:PER", "t1 e1 e2"},
    {"label:loc", "t1 v1 c2"},
    {"gold:LOC", "t1 c2 e2"},
    {"gold:LOC not label:LOC", "e2"},
    {"label:LOC not gold:LOC", "v1"},
    {"gold:ORG not label:ORG", ""},
    {"gold:PER not gold:PER", ""},
    {"not label:PER gold:LOC label:*", "c2"},
    {"label:MISC", "t2 c3"},
    {"label:OTHER", "t2 c3"},
    {"label:PER|ORG", "t1 t2 v3 c3 e1 e2"},
    {"label:*", "t1 t2 v1 v3 c2 c3 e1 e2"},
    {"not label:*", "t3 v2 c1 e3"},
    {"pred(UMT):LOC", "c1 c2 e1 e2"},
    {"pred(my run):product", "c3"},
    {"pred(UMT):PER pred(my run):ORG", "e2"},
    {"pred(gold):ORG", "t2 v3 c3"},
    {"conf<0.6", "c1 c3 e1"},
    {"conf(UMT)<60%", "c1 e1"},
    {"conf(\"my run\")>0.92", "c2"},
    {"not conf>0", "t1 t2 t3 v1 v2 v3 e3"},
    {"disagree(UMT,my run)", "c1 c3 e1 e2"},
    {"disagree(UMT,gold)", "c1 c3 e1 e2"},
    {"disagree(UMT,my run,gold)", "c1 c3 e1 e2"},
    {"disagree(gold,corrected)", "v1 e2"},
    {"wrong(UMT)", "c1 c3 e1 e2"},
    {"right(UMT)", "c2 e3"},
    {"right(my run)", "c1 c2 e1"},
    {"wrong(my run,gold)", "c3 e2"},
    {"error(UMT):spurious", "c1 e2"},
    {"error(UMT,gold):boundary", "e2"},
    {"error(UMT):type", "e1"},
    {"error(UMT):missed", "c3"},
    {"error(my run,gold):type|missed", "c3 e2"},
    {"error(UMT):boundary-and-type", ""},
    // facts
    {"split:test", "c1 c2 c3 e1 e2 e3"},
    {"split:train|valid len<5", "t3 v1 v3"},
    {"not split:test img:no", "t3 v2 v3"},
    {"img:yes", "t1 v1"},
    {"img:missing", "t2"},
    {"status:done", "v2 c1"},
    {"status:open split:valid", "v1 v3"},
    {"status:skipped", "c3 e1"},
    {"status:done|skipped", "v2 c1 c3 e1"},
    {"status:open", "t1 t2 t3 v1 v3 c2 e2 e3"},
    {"not status:open", "v2 c1 c3 e1"},
    {"not status:skipped split:test", "c1 c2 e2 e3"},
    {"flag:yes", "v3 c1 e1"},
    {"review:to-review", "t1"},
    {"review:accepted|returned", "v2 e2"},
    {"review:none split:test", "c1 c2 c3 e1 e3"},
    {"not review:none", "t1 v2 e2"},
    {"复核:退回", "e2"},
    {"has:comment", "t2 e2"},
    {"not has:comment split:train", "t1 t3"},
    {"comment:rome", "e2"},
    {"comment:多伦", "e2"},
    {"comment:\"a place\"", "e2"},
    {"comment:UNSURE or comment:second", "t2 e2"},
    {"comment:absent", ""},
    {"not comment:rome split:test", "c1 c2 c3 e1 e3"},
    {"kevin comment:rome", ""},
    {"flag:no split:valid", "v1 v2"},
    {"edited:yes", "v1 e2"},
    {"edited:no split:valid", "v2 v3"},
    {"len=1", "e3"},
    {"len>=6", "t2"},
    {"len>5 or len<2", "t2 e3"},
    {"conflict:yes", ""},
    {"conflict:no split:valid", "v1 v2 v3"},
    {"not (not (split:test and (label:PER or label:LOC)))", "c2 e1 e2"},
};

}  // namespace

TEST_CASE("Find.EveryQueryGivesItsPosts") {
    const FindFixture f;
    CHECK(std::size(kCases) >= 60);
    for (const Case& one : kCases) {
        CAPTURE(one.query);
        CHECK(f.found(one.query) == one.ids);
        CHECK(f.foundInMemory(one.query) == one.ids);
    }
}

TEST_CASE("Find.ProjectsWithoutChunksGiveTheSameAndGetThem") {
    FindFixture f;
    f.project.reset();
    {
        store::Connection raw(f.projectFolder / "project.mnerva", store::Access::ReadWrite);
        raw.execute("DELETE FROM post_chunks; DELETE FROM layer_chunks");
    }
    f.project = f.open();
    const auto checkAll = [&] {
        for (const Case& one : kCases) {
            CAPTURE(one.query);
            CHECK(f.found(one.query) == one.ids);
        }
    };
    checkAll();
    int steps = 0;
    while (f.project->prepareQueries()) REQUIRE(++steps < 10);
    CHECK(steps == 3);  // all posts, two runs
    checkAll();
    CHECK_FALSE(f.open(OpenMode::ReadOnly)->prepareQueries());
}

TEST_CASE("Find.TakesWhatIsWrittenMeanwhile") {
    FindFixture f;
    CHECK(f.found("很好").compare("c1") == 0);
    f.import(*f.project, "IMGID:9\n很\tO\n好\tB-LOC\n\n", "more.txt");
    CHECK(f.found("很好") == "c1 9");
    f.project->storePredictions("UMT", {{PostId{13}, {{"PER", 0, 0, 0.1}}}});
    CHECK(f.found("pred(UMT):PER") == "9");
    CHECK(f.found("conf(UMT)<0.6") == "9");
    struct Step {
        const char *query, *before, *after;
    };
    const Step steps[] = {{"comment:second", "e2", ""},      {"review:returned", "e2", ""},
                          {"review:accepted", "v2", ""},     {"review:to-review", "t1", ""},
                          {"status:skipped", "c3 e1", "c3"}, {"status:skipped", "c3", ""},
                          {"edited:yes", "v1 e2", "v1"}};
    for (const Step& step : steps) {
        CAPTURE(step.query);
        CHECK(f.found(step.query) == step.before);
        f.project->undo();
        CHECK(f.found(step.query) == step.after);
    }
    CHECK(f.found("has:comment") == "t2");
}

TEST_CASE("Find.AnErrorOfAKindThatNobodyMakesLooksAtNoPost") {
    FindFixture f;
    // Entities of the posts behind the chunks are out of reach of who knows only chunks: what is found comes from them.
    const auto chanceOf = [&](const std::string& text) {
        const auto understood = understand(*f.project, text);
        const auto& asked = std::get<query::Query>(understood);
        finding::ChunkFacts range(f.project->impl(), asked);
        std::string chances;
        for (PostId at{1}; at.value <= 12; ++at.value) {
            at = range.moveTo(at, PostId{12});
            const auto chance = query::chanceOf(asked, range);
            chances += chance == query::Chance::Never ? '-' : chance == query::Chance::Always ? '+' : '?';
        }
        return chances;
    };
    CHECK(chanceOf("error(UMT,gold):boundary-and-type") == "----");
    CHECK(chanceOf("error(UMT,gold):boundary") == "---?");
    CHECK(chanceOf("error(UMT):boundary-and-type") == "---?");  // e2 was corrected
    CHECK(chanceOf("error(UMT,gold):spurious") == "--?-");
    CHECK(chanceOf("wrong(my run,gold)") == "--??");
    CHECK(chanceOf("error(my run,gold):boundary|spurious") == "----");
    CHECK(chanceOf("error(UMT,my run):boundary-and-type") == "--??");
    f.project->storePredictions("UMT", {{PostId{10}, {{"LOC", 0, 1, 0.8}}}});
    CHECK(chanceOf("error(UMT,gold):boundary-and-type") == "---?");
    CHECK(chanceOf("error(UMT,gold):type") == "----");
}

TEST_CASE("Find.MistakesOfEntitiesThatOverlapAreThoseOfWhatIsReadOfThem") {
    FindFixture f;
    // e1 is Ann and Bob: of two at one place the first is read, and Bob is missed.
    f.project->storePredictions("UMT", {{PostId{10}, {{"PER", 0, 0, 0.9}, {"PER", 0, 2, 0.8}}}});
    CHECK(f.found("error(UMT,gold):missed") == "e1");
    CHECK(f.found("error(UMT,gold):boundary") == "");
}

TEST_CASE("Find.AnEntityThatIsRightButForItsRegion") {
    FindFixture f;
    storeEntityBoxes(*f.project, "UMT", {{PostId{8}, {{0, 2, 50, 0, 10, 10}}}, {PostId{10}, {{0, 0, 0, 0, 20, 20}}}});
    storeEntityBoxes(*f.project, "my run", {{PostId{8}, {{0, 2, 0, 0, 10, 10}}}, {PostId{10}, {{0, 0, 0, 0, 20, 19}}}});
    // Of e2 both say PER, and nobody says where it is: that is the same.
    CHECK(f.found("error(UMT,my run):region") == "c2");
    CHECK(f.found("error(UMT,my run):region|type") == "c2 e1");
    const auto understood = understand(*f.project, "x error(UMT):region");
    const auto* mistake = std::get_if<query::Mistake>(&understood);
    REQUIRE(mistake);
    CHECK(query::sentenceOf(*mistake) == "The layer “corrected” does not say where in the picture its entities are.");
    CHECK(mistake->place.first == 2);
}

TEST_CASE("Find.PostsThatMayHoldEitherWordAreToldByTheirChunk") {
    const ProjectFixture f;
    std::string text;
    for (int i = 1; i <= 300; ++i) {
        const std::string word = i == 40 || i == 200 ? "Kevin" : i == 250 ? "Durant" : "w" + std::to_string(i);
        text += "IMGID:" + std::to_string(i) + "\n" + word + "\tO\nsaid\tO\n\n";
    }
    const auto project = f.filled(text);
    const auto candidates = [&](const std::string& query) {
        const auto understood = understand(*project, query);
        const auto& asked = std::get<query::Query>(understood);
        finding::ChunkFacts range(project->impl(), asked);
        range.moveTo(PostId{1}, PostId{300});
        return range.candidates(asked);
    };
    const auto either = candidates("text:kevin or text:durant");
    REQUIRE(either);
    CHECK(either->size() < 20);  // some others share their bits
    for (const PostId post : {PostId{40}, PostId{200}, PostId{250}})
        CHECK(std::count(either->begin(), either->end(), post) == 1);
    CHECK_FALSE(candidates("text:durant or len>1"));
    CHECK_FALSE(candidates("text:durant or text:\"w1 said\""));
    CHECK(find(*project, "text:kevin or text:durant") == std::vector<PostId>{{40}, {200}, {250}});
    CHECK(find(*project, "text:durant or id=7") == std::vector<PostId>{{7}, {250}});
}

TEST_CASE("Find.AConflictIsATextThatCarriesAnotherLabelElsewhere") {
    FindFixture f;
    CHECK(f.found("conflict:yes") == "");
    f.import(*f.project, "IMGID:x\n#newyork\tB-ORG\n\nIMGID:y\nAnn\tB-PER\n\nIMGID:z\n臺\tO\n\n", "more.txt");
    CHECK(f.found("conflict:yes") == "v1 x");  // v1 was corrected: new york LOC
    CHECK(f.found("conflict:yes split:valid") == "v1");
    CHECK(f.found("冲突:是 or id:y") == "v1 x y");
    CHECK(f.found("conflict:no id:x") == "");
    CHECK(f.found("not conflict:yes split:valid") == "v2 v3");
    label(*f.project, 3, 0, 1, "ORG");
    CHECK(f.found("conflict:yes") == "");
    label(*f.project, 9, 0, 0, "MISC");  // e1: Ann, PER in e2 and y
    CHECK(f.found("conflict:yes") == "e1 e2 y");
}

TEST_CASE("Find.AMistakeIsAnErrorWithItsSentenceAndPlace") {
    const FindFixture f;
    const auto mistakeOf = [&](const std::string& text) {
        const auto understood = understand(*f.project, text);
        const auto* mistake = std::get_if<query::Mistake>(&understood);
        return mistake ? std::to_string(mistake->place.first) + " " + query::sentenceOf(*mistake) : "none";
    };
    CHECK(mistakeOf("a wrong(MPCFN)") == "8 There is no layer “MPCFN”. Layers are gold, corrected, UMT, my run, bert.");
    CHECK(mistakeOf("label:GPE").starts_with("0 There is no label “gpe”. Labels are "));
    CHECK(mistakeOf("pred(my run):Product") == "none");
    CHECK(mistakeOf("conf(gold)<1") == "5 “gold” is no run. Runs with predictions are: UMT, my run, bert.");
    CHECK(mistakeOf("x picture(UMT):helped") ==
          "2 The run “UMT” has no file influence.json, which says what pictures did to its answers.");
    CHECK(errorOf([&] { find(*f.project, "label:"); }) == "option-invalid");
}

TEST_CASE("Find.InfluencesOfARunAreAskedFor") {
    const FindFixture f;
    const InfluenceSource influences = [](const std::string& run) {
        std::optional<std::unordered_map<PostId, Influence>> all;
        if (run == "UMT") all = {{PostId{8}, Influence::Helped}, {PostId{9}, Influence::Same}};
        return all;
    };
    const auto found = [&](const std::string& text) {
        auto understood = understand(*f.project, text, influences);
        REQUIRE(std::holds_alternative<query::Query>(understood));
        Finder finder(*f.project, std::move(std::get<query::Query>(understood)), influences);
        std::vector<PostId> posts;
        while (finder.next(posts)) CHECK(finder.fraction() <= 1);
        CHECK(finder.fraction() == 1);
        return f.ids(posts);
    };
    CHECK(found("picture(UMT):helped") == "c2");
    CHECK(found("picture(umt):same|helped") == "c2 c3");
    CHECK(found("picture(UMT):hurt").empty());
    CHECK(std::holds_alternative<query::Mistake>(understand(*f.project, "picture(my run):hurt", influences)));
}

TEST_CASE("Find.InfluencesAreReadFromTheFolderOfTheRunAndFromNowhereElse") {
    const FindFixture f;
    protocol::Influence told;
    for (const auto& [number, effect] : {std::pair{8, "helped"}, {9, "same-wrong"}, {7, "hurt"}}) {
        protocol::PostInfluence post;
        post.number = number;
        post.effect = effect;
        told.list.push_back(post);
    }
    const auto folder = f.project->folder() / "runs" / "UMT";
    std::filesystem::create_directories(folder);
    writeFileAtomic(folder / protocol::kInfluenceFile, protocol::toJson(told).dump());
    CHECK(f.ids(find(*f.project, "picture(UMT):helped")) == "c2");
    CHECK(f.ids(find(*f.project, "picture(umt):same|helped")) == "c2 c3");
    CHECK(f.ids(find(*f.project, "picture(UMT):hurt")) == "c1");

    // The project of a stranger does not lead elsewhere.
    std::filesystem::rename(folder / protocol::kInfluenceFile, f.folder / "elsewhere.json");
    std::filesystem::create_symlink(f.folder / "elsewhere.json", folder / protocol::kInfluenceFile);
    CHECK(errorOf([&] { find(*f.project, "picture(UMT):helped"); }) == "option-invalid");
}

TEST_CASE("Find.FewPostsAreLookedAtWhereTheirSignaturesTellThemApart") {
    const ProjectFixture f;
    const auto project = f.create();
    const auto appender = project->append("f", f.folder.path(), {});
    std::vector<std::vector<std::string>> texts;
    for (int i = 0; i < 600; ++i) {
        texts.push_back(
            {"w" + std::to_string(i), "x" + std::to_string(i % 7), "common", "苹", "果" + std::to_string(i)});
        appender->add(FindFixture::post("n" + std::to_string(i), Split::Train, texts.back(),
                                        std::vector<std::string>(texts.back().size(), "O")));
    }
    appender->commit();
    const auto holding = [&](const std::vector<std::string>& needles) {
        std::vector<PostId> all;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto isThere = [&](const std::string& needle) {
                return std::any_of(texts[i].begin(), texts[i].end(),
                                   [&](const std::string& word) { return word.find(needle) != std::string::npos; });
            };
            if (std::all_of(needles.begin(), needles.end(), isThere)) all.push_back(PostId{static_cast<int>(i) + 1});
        }
        return all;
    };
    CHECK(find(*project, "text:w17") == holding({"w17"}));
    CHECK(find(*project, "text:w599") == holding({"w599"}));
    CHECK(find(*project, "w321 common") == holding({"w321", "common"}));
    CHECK(find(*project, "text:w321 text:x6") == holding({"w321", "x6"}));
    CHECK(find(*project, "text:w320 not text:x6") == std::vector{PostId{321}});
    CHECK(find(*project, "n320") == std::vector{PostId{321}});  // by its id
    CHECK(find(*project, "text:w320 or text:w321").size() == 2);
    CHECK(find(*project, "text:果41") == holding({"果41"}));
    CHECK(find(*project, "text:w1 text:w2").empty());
}

TEST_CASE("Find.AnEmptyProjectHasNoPosts") {
    const ProjectFixture f;
    const auto project = f.create();
    CHECK(find(*project, "").empty());
    CHECK(find(*project, "a not b").empty());
    CHECK_FALSE(project->prepareQueries());
}

TEST_CASE("Find.ChunksOfAStrangerHideNothingButWhatTheyDeny") {
    FindFixture f;
    f.project.reset();
    {
        store::Connection raw(f.projectFolder / "project.mnerva", store::Access::ReadWrite);
        // Overlapping, without end, with texts that are none: looked at or left out, never trusted with memory.
        raw.execute(
            "UPDATE post_chunks SET last_post = 9223372036854775807, pairs = x'010203', words = x'FF', posts = -1 "
            "WHERE first_post = 4; INSERT INTO post_chunks VALUES (-5, -1, 0, 0, 0, 0, '', 0, NULL, NULL, NULL, NULL)");
    }
    f.project = f.open();
    CHECK(f.found("\"new york\"") == "t2 v1");
    CHECK(f.found("label:PER") == "t1 e1 e2");
}
