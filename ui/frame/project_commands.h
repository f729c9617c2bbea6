#pragma once

#include <QObject>
#include <QStringList>
#include <vector>

#include "core/base/ids.h"
#include "ui/widgets/banner.h"

namespace mnerva::ui {

/// What can be done with projects: new, open, import, export, objects in pictures, sample. The window's menu and the
/// pages ask for it here; the folder of the data page does it.
class ProjectCommands : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void newProject() = 0;
    virtual void openProject() = 0;
    /// Opens a project folder, asking first when something would be lost, and then imports what is given into it.
    virtual void open(const QString& folder, const QStringList& andImport = {}) = 0;
    /// Asks for files; without an open project a new one is made for them.
    virtual void openDataSet() = 0;
    /// Files and folders from a drop or the command line: a project is opened, anything else is imported.
    virtual void take(const QStringList& paths) = 0;
    virtual void exportPosts() = 0;
    /// Labels of the open project: add, take away, order.
    virtual void editLabels() = 0;
    /// One step over all posts of a query: labels, suggestions, status.
    virtual void changeMany() = 0;
    /// Word lists and rules of the open project, and the layer of suggestions that they make.
    virtual void editWordLists() = 0;
    /// Backups of the open project, or of the one that could not be opened: make one, go back to one.
    virtual void showBackups() = 0;
    /// Saves what can be read of the open project, or of the one that could not be opened, into a new file, and offers
    /// to use it.
    virtual void repairProject() = 0;
    /// Asks which detector is to look at which pictures, and has it done in the background.
    virtual void findObjects() = 0;
    /// False while objects are being looked for, and without a project that may be written.
    virtual bool canFindObjects() const = 0;
    /// Makes the sample data set with the engine program, a project of it, and opens that.
    virtual void trySample() = 0;
    /// The same into a given folder, without asking; used by the capture and by the tests.
    virtual void makeSample(const QString& folder, int posts) = 0;
    /// Shows just these posts where posts are worked on, or on the page of that id; `title` says what they have in
    /// common ("UMT: boundary LOC").
    virtual void showPosts(const std::vector<PostId>& posts, const QString& title, const QString& page) = 0;
    void showPosts(const std::vector<PostId>& posts, const QString& title) {
        showPosts(posts, title, QStringLiteral("tag"));
    }
    /// Writes what waits. Where that fails the person chooses: try again, go and lose it, or stay (false).
    virtual bool mayLeave() = 0;

Q_SIGNALS:
    void failed(const mnerva::Error& error, const QString& what);
    void canFindObjectsChanged();
    /// A sentence for the status line.
    void message(const QString& text);
    /// Something for the banner of the window.
    void noticed(const mnerva::ui::Banner::Notice& notice);
    /// Ask the window to show a page, by the id in its PageSpec.
    void pageWanted(const QString& id);
};

}  // namespace mnerva::ui
