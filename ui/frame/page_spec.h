#pragma once

#include <QKeySequence>
#include <QString>
#include <functional>

namespace mnerva::ui {

class ActionRegistry;
class JobHost;
class Page;
class ProjectCommands;
class ProjectSession;

/// What a page is given to work with. The window owns all of it and outlives its pages.
struct PageContext {
    ProjectSession& session;
    JobHost& jobs;
    ActionRegistry& actions;
    ProjectCommands& commands;
};

/// A page as the window knows it: enough for the rail, its key, the capture, and to make it when it is first shown.
/// The list of all pages is in app/pages.cpp; neither the window nor another page knows more of one than this.
struct PageSpec {
    /// When a page is shown unasked, and where it stands in the rail.
    enum class Standing {
        Usual,
        Start,  ///< shown at first, and while there are no posts
        Work,   ///< shown when a project with posts was opened
        Foot,   ///< this and what follows stand at the foot of the rail
    };

    QString id;                      ///< "tag"; also in the name of its action ("page.tag")
    QString icon;                    ///< name of a drawing
    std::function<QString()> title;  ///< one word, translated
    QKeySequence key = {};           ///< given by app/pages.cpp: Ctrl and its place
    std::function<Page*(const PageContext&)> make;
    Standing standing = Standing::Usual;
    /// Registers keys of the page's own, so that all are known before it is made.
    std::function<void(ActionRegistry&)> defineActions = {};
    /// Where models run, for the page that decides it: asked at first and when a job begins.
    std::function<QString()> device = {};
};

}  // namespace mnerva::ui
