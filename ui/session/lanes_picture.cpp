#include "ui/session/lanes_picture.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <algorithm>

#include "core/domain/confidence.h"
#include "ui/base/text_border.h"
#include "ui/base/word_display.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr qreal kPad = 6, kSign = 10, kRadius = 4;
constexpr double kWiderSpace = 1.9, kWiderGap = 4;  // words are chosen one by one: a frame fits between two
constexpr qreal kFigurePoints = 7;
constexpr double kInTextSpace = 1.6;           // spaces between words that are tinted and framed
const QString kGoesOn = QStringLiteral("… ");  // before the type of a mark that began on an earlier line
constexpr double kEndless = 1e9;               // pixels of a line that is never broken

QString translated(const char* text) {
    return QCoreApplication::translate("Cases", text);
}

/// A sixth of the colour, the rest white.
QColor paperTint(const QColor& color) {
    const auto mixed = [](int value) { return 255 - (255 - value) / 6; };
    return {mixed(color.red()), mixed(color.green()), mixed(color.blue())};
}

qreal signWidth(const std::optional<eval::ErrorKind>& error) {
    return error == eval::ErrorKind::BoundaryAndType ? 2 * kSign + 2 : kSign;
}

QString confidenceText(const Entity& entity) {
    if (!entity.confidence) return {};
    return QString::fromStdString(shortConfidence(*entity.confidence));
}

void paintOneSign(QPainter& painter, const QRectF& box, eval::ErrorKind kind) {
    const QPointF c = box.center();
    const qreal r = box.width() / 2 - 1;
    switch (kind) {
        case eval::ErrorKind::Boundary:
            painter.drawLine(QPointF(c.x() - r, c.y()), QPointF(c.x() + r, c.y()));
            for (const int side : {-1, 1})
                painter.drawPolyline(QPolygonF{QPointF(c.x() + side * (r - 3), c.y() - 3),
                                               QPointF(c.x() + side * r, c.y()),
                                               QPointF(c.x() + side * (r - 3), c.y() + 3)});
            break;
        case eval::ErrorKind::Type:
            painter.drawLine(QPointF(c.x() - r, c.y() - 1.5), QPointF(c.x() + r, c.y() - 1.5));
            painter.drawLine(QPointF(c.x() - r, c.y() + 1.5), QPointF(c.x() + r, c.y() + 1.5));
            painter.drawLine(QPointF(c.x() - 2, c.y() + r), QPointF(c.x() + 2, c.y() - r));
            break;
        case eval::ErrorKind::Missed:
            painter.drawEllipse(c, r - 0.5, r - 0.5);
            break;
        case eval::ErrorKind::Spurious:
            painter.drawLine(QPointF(c.x() - r, c.y()), QPointF(c.x() + r, c.y()));
            painter.drawLine(QPointF(c.x(), c.y() - r), QPointF(c.x(), c.y() + r));
            break;
        case eval::ErrorKind::BoundaryAndType:
            break;
    }
}

/// A mark's outline: round where the mark begins and ends, straight where it is cut by the end of a line.
QPainterPath segmentOutline(const QRectF& box, bool begins, bool ends) {
    QPainterPath outline;
    outline.setFillRule(Qt::WindingFill);
    outline.addRoundedRect(box, kRadius, kRadius);
    if (!begins) outline.addRect(QRectF(box.left(), box.top(), kRadius, box.height()));
    if (!ends) outline.addRect(QRectF(box.right() - kRadius, box.top(), kRadius, box.height()));
    return begins && ends ? outline : outline.simplified();
}

LanesStyle styleOf(const QFont& words, const QFont& notes) {
    LanesStyle style;
    style.wordFont = words;
    style.noteFont = notes;
    return style;
}

}  // namespace

