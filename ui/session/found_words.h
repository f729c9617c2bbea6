#pragma once

#include <QPainter>
#include <QRect>
#include <QString>
#include <string>
#include <utility>
#include <vector>

namespace mnerva::ui {

class ProjectSession;

/// Marks what the query line found in a line of text that is drawn into `box` from the left, before it is drawn. `text`
/// is what is drawn, shortened perhaps. Texts from right to left are left unmarked.
void paintFoundWords(QPainter& painter, const QRect& box, const QString& text, const ProjectSession& session);

/// Where a text holds what the query line found, in code points; a piece can be in several places.
std::vector<std::pair<int, int>> foundPlaces(const std::string& text, const ProjectSession& session);

}  // namespace mnerva::ui
