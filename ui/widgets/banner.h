#pragma once

#include <QWidget>
#include <functional>

#include <optional>

#include "core/base/error.h"

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace mnerva::ui {

/// A message where it happened, at the top of a page or dialog: what, where, why, what to do; can be selected, copied
/// and closed. Hidden while it has nothing to say.
class Banner : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Info, Good, Warning, Error };
    explicit Banner(QWidget* parent = nullptr);

    void showMessage(Kind kind, const QString& text, const QString& detail = {});
    /// `what` says what could not be done ("The project could not be opened."), the error's sentence follows.
    void showError(const Error& error, const QString& what = {});
    /// A button at the right; gone with the next message.
    void addButton(const QString& text, std::function<void()> pressed);
    void clear();
    void setClosable(bool closable);
    QString text() const;
    Kind kind() const { return m_kind; }

    /// Something that another part of the window has to say, and the one thing that can be done about it.
    struct Notice {
        Kind kind = Kind::Info;
        QString text, detail;
        std::optional<mnerva::Error> error;  ///< its sentence follows the text
        QString button;                      ///< empty: there is nothing to do
        std::function<void()> run;
    };
    void showNotice(const Notice& notice);

Q_SIGNALS:
    void closedByUser();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    Kind m_kind = Kind::Info;
    bool m_closable = true;
    QLabel *m_icon, *m_text;
    QHBoxLayout* m_buttons;
    QToolButton *m_copy, *m_close;
};

}  // namespace mnerva::ui