workflow::CaseWords caseWords() {
    workflow::CaseWords words;
    words.right = toUtf8(translated(QT_TRANSLATE_NOOP("Cases", "right")));
    words.missing = toUtf8(translated(QT_TRANSLATE_NOOP("Cases", "no answer for this post")));
    words.aligned = toUtf8(translated(QT_TRANSLATE_NOOP("Cases", "placed by characters")));
    words.nothing = toUtf8(translated(QT_TRANSLATE_NOOP("Cases", "no entity")));
    words.reference = toUtf8(translated(QT_TRANSLATE_NOOP("Cases", "reference")));
    static constexpr const char* kErrors[] = {
        QT_TRANSLATE_NOOP("Cases", "boundary"), QT_TRANSLATE_NOOP("Cases", "type"),
        QT_TRANSLATE_NOOP("Cases", "type and boundary"), QT_TRANSLATE_NOOP("Cases", "missed"),
        QT_TRANSLATE_NOOP("Cases", "spurious")};
    for (std::size_t kind = 0; kind < words.errors.size(); ++kind)
        words.errors[kind] = toUtf8(translated(kErrors[kind]));
    return words;
}

LanesStyle lanesStyle() {
    LanesStyle style = styleOf(Theme::postFont(), Theme::secondaryFont());
    style.text = Theme::color(Theme::Role::Text);
    style.quiet = Theme::color(Theme::Role::SecondaryText);
    style.wrong = Theme::color(Theme::Role::Bad);
    style.hairline = Theme::color(Theme::Role::Hairline);
    return style;
}

LanesStyle figureStyle() {
    QFont words = Theme::postFont(), notes = Theme::secondaryFont();
    words.setPointSizeF(kFigurePoints + 1);
    notes.setPointSizeF(kFigurePoints);
    LanesStyle style = styleOf(words, notes);
    style.text = Qt::black;
    style.quiet = QColor(0x50, 0x50, 0x50);
    style.wrong = QColor(0xA8, 0x20, 0x20);
    style.hairline = QColor(0xB0, 0xB0, 0xB0);
    style.laneHeight = 17;  // the underline stays clear of the type
    style.lineGap = 8;
    style.widestName = 64;
    style.isFigure = true;
    style.hasKeys = false;
    return style;
}

void paintVerdict(QPainter& painter, const QRectF& box, const std::optional<eval::ErrorKind>& error,
                  const QColor& color) {
    painter.save();
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QRectF first(box.left(), box.center().y() - kSign / 2, kSign, kSign);
    if (!error) {
        painter.drawPolyline(QPolygonF{QPointF(first.left() + 1, first.center().y()),
                                       QPointF(first.left() + 4, first.bottom() - 2),
                                       QPointF(first.right() - 1, first.top() + 2)});
    } else if (*error == eval::ErrorKind::BoundaryAndType) {
        paintOneSign(painter, first, eval::ErrorKind::Type);
        paintOneSign(painter, first.translated(kSign + 2, 0), eval::ErrorKind::Boundary);
    } else {
        paintOneSign(painter, first, *error);
    }
    painter.restore();
}

