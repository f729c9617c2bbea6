#include "ui/pages/tag/canvas_painter.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/look/theme.h"

namespace mnerva::ui {

namespace {

constexpr qreal kRadius = 4;

QColor colourOf(const CanvasScene& scene, const CanvasMark& mark) {
    return Theme::labelColor(mark.entity.type, scene.labels);
}

/// Rounded where the mark begins or ends, straight where it is cut: it goes on in the next line or beyond other words.
QPainterPath outline(const MarkSegment& segment, qreal grow = 0) {
    const QRectF r = segment.rect.adjusted(-grow, -grow, grow, grow);
    QPainterPath path;
    if (segment.leftEnd && segment.rightEnd) {
        path.addRoundedRect(r, kRadius, kRadius);
        return path;
    }
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(r, kRadius, kRadius);
    const qreal width = std::min(kRadius * 2, r.width());
    if (!segment.leftEnd) path.addRect(QRectF(r.left(), r.top(), width, r.height()));
    if (!segment.rightEnd) path.addRect(QRectF(r.right() - width, r.top(), width, r.height()));
    return path.simplified();
}

bool isFocus(const CanvasScene& scene, const CanvasMark& mark) {
    const bool kind = (mark.kind == CanvasMark::Kind::Entity && scene.focus.isEntity()) ||
                      (mark.kind == CanvasMark::Kind::Suggestion && scene.focus.isSuggestion());
    return kind && mark.entity.sameAs(scene.focus.entity);
}

void paintConfidence(QPainter& painter, const MarkSegment& segment, double confidence, const QColor& colour) {
    const QRectF r = segment.rect;
    const QRectF track(r.left() + 2, r.bottom() + 2, std::max(1.0, r.width() - 4), 2);
    painter.fillRect(track, Theme::color(Theme::Role::Hairline));
    painter.fillRect(QRectF(track.left(), track.top(), track.width() * std::clamp(confidence, 0.0, 1.0), 2), colour);
}

void paintSegment(QPainter& painter, const CanvasScene& scene, const MarkSegment& segment) {
    const auto& mark = scene.marks[static_cast<std::size_t>(segment.mark)];
    const QColor colour = colourOf(scene, mark);
    const bool focus = isFocus(scene, mark);
    const qreal shift = focus ? scene.shake : 0;
    painter.save();
    painter.translate(shift, 0);
    const QRectF r = segment.rect;
    switch (mark.kind) {
        case CanvasMark::Kind::Entity:
            painter.fillPath(outline(segment), Theme::tint(colour));
            painter.fillRect(QRectF(r.left() + (segment.leftEnd ? 2 : 0), r.bottom() - 2,
                                    r.width() - (segment.leftEnd ? 2 : 0) - (segment.rightEnd ? 2 : 0), 2),
                             colour);
            if (focus) {
                painter.setPen(QPen(colour, 1.5));
                painter.drawPath(outline(segment));
            }
            break;
        case CanvasMark::Kind::Suggestion: {
            QPen pen(colour, focus ? 2 : 1.25, Qt::CustomDashLine, Qt::FlatCap);
            pen.setDashPattern(focus ? QList<qreal>{3, 1.5} : QList<qreal>{3, 2.5});
            painter.setPen(pen);
            painter.drawPath(outline(segment, 1));
            if (segment.opens && mark.entity.confidence) {
                paintConfidence(painter, segment, *mark.entity.confidence, colour);
            }
            break;
        }
    }
    painter.restore();
}

/// Small grips at the ends of the entity in focus, to be dragged.
void paintHandles(QPainter& painter, const CanvasScene& scene, const MarkSegment& segment) {
    const auto& mark = scene.marks[static_cast<std::size_t>(segment.mark)];
    if (!isFocus(scene, mark) || scene.selection) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(scene, mark));
    const qreal y = segment.rect.center().y();
    if (segment.opens) painter.drawRoundedRect(QRectF(segment.startX - 2 + scene.shake, y - 6, 4, 12), 2, 2);
    if (segment.closes) painter.drawRoundedRect(QRectF(segment.endX - 2 + scene.shake, y - 6, 4, 12), 2, 2);
}

void paintLabels(QPainter& painter, const CanvasScene& scene, int firstLine, int lastLine) {
    painter.setFont(scene.labelFont);
    const QFontMetricsF metrics(scene.labelFont);
    const qreal top = scene.layout.lines[static_cast<std::size_t>(firstLine)].top;
    const qreal bottom = scene.layout.lines[static_cast<std::size_t>(lastLine)].bottom;
    for (const auto& label : scene.markLayout.labels) {
        if (label.rect.bottom() < top || label.rect.top() > bottom) continue;
        const auto& mark = scene.marks[static_cast<std::size_t>(label.mark)];
        painter.setPen(Theme::ink(colourOf(scene, mark)));
        const QString text = metrics.horizontalAdvance(label.text) <= label.rect.width() + 0.5
                                 ? label.text
                                 : metrics.elidedText(label.text, Qt::ElideRight, label.rect.width());
        painter.drawText(label.rect, Qt::AlignLeft | Qt::AlignBottom | Qt::TextDontClip | Qt::TextSingleLine,
                         text.isEmpty() ? label.text.left(1) : text);
    }
}

void paintTags(QPainter& painter, const CanvasScene& scene, int firstWord, int lastWord) {
    if (scene.tags.empty()) return;
    painter.setFont(scene.tagFont);
    const QColor quiet = Theme::color(Theme::Role::SecondaryText);
    for (const auto& tag : layoutTags(scene.layout, scene.tags, scene.metrics, firstWord, lastWord)) {
        const QString& full = scene.tags[static_cast<std::size_t>(tag.word)];
        painter.setPen(full == QLatin1String("O") || scene.peek
                           ? quiet
                           : Theme::ink(Theme::labelColor(full.mid(2).toStdString(), scene.labels)));
        painter.drawText(tag.rect, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip | Qt::TextSingleLine,
                         scene.peek ? QStringLiteral("·") : tag.text);
    }
}

void paintWords(QPainter& painter, const CanvasScene& scene, int firstFragment, int lastFragment) {
    const QColor text = Theme::color(Theme::Role::Text);
    for (int i = firstFragment; i <= lastFragment; ++i) {
        const auto& fragment = scene.layout.fragments[static_cast<std::size_t>(i)];
        const auto& line = scene.layout.lines[static_cast<std::size_t>(fragment.line)];
        if (scene.words[static_cast<std::size_t>(fragment.word)].invisible) {
            painter.setPen(QPen(Theme::color(Theme::Role::SecondaryText), 1));
            painter.setBrush(Theme::color(Theme::Role::Raised));
            const QRectF box = fragment.rect.adjusted(1.5, 3.5, -1.5, -3.5);
            painter.drawRoundedRect(box, 3, 3);
            QFont small = scene.tagFont;
            painter.setFont(small);
            painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, fragment.text);
            continue;
        }
        painter.setFont(scene.wordFont);
        painter.setPen(text);
        painter.setLayoutDirection(fragment.rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        painter.drawText(QPointF(fragment.rect.left(), line.baseline), fragment.text);
    }
    painter.setLayoutDirection(Qt::LeftToRight);
}

/// As the list marks them: a ground and a line under it, so that colour is not alone.
void paintHits(QPainter& painter, const CanvasScene& scene, const QRectF& clip) {
    for (const QRectF& hit : scene.hits) {
        if (!hit.intersects(clip)) continue;
        painter.fillRect(hit, Theme::color(Theme::Role::WarningSurface));
        painter.fillRect(QRectF(hit.left(), hit.bottom() + 1, hit.width(), 2), Theme::color(Theme::Role::Warning));
    }
}

void paintFrame(QPainter& painter, const CanvasScene& scene, const WordRange& range, const QPen& pen,
                const QColor& fill) {
    painter.setPen(pen);
    for (const auto& segment : segmentsOf(scene.layout, range.first, range.last)) {
        const QPainterPath path = outline(segment, 1.5);
        if (fill.isValid()) painter.fillPath(path, fill);
        painter.drawPath(path);
    }
}

}  // namespace

