#include "ui/session/found_words.h"

#include "core/query/search_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

void paintFoundWords(QPainter& painter, const QRect& box, const QString& text, const ProjectSession& session) {
    if (session.foundWords().empty() || text.isRightToLeft()) return;
    const std::string line = toUtf8(text);
    const QFontMetrics metrics = painter.fontMetrics();
    for (const std::string& word : session.foundWords())
        for (const query::Place& place : query::placesOf(line, word)) {
            const auto first = utf16FromCodePoint(text, static_cast<int>(place.first));
            const auto last = utf16FromCodePoint(text, static_cast<int>(place.last));
            const int left = metrics.horizontalAdvance(text.left(first));
            const int right = metrics.horizontalAdvance(text.left(last));
            const QRect mark(box.left() + left, box.center().y() - metrics.height() / 2, right - left,
                             metrics.height());
            painter.fillRect(mark, Theme::color(Theme::Role::WarningSurface));
            painter.fillRect(QRect(mark.left(), mark.bottom(), mark.width(), 1), Theme::color(Theme::Role::Warning));
        }
}

std::vector<std::pair<int, int>> foundPlaces(const std::string& text, const ProjectSession& session) {
    std::vector<std::pair<int, int>> places;
    for (const std::string& word : session.foundWords())
        for (const query::Place& place : query::placesOf(text, word))
            places.emplace_back(static_cast<int>(place.first), static_cast<int>(place.last));
    return places;
}

}  // namespace mnerva::ui