LanesPicture::LanesPicture(const workflow::Case& shown, const LabelSet& labels, const LanesStyle& style, qreal width)
    : m_style(style) {
    const QFontMetricsF wordMetrics(style.wordFont), noteMetrics(style.noteFont);
    m_wordHeight = style.wordHeight > 0 ? style.wordHeight : wordMetrics.height() + 4;
    const workflow::CaseWords words = caseWords();
    std::vector<workflow::LaneMark> marks;
    for (std::size_t lane = 0; lane < shown.lanes.size(); ++lane) addLane(shown, lane, labels, words, marks);
    for (const LaneName& lane : m_lanes)
        m_nameWidth = std::max(m_nameWidth, noteMetrics.horizontalAdvance(lane.name) + (style.hasKeys ? 28 : 10));
    m_nameWidth = std::min(m_nameWidth, style.widestName);
    const bool hasSpaces = shown.join == JoinRule::Space;
    m_typeGap = hasSpaces ? 0 : kPad;  // no space keeps the type off the frame of its words
    const std::vector<double> widths = makeItems(shown, marks);
    const double wider = style.isReferenceInText ? kInTextSpace : hasSpaces ? kWiderSpace : kWiderGap;
    const double space =
        (hasSpaces ? wordMetrics.horizontalAdvance(QLatin1Char(' ')) : 1) * (style.isFigure ? 1 : wider);
    const double room = style.isOneLine ? kEndless : std::max(80.0, width - m_nameWidth);
    m_layout = workflow::layLanes(widths, marks, {room, space, 8});
    std::size_t segment = 0;
    for (std::size_t line = 0; line < m_layout.lines.size(); ++line) {
        m_tops.push_back(m_height);
        m_height += lineHeight(line) + (style.isOneLine ? 0 : m_layout.lines[line].hasMarks ? style.lineGap : 2);
        while (segment < m_layout.segments.size() && m_layout.segments[segment].line < static_cast<int>(line))
            ++segment;
        m_segments.push_back(segment);
    }
    for (const workflow::LaneLayout::Word& word : m_layout.words) m_width = std::max(m_width, m_nameWidth + word.right);
    for (const workflow::LaneLayout::Segment& part : m_layout.segments)
        m_width = std::max(m_width, m_nameWidth + part.right + marks[static_cast<std::size_t>(part.mark)].noteWidth);
    for (const LaneName& lane : m_lanes)
        if (!lane.remark.isEmpty() && !style.isOneLine) m_height += style.laneHeight;
}

std::vector<double> LanesPicture::makeItems(const workflow::Case& shown, std::vector<workflow::LaneMark>& marks) {
    const QFontMetricsF wordMetrics(m_style.wordFont), noteMetrics(m_style.noteFont);
    std::vector<int> typeBehind(shown.words.size(), -1);
    for (std::size_t mark = 0; mark < m_marks.size(); ++mark)
        if (const int last = m_marks[mark].last; isInText(m_marks[mark]) && last >= 0 && last < int(typeBehind.size()))
            typeBehind[static_cast<std::size_t>(last)] = static_cast<int>(mark);
    std::vector<double> widths;
    const std::vector<WordDisplay> words = displayOf(shown.words);
    for (std::size_t word = 0; word < words.size(); ++word) {
        m_placeOfWord.push_back(m_items.size());
        m_items.push_back({words[word].text, static_cast<int>(word), -1});
        widths.push_back(wordMetrics.horizontalAdvance(words[word].text));
        if (typeBehind[word] < 0) continue;
        const QString& type = m_marks[static_cast<std::size_t>(typeBehind[word])].type;
        m_items.push_back({type, -1, typeBehind[word]});
        widths.push_back(noteMetrics.horizontalAdvance(type) + kPad + m_typeGap);
    }
    const auto placeOf = [this](int word) {
        return word >= 0 && word < static_cast<int>(m_placeOfWord.size())
                   ? static_cast<int>(m_placeOfWord[static_cast<std::size_t>(word)])
               : word < 0 ? -1
                          : static_cast<int>(m_items.size());
    };
    for (workflow::LaneMark& mark : marks) {
        mark.first = placeOf(mark.first);
        mark.last = placeOf(mark.last);
    }
    return widths;
}