void paintCanvas(QPainter& painter, const CanvasScene& scene, const QRectF& clip) {
    const auto& layout = scene.layout;
    if (layout.fragments.empty()) return;
    const auto lineAt = [&](qreal y) {
        const auto found = std::upper_bound(layout.lines.begin(), layout.lines.end(), y,
                                            [](qreal v, const CanvasLine& line) { return v < line.bottom; });
        return std::min(static_cast<int>(found - layout.lines.begin()), static_cast<int>(layout.lines.size()) - 1);
    };
    const int firstLine = lineAt(clip.top()), lastLine = lineAt(clip.bottom());
    const int firstFragment = layout.lines[static_cast<std::size_t>(firstLine)].firstFragment;
    const int lastFragment = layout.lines[static_cast<std::size_t>(lastLine)].lastFragment;
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = Theme::color(Theme::Role::Accent);

    paintHits(painter, scene, clip);
    // The word at the caret, below everything else.
    if (!scene.selection && scene.focus.kind == TagFocus::Kind::None) {
        QColor soft = accent;
        soft.setAlphaF(scene.hasKeyboard ? 0.14F : 0.07F);
        for (const auto& segment : segmentsOf(layout, scene.caret, scene.caret)) {
            painter.fillPath(outline(segment), soft);
        }
    }
    if (!scene.peek) {
        for (const auto& segment : scene.markLayout.segments) {
            if (segment.line >= firstLine && segment.line <= lastLine) paintSegment(painter, scene, segment);
        }
    }
    QColor fill = accent;
    fill.setAlphaF(0.14F);
    if (scene.selection) paintFrame(painter, scene, *scene.selection, QPen(accent, 2), fill);
    if (scene.dragged) paintFrame(painter, scene, *scene.dragged, QPen(accent, 2), QColor());
    if (scene.pulseStrength > 0) {
        QColor glow = accent;
        glow.setAlphaF(static_cast<float>(scene.pulseStrength));
        for (const auto& range : scene.pulse) {
            for (const auto& segment : segmentsOf(layout, range.first, range.last)) {
                painter.setPen(QPen(glow, 2 + 2 * scene.pulseStrength));
                painter.drawPath(outline(segment, 2 + 2 * scene.pulseStrength));
            }
        }
    }
    paintWords(painter, scene, firstFragment, lastFragment);
    if (!scene.peek) {
        for (const auto& segment : scene.markLayout.segments) {
            if (segment.line >= firstLine && segment.line <= lastLine) paintHandles(painter, scene, segment);
        }
        paintLabels(painter, scene, firstLine, lastLine);
    }
    paintTags(painter, scene, layout.firstWordOfLine(firstLine), layout.lastWordOfLine(lastLine));

    QColor caret = accent;
    if (!scene.hasKeyboard) caret.setAlphaF(0.4F);
    const bool grewRight = scene.selection && scene.caret == scene.selection->last;
    painter.fillRect(grewRight ? layout.caretRectBehind(scene.caret) : layout.caretRect(scene.caret), caret);
}

}  // namespace mnerva::ui
