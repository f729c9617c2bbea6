#include <QTest>
#include <fstream>
#include <random>

#include "core/project/question.h"
#include "ui/pages/attention/attention_host.h"
#include "ui/support/run_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;
using nlohmann::json;

namespace {

constexpr int kPosts = 200;

Region box(std::mt19937& dice, int image, RegionOrigin origin) {
    Region region;
    region.image = image;
    region.left = static_cast<int>(dice() % 40);
    region.top = static_cast<int>(dice() % 40);
    region.width = 1 + static_cast<int>(dice() % 20);
    region.height = 1 + static_cast<int>(dice() % 20);
    region.label = dice() % 2 ? "person" : "dog";
    region.origin = origin;
    if (origin == RegionOrigin::Detector) {
        region.detector = "faces";
        region.score = static_cast<double>(dice() % 100) / 100;
    }
    return region;
}

/// Posts as they come: without a picture, with several, some of which are missing, the first one too; with crops, with
/// boxes of files and of a detector in any of them, with texts about them.
void makePosts(const QString& folder, const QString& images) {
    std::mt19937 dice(7);
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(Qt::gray);
    for (const char* name : {"a.jpg", "b.png", "c.jpg"}) picture.save(images + u'/' + QString::fromLatin1(name));
    const std::vector<std::string> names{"a.jpg", "b.png", "c.jpg", "gone.jpg", "../outside.jpg", "a.png"};
    auto project = project::Project::open(toPath(folder), project::OpenMode::ReadWrite, "test");
    auto appender = project->append("many.txt", toPath(images), toPath(images));
    std::vector<std::pair<PostId, std::vector<Region>>> found;
    for (int i = 0; i < kPosts; ++i) {
        Post post = makePost("p" + std::to_string(i), {"Kevin", "in", "Toronto"});
        for (std::size_t n = dice() % 4; n > 0; --n) post.images.push_back(names[dice() % names.size()]);
        for (std::size_t n = dice() % 3; n > 0; --n) post.crops.push_back(names[dice() % names.size()]);
        if (dice() % 3 == 0) post.auxiliary = {{"caption", {"a", "man"}}, {"ocr", {"STOP"}}};
        const PostId id = appender->add(post);
        const int pictures = static_cast<int>(post.images.size());
        PostRegions boxes;
        std::vector<Region> detected;
        for (std::size_t n = pictures ? dice() % 4 : 0; n > 0; --n)
            boxes.regions.push_back(box(dice, static_cast<int>(dice() % pictures), RegionOrigin::Xml));
        for (std::size_t n = pictures ? dice() % 4 : 0; n > 0; --n)
            detected.push_back(box(dice, static_cast<int>(dice() % pictures), RegionOrigin::Detector));
        if (!boxes.regions.empty()) appender->addRegions(id, boxes);
        if (!detected.empty()) found.emplace_back(id, detected);
    }
    appender->commit();
    project->storeDetections("faces", "{}", found);
}

}  // namespace

// What the window asks about a post, caught at the engine's end of the pipe, is what predict, explain and train ask,
// who make it of the project by questionOf().
class QuestionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAttentionPageAsksWhatTheCommandsAsk() {
        RunFixture f;
        makePosts(f.folder(), f.images());
        f.addGoldenRun(QStringLiteral("golden"));
        const QString log = f.path(QStringLiteral("asked.jsonl"));
        qputenv("MNERVA_FAKE_LOG", log.toUtf8());
        f.open();
        MNERVA_WAIT(int(f.session.summaries().size()) == kPosts + 3);
        AttentionHost host(f.session, f.jobs);
        MNERVA_WAIT(host.areRunsRead() && !host.run(AttentionHost::kFirst).isEmpty());
        host.setActive(true);
        std::vector<PostId> order;
        const auto& rows = f.session.summaries();
        for (std::size_t row = 0; row < rows.size(); ++row) order.push_back(rows.idAt(row));
        for (const PostId post : order) {
            f.session.setCurrentPost(post);
            MNERVA_WAIT(f.session.hasView() && f.session.currentPost() == post &&
                        host.state(AttentionHost::kFirst) == AttentionHost::State::Ready &&
                        host.result(AttentionHost::kFirst));
        }
        qunsetenv("MNERVA_FAKE_LOG");

        std::vector<json> asked;
        std::ifstream lines(log.toStdString());
        for (std::string line; std::getline(lines, line);) asked.push_back(json::parse(line));
        QCOMPARE(asked.size(), order.size());
        auto project = project::Project::open(toPath(f.folder()), project::OpenMode::ReadOnly, "test");
        const std::vector<Post> posts = project->posts(std::nullopt);
        int withoutFirst = 0, several = 0, boxes = 0;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            QVERIFY(posts[i].id == order[i]);
            const json wanted =
                protocol::toJson(protocol::PredictRequest{project::questionOf(*project, posts[i]), true, true});
            json found = asked[i];
            for (const char* of : {"id", "type"}) found.erase(of);  // the frame
            QVERIFY2(found == wanted, (found.dump() + "\n" + wanted.dump()).c_str());
            withoutFirst += !posts[i].images.empty() && wanted["imagePath"] == "" ? 1 : 0;
            several += wanted.contains("morePictures") ? 1 : 0;
            boxes += wanted["regions"].empty() ? 0 : 1;
        }
        QVERIFY2(withoutFirst > 20 && several > 50 && boxes > 50,
                 qPrintable(QStringLiteral("%1 %2 %3").arg(withoutFirst).arg(several).arg(boxes)));
    }
};

QTEST_MAIN(QuestionTest)
#include "question_test.moc"