void LanesPicture::addLane(const workflow::Case& shown, std::size_t index, const LabelSet& labels,
                           const workflow::CaseWords& words, std::vector<workflow::LaneMark>& marks) {
    const workflow::Lane& lane = shown.lanes[index];
    const QFontMetricsF metrics(m_style.noteFont);
    LaneName name;
    name.name = lane.reading.kind == project::LayerKind::Gold ? translated(QT_TRANSLATE_NOOP("Cases", "gold"))
                : lane.reading.kind == project::LayerKind::Corrected
                    ? translated(QT_TRANSLATE_NOOP("Cases", "corrected"))
                    : fromUtf8(lane.reading.layer);
    if (const int number = workflow::laneNumber(shown, index); number >= 0 && number <= 9)
        name.key = QString::number(number);
    name.isThere = lane.reading.isCovered;
    if (!name.isThere) name.remark = m_style.missing.isEmpty() ? fromUtf8(words.missing) : m_style.missing;
    if (lane.reading.isAligned) name.remark = fromUtf8(words.aligned);
    m_lanes.push_back(name);
    const bool isInWords = m_style.isReferenceInText && lane.isReference;
    const bool hasRow = name.isThere || m_style.isOneLine;
    m_rowOfLane.push_back(isInWords ? kInText : hasRow ? m_rows++ : kNoRow);
    if (!name.isThere) return;
    for (const workflow::LaneEntity& e : lane.entities) {
        Mark mark;
        mark.lane = index;
        mark.type = fromUtf8(e.entity.type);
        mark.color = Theme::labelColor(e.entity.type, labels);
        mark.error = e.error;
        mark.isJudged = lane.isJudged;
        mark.isMissed = e.isMissed();
        mark.first = e.entity.first;
        mark.last = e.entity.last;
        QStringList note;
        if (e.error) note << fromUtf8(words.of(e.error));
        if (!mark.isMissed && e.entity.confidence) note << confidenceText(e.entity);
        mark.note = note.join(QLatin1Char(' '));
        // Where the lane's next mark follows at once the sign stands inside: room for it would tear the text apart.
        const auto follows = [&](const workflow::LaneEntity& other) { return other.entity.first == e.entity.last + 1; };
        // A figure has no tooltips: there the words are worth more.
        mark.isTight = !m_style.isFigure && std::any_of(lane.entities.begin(), lane.entities.end(), follows);
        const qreal sign = mark.isJudged ? signWidth(e.error) + kPad : 0;
        const qreal noteWidth =
            mark.isTight ? 0 : sign + (mark.note.isEmpty() ? 0 : metrics.horizontalAdvance(mark.note) + kPad);
        const auto widthOf = [&](const QString& text) {
            return isInWords ? 0 : metrics.horizontalAdvance(text) + 2 * kPad;
        };
        const qreal inside = mark.isTight && !isInWords ? sign : 0;
        marks.push_back({static_cast<int>(index), e.entity.first, e.entity.last, widthOf(mark.type) + inside,
                         isInWords ? 0 : noteWidth, widthOf(kGoesOn + mark.type) + inside});
        m_marks.push_back(std::move(mark));
    }
}

QString LanesPicture::noteOf(std::size_t mark) const {
    return (m_marks[mark].type + QLatin1Char(' ') + m_marks[mark].note).trimmed();
}

qreal LanesPicture::lineHeight(std::size_t line) const {
    const bool hasRows = m_layout.lines[line].hasMarks || m_style.isOneLine;
    return m_wordHeight + (hasRows ? m_rows * m_style.laneHeight : 0);
}

QRectF LanesPicture::itemRect(std::size_t item) const {
    const workflow::LaneLayout::Word& place = m_layout.words[item];
    return {m_nameWidth + place.left, m_tops[static_cast<std::size_t>(place.line)], place.right - place.left,
            m_wordHeight};
}

QRectF LanesPicture::segmentRect(const workflow::LaneLayout::Segment& segment) const {
    const Mark& mark = m_marks[static_cast<std::size_t>(segment.mark)];
    if (isInText(mark))
        return {m_nameWidth + segment.left - 2, m_tops[static_cast<std::size_t>(segment.line)] + 1,
                segment.right - segment.left + 4, m_wordHeight - 3};
    const qreal top =
        m_tops[static_cast<std::size_t>(segment.line)] + m_wordHeight + m_rowOfLane[mark.lane] * m_style.laneHeight;
    return {m_nameWidth + segment.left, top + 2, segment.right - segment.left, m_style.laneHeight - 5};
}

QString LanesPicture::segmentText(const workflow::LaneLayout::Segment& segment) const {
    const QString& type = m_marks[static_cast<std::size_t>(segment.mark)].type;
    return segment.begins ? type : kGoesOn + type;
}

