#pragma once

#include <QLineEdit>
#include <QWidget>

#include "ui/widgets/dialogs.h"

class QToolButton;

namespace mnerva::ui {

/// A path that can be typed, dropped or chosen with the button beside it. Does not look at the disk.
class PathField : public QWidget {
    Q_OBJECT
public:
    /// `request` says what the button asks for; its title is set with setRequest() again after a change of language.
    explicit PathField(dialogs::FileRequest request, QWidget* parent = nullptr);
    void setRequest(dialogs::FileRequest request);
    QString path() const;
    /// Does not signal.
    void setPath(const QString& path);
    void setPlaceholder(const QString& text);
    QLineEdit* edit() const { return m_edit; }
    /// Marks the field as wrong.
    void setWrong(bool wrong);

Q_SIGNALS:
    void changed(const QString& path);  ///< after typing has ended, a drop or a choice

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void choose();
    dialogs::FileRequest m_request;
    QLineEdit* m_edit;
    QToolButton* m_button;
    QString m_told;
};

}  // namespace mnerva::ui
