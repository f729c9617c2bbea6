#include "ui/session/post_rows.h"

#include <QTest>
#include <random>
#include <stdexcept>

using namespace mnerva;
using namespace mnerva::ui;
using project::PostSummary;

namespace {

PostSummary row(std::int64_t id, const std::string& name, const std::string& preview, const std::string& image) {
    PostSummary summary;
    summary.id = PostId{id};
    summary.externalId = name;
    summary.preview = preview;
    summary.imagePath = image;
    return summary;
}

bool same(const PostSummary& a, const PostSummary& b) {
    return a.id == b.id && a.externalId == b.externalId && a.split == b.split && a.status == b.status &&
           a.preview == b.preview && a.imagePath == b.imagePath && a.entityCount == b.entityCount &&
           a.corrected == b.corrected && a.review == b.review && a.comments == b.comments;
}

}  // namespace

class PostRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Over the borders of blocks, with texts of all lengths, empty ones, and many folders.
    void whatGoesInComesOut() {
        std::mt19937 random(7);
        std::vector<PostSummary> plain;
        PostRows rows;
        for (int i = 0; i < 10000; ++i) {
            const auto text = [&](unsigned longest) { return std::string(random() % (longest + 1), 'a' + i % 26); };
            PostSummary one = row(3 * i + 1, text(20), text(300), "");
            if (i % 3 != 0) one.imagePath = "/pictures/" + std::to_string(i / 100) + "/" + text(30) + ".jpg";
            if (i % 7 == 0) one.imagePath = "no-folder.jpg";
            one.split = static_cast<Split>(i % 4);
            one.status = static_cast<PostStatus>(i % 4);
            one.entityCount = static_cast<int>(random() % 500);
            one.corrected = i % 5 == 0;
            one.review = static_cast<Review>(i % 4);
            one.comments = i % 11;
            plain.push_back(one);
            rows.add(one);
        }
        for (int i = 0; i < 2000; ++i) {
            PostSummary& one = plain[random() % plain.size()];
            one.status = PostStatus::DoneFlagged;
            one.corrected = !one.corrected;
            one.entityCount += 1;
            one.comments += 1;
            rows.update(static_cast<std::size_t>(rows.rowOf(one.id)), one);
        }
        QCOMPARE(rows.size(), plain.size());
        std::size_t corrected = 0, pictures = 0;
        for (std::size_t i = 0; i < plain.size(); ++i) {
            QVERIFY2(same(rows[i], plain[i]), qPrintable(QString::number(i)));
            QCOMPARE(rows.rowOf(plain[i].id), static_cast<int>(i));
            QCOMPARE(rows.hasPictureAt(i), !plain[i].imagePath.empty());
            corrected += plain[i].corrected;
            pictures += !plain[i].imagePath.empty();
        }
        QCOMPARE(rows.correctedCount(), corrected);
        QCOMPARE(rows.pictureCount(), pictures);
        QCOMPARE(rows.rowOf(PostId{2}), -1);
        QCOMPARE(rows.rowOf(PostId{900000}), -1);
        rows.clear();
        QVERIFY(rows.empty());
        QCOMPARE(rows.correctedCount(), std::size_t{0});
    }
    void aNameWithoutEndIsCutBetweenCharacters() {
        std::string name;
        while (name.size() < 100'000) name += "多";
        PostRows rows;
        rows.add(row(1, name, "text", "/a/" + name + ".jpg"));
        QCOMPARE(rows[0].externalId.size(), std::size_t{65535});
        QVERIFY(name.starts_with(rows[0].externalId));
        QCOMPARE(rows[0].preview, std::string("text"));
        QVERIFY(rows.hasPictureAt(0));
    }
    /// More folders than a row can name, each looked up at once: the others keep their path whole.
    void everyPictureMayHaveAFolderOfItsOwn() {
        PostRows rows;
        constexpr int kRows = 70'000;
        const auto path = [](int i) { return "/pictures/" + std::to_string(i) + "/a.jpg"; };
        for (int i = 0; i < kRows; ++i) rows.add(row(i + 1, "p", "", path(i)));
        for (const int i : {0, 1, 65'534, 65'535, 65'536, kRows - 1})
            QCOMPARE(rows[static_cast<std::size_t>(i)].imagePath, path(i));
    }
    void aRowThatIsNotThereIsSaid() {
        const PostRows rows;
        QVERIFY_EXCEPTION_THROWN(rows.at(0), std::out_of_range);
        QCOMPARE(rows.rowOf(PostId{1}), -1);
    }
};

QTEST_GUILESS_MAIN(PostRowsTest)
#include "post_rows_test.moc"
