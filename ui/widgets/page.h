#pragma once

#include <QWidget>
#include <functional>
#include <vector>

namespace mnerva::ui {

/// What an entry of the rail shows (ui/frame/page_spec.h). Pages are made by the window and live as long as it.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Sets all texts again; called after a change of language.
    virtual void retranslate() {}
    /// The page became the visible one: take the focus where work goes on.
    virtual void activated() {}
    /// It was asked for something besides being shown: what stands after the colon of pageWanted("train:folds").
    virtual void asked(const QString&) {}
    /// Runs an action of the page by its id, as its key does; false: it has none of this id, or it cannot be used.
    virtual bool runAction(const QString&) { return false; }
    /// Dialogs of this page, ready to be shown, for --capture: (name, maker). The capturer owns what it makes.
    struct CaptureDialog {
        QString name;
        std::function<QWidget*()> make;
    };
    virtual std::vector<CaptureDialog> dialogsForCapture() { return {}; }
    /// States of the page worth a picture of their own: (name, set-up). Called in order before each grab.
    struct CaptureState {
        QString name;
        std::function<void()> enter;
    };
    virtual std::vector<CaptureState> statesForCapture() { return {}; }
    /// False while a capture should wait (something is still being read); asked every 50 ms for at most 20 s.
    virtual bool readyForCapture() const { return true; }

Q_SIGNALS:
    /// A sentence for the status line; gone after some seconds.
    void statusMessage(const QString& text);
    /// Ask the window to show another page, by the id in its PageSpec, and after a colon what for ("train:folds").
    void pageWanted(const QString& id);
};

}  // namespace mnerva::ui
