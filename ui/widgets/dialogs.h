#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <utility>

class QDialog;
class QMessageBox;
class QWidget;

namespace mnerva::ui::dialogs {

/// A choice that loses something. Buttons are verbs; the last one is the safe one (Escape).
struct Question {
    QString id;  ///< stable, for tests: "close-while-running"
    QString title, text, detail;
    QStringList buttons;
    /// Text and detail as they are now, where they change while the question is open; asked again every quarter second.
    std::function<std::pair<QString, QString>()> now = {};
};

/// A question for files or folders.
struct FileRequest {
    enum class Kind { OpenFiles, OpenFile, OpenFolder, SaveFile };
    QString id;  ///< stable, for tests and to remember the last folder: "import-files"
    Kind kind = Kind::OpenFile;
    QString title, start, filter;
};

/// The box that asks it, for ask() and for captures; the caller owns it.
QMessageBox* makeBox(QWidget* parent, const Question& question);
/// Index of the pressed button.
int ask(QWidget* parent, const Question& question);
/// Empty when cancelled.
QStringList files(QWidget* parent, const FileRequest& request);
QString file(QWidget* parent, const FileRequest& request);
/// Runs a dialog modally; QDialog::Accepted or Rejected.
int run(QDialog& dialog);

/// Test seam: answers instead of a person. An empty function leaves that kind to the person.
struct Answers {
    std::function<int(const Question&)> ask;
    std::function<QStringList(const FileRequest&)> files;
    std::function<int(QDialog&)> run;
};
void setAnswers(Answers answers);

}  // namespace mnerva::ui::dialogs
