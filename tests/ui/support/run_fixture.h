#pragma once

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QtTest>

#include "ui/jobs/job_host.h"
#include "ui/support/fake.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::test {

inline void writeFile(const QString& path, const QByteArray& content) {
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(content);
}

/// A project with three posts (the first has a picture, the third two and boxes in the first of them) and runs made by
/// hand; the stand-in is the engine.
class RunFixture {
public:
    /// `before` are further posts, ahead of the three; the first of all becomes current.
    explicit RunFixture(const std::vector<Post>& before = {}) {
        qputenv("MNERVA_CLI", fakeCli().toUtf8());
        qunsetenv("MNERVA_FAKE");
        QDir().mkpath(images());
        QImage picture(320, 240, QImage::Format_RGB32);
        picture.fill(QColor(0xd0, 0xc8, 0xb0));
        QPainter painter(&picture);
        painter.fillRect(200, 60, 60, 90, QColor(0x30, 0x60, 0x40));
        painter.end();
        picture.save(images() + QStringLiteral("/a.jpg"));
        Post first = makePost("a", {"Kevin", "in", "Toronto"}, {"B-PER", "O", "B-LOC"});
        first.images = {"a.jpg"};
        picture.fill(QColor(0x40, 0x50, 0x90));
        picture.save(images() + QStringLiteral("/b.jpg"));
        Post second = makePost("b", {"no", "picture", "here", "today"});
        Post third = makePost("c", {"Ann", "twice", "here"}, {"B-PER", "O", "O"});
        third.images = {"a.jpg", "b.jpg"};
        third.split = Split::Test;
        Region left, right;
        left.width = left.height = right.width = right.height = 60;
        right.left = 200;
        right.top = 60;
        left.label = "dog";
        right.label = "person";
        left.origin = right.origin = RegionOrigin::Xml;
        std::vector<Post> posts = before;
        posts.insert(posts.end(), {first, second, third});
        makeProject(folder(), posts, {"PER", "LOC"}, images(), {{left, right}, {}});
        ui::dialogs::setAnswers({[this](const ui::dialogs::Question& question) {
                                     asked << question.id;
                                     last = question;
                                     return answer;
                                 },
                                 [this](const ui::dialogs::FileRequest&) { return files; },
                                 {}});
    }
    ~RunFixture() { ui::dialogs::setAnswers({}); }

    QString folder() const { return m_folder.filePath(QStringLiteral("project")); }
    QString images() const { return m_folder.filePath(QStringLiteral("images")); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// A run that ended well, with a model.
    void addRun(const QString& name, const QByteArray& outcome = "succeeded", bool model = true) {
        const QString run = folder() + QStringLiteral("/runs/") + name;
        writeFile(
            run + QStringLiteral("/run.json"),
            R"({"run":"x","system":"mpcfn","variant":"paper","preset":"sample","encoder":"tiny","resnet":"random18",)"
            R"("device":"cpu","options":{"epochs":3,"lr":0.0001}})");
        writeFile(run + QStringLiteral("/events.jsonl"),
                  "{\"event\":\"start\",\"time\":1700000000,\"epochs\":3,\"steps\":30,\"options\":{\"flood_b\":0.3}}\n"
                  "{\"event\":\"step\",\"time\":1700000001,\"step\":1,\"epoch\":1,\"loss\":2.5}\n"
                  "{\"event\":\"eval\",\"epoch\":1,\"split\":\"valid\",\"micro\":{\"f1\":0.5},\"types\":{\"PER\":{"
                  "\"f1\":0.5,\"support\":3}}}\n"
                  "{\"event\":\"end\",\"outcome\":\"" +
                      outcome + "\"}\n");
        writeFile(run + QStringLiteral("/state.safetensors"), "x");
        if (model) writeFile(run + QStringLiteral("/model.safetensors"), "x");
    }

    /// A run as the real trainer left it, but for its weights.
    QString addGoldenRun(const QString& name) {
        const QString run = folder() + QStringLiteral("/runs/") + name;
        const QDir golden(QStringLiteral(MNERVA_SOURCE_DIR "/tests/golden/run"));
        QDir().mkpath(run);
        for (const QString& file : golden.entryList({QStringLiteral("*.json*")}, QDir::Files))
            if (file != QStringLiteral("stream.jsonl")) QFile::copy(golden.filePath(file), run + u'/' + file);
        writeFile(run + QStringLiteral("/model.safetensors"), "x");
        return run;
    }

    void open() {
        session.open(folder());
        QTRY_VERIFY(session.isOpen());
        QTRY_VERIFY(!session.summaries().empty());
        session.setCurrentPost(session.summaries().front().id);
        QTRY_VERIFY(session.hasView());
    }

    QTemporaryDir m_folder;
    ui::ProjectSession session;
    ui::JobHost jobs;
    QStringList asked, files;
    ui::dialogs::Question last;
    int answer = 0;
};

}  // namespace mnerva::test