std::vector<LanesPicture::Part> LanesPicture::partsOf(std::size_t mark) const {
    std::vector<Part> parts;
    for (const workflow::LaneLayout::Segment& segment : m_layout.segments)
        if (segment.mark == static_cast<int>(mark)) parts.push_back({segmentRect(segment), segmentText(segment)});
    return parts;
}

void LanesPicture::paintInText(QPainter& painter, const workflow::LaneLayout::Segment& segment) const {
    const Mark& mark = m_marks[static_cast<std::size_t>(segment.mark)];
    const QRectF box = segmentRect(segment);
    QPainterPath outline;
    outline.addRoundedRect(box, kRadius, kRadius);
    painter.fillPath(outline, m_style.isFigure ? paperTint(mark.color) : Theme::tint(mark.color));
    painter.fillRect(QRectF(box.left() + 2, box.bottom() - 2, box.width() - 4, 2), mark.color);
}

void LanesPicture::paintSegment(QPainter& painter, const workflow::LaneLayout::Segment& segment) const {
    const Mark& mark = m_marks[static_cast<std::size_t>(segment.mark)];
    const QRectF box = segmentRect(segment);
    const QPainterPath outline = segmentOutline(box.adjusted(0.5, 0.5, -0.5, -0.5), segment.begins, segment.ends);
    if (mark.isMissed) {
        QPen pen(m_style.quiet, 1);
        pen.setDashPattern({3, 2.5});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(outline);
    } else {
        painter.fillPath(outline, m_style.isFigure ? paperTint(mark.color) : Theme::tint(mark.color));
        painter.fillRect(QRectF(box.left() + 2, box.bottom() - 2, box.width() - 4, 2), mark.color);
    }
    painter.setFont(m_style.noteFont);
    painter.setPen(mark.isMissed ? m_style.quiet : Theme::ink(mark.color));
    painter.drawText(box.adjusted(kPad, 0, 0, -1), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     segmentText(segment));
    if (!segment.ends) return;
    paintVerdictOf(painter, segment, box);
}

/// The sign behind a mark, or inside it where another one follows at once; then what is written, where there is room.
void LanesPicture::paintVerdictOf(QPainter& painter, const workflow::LaneLayout::Segment& segment,
                                  const QRectF& box) const {
    const Mark& mark = m_marks[static_cast<std::size_t>(segment.mark)];
    const QColor ink = mark.error ? m_style.wrong : m_style.quiet;
    const qreal sign = mark.isJudged ? signWidth(mark.error) : 0;
    qreal left = mark.isTight ? box.right() - sign - kPad / 2 : box.right() + kPad;
    if (mark.isJudged) {
        paintVerdict(painter, QRectF(left, box.top(), sign, box.height()), mark.error, ink);
        left += sign + kPad;
    }
    if (mark.isTight) {
        left = box.right() + kPad;
        if (QFontMetricsF(m_style.noteFont).horizontalAdvance(mark.note) > roomBehind(segment)) return;
    }
    painter.setPen(ink);
    painter.drawText(QRectF(left, box.top(), 400, box.height() - 1),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, mark.note);
}

/// Between a mark and the next one of its lane on the line; nothing is in the way where there is none.
qreal LanesPicture::roomBehind(const workflow::LaneLayout::Segment& segment) const {
    const std::size_t lane = m_marks[static_cast<std::size_t>(segment.mark)].lane;
    qreal room = kEndless;
    for (const workflow::LaneLayout::Segment& other : m_layout.segments)
        if (other.line == segment.line && m_marks[static_cast<std::size_t>(other.mark)].lane == lane &&
            other.left >= segment.right)
            room = std::min(room, other.left - segment.right - 2 * kPad);
    return room;
}

