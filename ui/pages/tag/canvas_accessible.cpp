#include "ui/pages/tag/canvas_accessible.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include "ui/pages/tag/tag_canvas.h"
#include "ui/pages/tag/tag_host.h"

namespace mnerva::ui {

namespace {

/// One word; asks the canvas each time, so it is right after every change.
class WordAccessible : public QAccessibleInterface {
public:
    WordAccessible(TagCanvas* canvas, TagHost* host, int word) : m_canvas(canvas), m_host(host), m_word(word) {}

    bool isValid() const override { return m_canvas && m_word < m_canvas->canvasLayout().wordCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_canvas.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name && isValid() ? m_host->accessibleWord(m_word) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        if (!isValid()) return {};
        const QRect inside = m_canvas->wordRect(m_word).toAlignedRect();
        return {m_canvas->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::Role role() const override { return QAccessible::StaticText; }
    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) return state;
        const auto& editor = m_host->editor();
        state.focusable = state.selectable = true;
        state.focused = m_canvas->hasFocus() && editor.caret() == m_word;
        const auto range = editor.selection();
        state.selected = range && m_word >= range->first && m_word <= range->last;
        return state;
    }

private:
    QPointer<TagCanvas> m_canvas;
    TagHost* m_host;
    int m_word;
};

class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(TagCanvas* canvas, TagHost* host)
        : QAccessibleWidget(canvas, QAccessible::Document), m_canvas(canvas), m_host(host) {}
    ~CanvasAccessible() override {
        for (const auto id : std::as_const(m_children)) QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return m_canvas->canvasLayout().wordCount(); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        auto found = m_children.constFind(index);
        if (found == m_children.constEnd()) {
            auto* word = new WordAccessible(m_canvas, m_host, index);
            found = m_children.insert(index, QAccessible::registerAccessibleInterface(word));
        }
        return QAccessible::accessibleInterface(*found);
    }
    int indexOfChild(const QAccessibleInterface* word) const override {
        for (auto it = m_children.constBegin(); it != m_children.constEnd(); ++it) {
            if (QAccessible::accessibleInterface(it.value()) == word) return it.key();
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        return child(m_canvas->wordAt(QPointF(m_canvas->viewport()->mapFromGlobal(QPoint(x, y)))));
    }
    QAccessibleInterface* focusChild() const override {
        return m_canvas->hasFocus() ? child(m_host->editor().caret()) : nullptr;
    }

private:
    TagCanvas* m_canvas;
    TagHost* m_host;
    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* canvas = qobject_cast<TagCanvas*>(object);
    return canvas ? new CanvasAccessible(canvas, &canvas->host()) : nullptr;
}

}  // namespace

void installCanvasAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(installed);
}

}  // namespace mnerva::ui
