#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>
#include <optional>
#include <vector>

#include "ui/pages/tag/tag_editor.h"

namespace mnerva::ui {

class TagHost;

/// Entities and waiting suggestions of the post in the order of its words, as the list under the text says them.
class EntityListModel : public QAbstractListModel {
    Q_OBJECT
public:
    struct Row {
        TagFocus mark;
        QString span;                      ///< its words
        std::optional<double> confidence;  ///< of a suggestion
        QString box;                       ///< "box 2" where it is linked to one
        QString source;                    ///< where it came from: gold, a run, a layer, a hand
        bool operator==(const Row& other) const;
    };
    enum Role { SpanRole = Qt::UserRole, TypeRole, ConfidenceRole, BoxRole, SourceRole, SuggestionRole };

    explicit EntityListModel(const TagHost& host, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    const Row& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// The row of what is in focus, -1: none.
    int rowOf(const TagFocus& mark) const;
    /// Looks at the host again; false: nothing is other than before.
    bool refresh();

private:
    std::vector<Row> rowsOfPost() const;
    const TagHost& m_host;
    std::vector<Row> m_rows;
};

/// Draws a row: words, label in its colour, confidence, box, source.
class EntityDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit EntityDelegate(const TagHost& host, QObject* parent) : QStyledItemDelegate(parent), m_host(host) {}
    static constexpr int kRowHeight = 28;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const TagHost& m_host;
};

/// The list under the text: the same selection as the canvas, either way. A click leaves the keys on the text.
class EntityList : public QListView {
    Q_OBJECT
public:
    explicit EntityList(TagHost& host, QWidget* parent = nullptr);
    const EntityListModel& rows() const { return *m_model; }
    void retranslate();

Q_SIGNALS:
    void clickedRow();
    void menuWanted(const QPoint& globalPoint);

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void refresh();
    void follow();
    TagHost& m_host;
    EntityListModel* m_model;
    bool m_following = false;
};

}  // namespace mnerva::ui