void LanesPicture::paintLine(QPainter& painter, std::size_t line, int first, int last) const {
    const workflow::LaneLayout::Line& place = m_layout.lines[line];
    const auto segments = [&](auto draw) {
        for (std::size_t s = m_segments[line];
             s < m_layout.segments.size() && m_layout.segments[s].line == static_cast<int>(line); ++s)
            draw(m_layout.segments[s]);
    };
    segments([&](const workflow::LaneLayout::Segment& segment) {
        if (isInText(m_marks[static_cast<std::size_t>(segment.mark)])) paintInText(painter, segment);
    });
    QRectF chosen;
    for (int item = place.firstWord; item <= place.lastWord; ++item)
        if (const int word = m_items[static_cast<std::size_t>(item)].word; word >= 0 && word >= first && word <= last)
            chosen |= itemRect(static_cast<std::size_t>(item));
    if (first >= 0 && !chosen.isEmpty()) {
        painter.setPen(QPen(Theme::color(Theme::Role::Accent), 1.5));
        painter.setBrush(m_style.isReferenceInText ? QBrush(Qt::NoBrush)
                                                   : QBrush(Theme::color(Theme::Role::AccentSurface)));
        painter.drawRoundedRect(chosen.adjusted(-3, 0, 3, m_style.isReferenceInText ? -2 : 0), kRadius, kRadius);
    }
    const QRectF clip = painter.hasClipping() ? painter.clipBoundingRect() : QRectF();
    for (int index = place.firstWord; index <= place.lastWord; ++index) {
        const QRectF box = itemRect(static_cast<std::size_t>(index));
        if (!clip.isEmpty() && (box.right() < clip.left() - 40 || box.left() > clip.right())) continue;
        const Item& item = m_items[static_cast<std::size_t>(index)];
        painter.setFont(item.word >= 0 ? m_style.wordFont : m_style.noteFont);
        painter.setPen(item.word >= 0 ? m_style.text : Theme::ink(m_marks[static_cast<std::size_t>(item.mark)].color));
        const qreal shift = item.word >= 0 ? 0 : 1;  // the small type sits nearer to the line of the words
        painter.drawText(box.translated(item.word >= 0 ? 0 : shift + m_typeGap, shift),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip | Qt::TextSingleLine, item.text);
    }
    if (!m_style.isOneLine && place.hasMarks) paintLaneNames(painter, line);
    segments([&](const workflow::LaneLayout::Segment& segment) {
        if (!isInText(m_marks[static_cast<std::size_t>(segment.mark)])) paintSegment(painter, segment);
    });
}

void LanesPicture::paintLaneNames(QPainter& painter, std::size_t line) const {
    painter.setFont(m_style.noteFont);
    const QFontMetricsF metrics(m_style.noteFont);
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const int at = m_rowOfLane[lane];
        if (at == kNoRow) continue;
        QRectF row(0, m_tops[line], m_nameWidth, m_wordHeight - 1);
        if (at != kInText)
            row = QRectF(0, m_tops[line] + m_wordHeight + at * m_style.laneHeight, m_nameWidth, m_style.laneHeight - 1);
        const qreal left = m_style.hasKeys ? 16 : 0;
        painter.setPen(m_style.quiet);
        if (m_style.hasKeys) painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, m_lanes[lane].key);
        painter.setPen(m_style.text);
        painter.drawText(row.adjusted(left, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_lanes[lane].name, Qt::ElideRight, m_nameWidth - left - 8));
    }
}

void LanesPicture::paintNames(QPainter& painter) const {
    if (m_tops.empty()) return;
    paintLaneNames(painter, 0);
    painter.setFont(m_style.noteFont);
    painter.setPen(m_style.quiet);
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
        if (!m_lanes[lane].remark.isEmpty() && m_rowOfLane[lane] >= 0 && !m_lanes[lane].isThere)
            painter.drawText(QRectF(m_nameWidth, m_wordHeight + m_rowOfLane[lane] * m_style.laneHeight, 4000,
                                    m_style.laneHeight - 1),
                             Qt::AlignLeft | Qt::AlignVCenter, m_lanes[lane].remark);
}

