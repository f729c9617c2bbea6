#pragma once

#include <QLineEdit>
#include <QTimer>
#include <optional>

#include "core/query/mistake.h"

class QCompleter;
class QLabel;
class QStandardItemModel;

namespace mnerva::ui {

class ProjectSession;

/// The field where a query is written (core/query): offers fields, labels, runs and values while one types, marks a
/// mistake where it is and says what was wanted there, remembers what was asked. What is written is asked of the
/// session as soon as it is a query; Enter asks at once.
class QueryLine : public QLineEdit {
    Q_OBJECT
public:
    explicit QueryLine(ProjectSession& session, QWidget* parent = nullptr);

    /// What is wrong with the text; nothing while it is a query, or before a person had time to finish it.
    const std::optional<query::Mistake>& mistake() const { return m_mistake; }
    /// The sentence under the field; empty while it is not shown.
    QString note() const;
    /// The list of what may be written next; null while it is not shown.
    QWidget* offers() const;
    /// Asks the session now. False: it is no query, and the note says why.
    bool run();
    void retranslate();

    static QStringList history();

Q_SIGNALS:
    void left();  ///< Enter or Escape: work goes on in the page

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void edited();
    void check();
    void showMistake(const std::optional<query::Mistake>& mistake);
    void mark();
    void placeNote();
    void offer(bool history);
    void take(const QModelIndex& index);
    void escape();

    ProjectSession& m_session;
    QCompleter* m_completer;
    QStandardItemModel* m_offers;
    QLabel* m_note = nullptr;
    QTimer m_delay, m_patience;
    std::optional<query::Mistake> m_mistake;
    bool m_composing = false, m_marking = false;
};

/// A mistake's sentence in the window's language.
QString mistakeText(const query::Mistake& mistake);

}  // namespace mnerva::ui
