#include "ui/widgets/dialogs.h"

#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QVariant>
#include <memory>

#include "ui/base/settings.h"
#include "ui/look/theme.h"

namespace mnerva::ui::dialogs {
namespace {

constexpr int kIconSide = 32;
constexpr int kFollowMs = 250;
constexpr const char* kIndex = "index";  // property of a button: its place in the question

Answers& answers() {
    static Answers kept;
    return kept;
}

QString startFolder(const FileRequest& request) {
    if (!request.start.isEmpty()) return request.start;
    return settings::value(QStringLiteral("folders/") + request.id).toString();
}

/// The box says what is true now.
void follow(QMessageBox& box, const std::function<std::pair<QString, QString>()>& now) {
    const auto [text, detail] = now();
    if (box.text() != text) box.setText(text);
    if (box.informativeText() != detail) box.setInformativeText(detail);
    // The box makes its second label when it first has a text for it.
    for (QLabel* label : box.findChildren<QLabel*>())
        if (label->pixmap().isNull()) label->setTextFormat(Qt::PlainText);
}

void rememberFolder(const FileRequest& request, const QString& chosen) {
    const QFileInfo info(chosen);
    const QString folder = request.kind == FileRequest::Kind::OpenFolder ? chosen : info.absolutePath();
    settings::setValue(QStringLiteral("folders/") + request.id, folder);
}

}  // namespace

void setAnswers(Answers given) {
    answers() = std::move(given);
}

QMessageBox* makeBox(QWidget* parent, const Question& question) {
    auto* box = new QMessageBox(QMessageBox::Question, question.title, question.text, QMessageBox::NoButton, parent);
    box->setObjectName(question.id);
    box->setIconPixmap(
        Theme::pixmap(QStringLiteral("help"), Theme::color(Theme::Role::Accent), kIconSide, box->devicePixelRatioF()));
    box->setInformativeText(question.detail);
    // Words of posts and file names may look like HTML; the box itself would look after its first text only.
    for (QLabel* label : box->findChildren<QLabel*>())
        if (label->pixmap().isNull()) label->setTextFormat(Qt::PlainText);
    if (question.now) {
        follow(*box, question.now);
        auto* timer = new QTimer(box);
        QObject::connect(timer, &QTimer::timeout, box, [box, now = question.now] { follow(*box, now); });
        timer->start(kFollowMs);
    }
    QPushButton* last = nullptr;
    for (qsizetype i = 0; i < question.buttons.size(); ++i) {
        const bool safe = i == question.buttons.size() - 1;
        last = box->addButton(question.buttons[i], safe ? QMessageBox::RejectRole : QMessageBox::AcceptRole);
        last->setProperty(kIndex, int(i));
    }
    if (last) {
        box->setDefaultButton(last);
        box->setEscapeButton(last);
    }
    return box;
}

int ask(QWidget* parent, const Question& question) {
    if (answers().ask) return answers().ask(question);
    const std::unique_ptr<QMessageBox> box(makeBox(parent, question));
    box->exec();
    const QVariant pressed = box->clickedButton() ? box->clickedButton()->property(kIndex) : QVariant();
    return pressed.isValid() ? pressed.toInt() : int(question.buttons.size()) - 1;
}

QStringList files(QWidget* parent, const FileRequest& request) {
    if (answers().files) return answers().files(request);
    QStringList chosen;
    const QString start = startFolder(request);
    switch (request.kind) {
        case FileRequest::Kind::OpenFiles:
            chosen = QFileDialog::getOpenFileNames(parent, request.title, start, request.filter);
            break;
        case FileRequest::Kind::OpenFile:
            chosen << QFileDialog::getOpenFileName(parent, request.title, start, request.filter);
            break;
        case FileRequest::Kind::OpenFolder:
            chosen << QFileDialog::getExistingDirectory(parent, request.title, start);
            break;
        case FileRequest::Kind::SaveFile:
            chosen << QFileDialog::getSaveFileName(parent, request.title, start, request.filter);
            break;
    }
    chosen.removeAll(QString());
    if (!chosen.isEmpty()) rememberFolder(request, chosen.first());
    return chosen;
}

QString file(QWidget* parent, const FileRequest& request) {
    return files(parent, request).value(0);
}

int run(QDialog& dialog) {
    return answers().run ? answers().run(dialog) : dialog.exec();
}

}  // namespace mnerva::ui::dialogs