void LanesPicture::paint(QPainter& painter, const QRectF& clip, int first, int last) const {
    for (std::size_t line = 0; line < m_layout.lines.size(); ++line) {
        if (m_tops[line] > clip.bottom() || m_tops[line] + lineHeight(line) < clip.top()) continue;
        paintLine(painter, line, first, last);
    }
    if (m_style.isOneLine) return;
    painter.setFont(m_style.noteFont);
    painter.setPen(m_style.quiet);
    qreal bottom = m_height;
    for (auto lane = m_lanes.rbegin(); lane != m_lanes.rend(); ++lane) {
        if (lane->remark.isEmpty()) continue;
        bottom -= m_style.laneHeight;
        painter.drawText(QRectF(m_style.hasKeys ? 16 : 0, bottom, 4000, m_style.laneHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, lane->name + QStringLiteral(": ") + lane->remark);
    }
}

int LanesPicture::wordAt(const QPointF& point) const {
    for (std::size_t line = m_tops.size(); line-- > 0;) {
        if (point.y() < m_tops[line]) continue;
        int nearest = -1;
        qreal least = 0;
        for (int item = m_layout.lines[line].firstWord; item <= m_layout.lines[line].lastWord; ++item) {
            const int word = m_items[static_cast<std::size_t>(item)].word;
            if (word < 0) continue;
            const QRectF box = itemRect(static_cast<std::size_t>(item));
            const qreal away = std::max({box.left() - point.x(), point.x() - box.right(), 0.0});
            if (nearest < 0 || away < least) {
                nearest = word;
                least = away;
            }
        }
        return nearest;
    }
    return -1;
}

std::optional<std::size_t> LanesPicture::markIndexAt(const QPointF& point) const {
    for (const workflow::LaneLayout::Segment& segment : m_layout.segments)
        if (segmentRect(segment).contains(point)) return static_cast<std::size_t>(segment.mark);
    return std::nullopt;
}

std::optional<std::pair<int, int>> LanesPicture::markAt(const QPointF& point) const {
    const auto index = markIndexAt(point);
    return index ? std::optional(std::pair(m_marks[*index].first, m_marks[*index].last)) : std::nullopt;
}

std::optional<std::size_t> LanesPicture::laneNameAt(const QPointF& point) const {
    if (point.x() < 0 || point.x() >= m_nameWidth) return std::nullopt;
    for (std::size_t line = 0; line < m_layout.lines.size(); ++line)
        for (std::size_t lane = 0; m_layout.lines[line].hasMarks && lane < m_lanes.size(); ++lane) {
            const qreal top = m_tops[line] + m_wordHeight + m_rowOfLane[lane] * m_style.laneHeight;
            if (m_rowOfLane[lane] >= 0 && point.y() >= top && point.y() < top + m_style.laneHeight) return lane;
        }
    return std::nullopt;
}

qreal LanesPicture::lineTopFrom(qreal y) const {
    const auto top = std::lower_bound(m_tops.begin(), m_tops.end(), y);
    return top != m_tops.end() ? *top : m_tops.empty() ? 0 : m_tops.back();
}

QRectF LanesPicture::placeOfWord(int word) const {
    return word >= 0 && word < static_cast<int>(m_placeOfWord.size()) ? wordRect(static_cast<std::size_t>(word))
                                                                      : QRectF();
}

QRectF LanesPicture::placeOf(int first, int last) const {
    if (first < 0 || last >= static_cast<int>(m_placeOfWord.size())) return {};
    const QRectF words = wordRect(static_cast<std::size_t>(first)).united(wordRect(static_cast<std::size_t>(last)));
    const auto line = static_cast<std::size_t>(m_layout.words[m_placeOfWord[static_cast<std::size_t>(last)]].line);
    return words.united(QRectF(words.left(), m_tops[line], 1, lineHeight(line)));
}

}  // namespace mnerva::ui
