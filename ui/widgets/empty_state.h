#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace mnerva::ui {

/// One picture, one sentence, one button in the middle of an empty page; further ways as quiet links under it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr);
    void setSentence(const QString& sentence);
    /// An empty text hides the button.
    void setButton(const QString& text);
    /// Replaces the quiet links: (id, text) each.
    void setLinks(const QList<std::pair<QString, QString>>& links);
    QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void triggered();
    void linkTriggered(const QString& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    QString m_iconName;
    QLabel *m_picture, *m_sentence;
    QPushButton* m_button;
    QVBoxLayout* m_links;
};

}  // namespace mnerva::ui
