#include "ui/pages/train/run_notes.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/check_texts.h"

namespace mnerva::ui {
namespace {

constexpr int kShownWarnings = 100;
constexpr int kNoteMark = 20;

QLabel* plainLabel(const QString& text, const QFont& font) {
    auto* label = new QLabel(text);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* quiet(const QString& text) {
    QLabel* label = plainLabel(text, Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

RunNotes::RunNotes(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("runNotes"));
    m_layout->setContentsMargins(0, Theme::kGrid, Theme::kGrid, 0);
    m_log = quiet({});
    m_log->setObjectName(QStringLiteral("trainLog"));
    m_log->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_layout->addWidget(m_log);
    m_layout->addStretch(1);
}

void RunNotes::show(const protocol::RunHistory& history) {
    std::vector<Note> notes;
    for (const protocol::TrainCheck& check : history.checks) {
        Note note;
        note.text = check.overruled ? tr("%1 (overruled)").arg(checkText(check)) : checkText(check);
        note.advice = checkAdvice(check);
        note.examples = checkExamples(check).join(tr("; ", "between examples"));
        note.isLeak = protocol::isLeak(check);
        for (const std::int64_t post : check.posts.value_or(std::vector<std::int64_t>{}))
            note.posts.push_back(PostId{post});
        notes.push_back(std::move(note));
    }
    std::stable_sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) { return a.isLeak > b.isLeak; });
    QStringList warnings;
    for (const protocol::WarningEvent& warning : history.warnings) {
        if (warnings.size() >= kShownWarnings) {
            warnings << tr("and %Ln more", nullptr, int(history.warnings.size()) - kShownWarnings);
            break;
        }
        const QString line = findingText(warning.code, warning.count);
        warnings << (warning.text.empty() ? line : tr("%1 (%2)").arg(line, fromUtf8(warning.text)));
    }
    if (m_body && notes == m_notes && warnings == m_warnings) return;
    m_notes = std::move(notes);
    m_warnings = std::move(warnings);
    fill();
}

void RunNotes::retranslate() {
    delete m_body;  // the next show() says all of it anew
    m_body = nullptr;
}

void RunNotes::fill() {
    delete m_body;
    m_body = new QWidget(this);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * Theme::kGrid);
    int number = 0;
    for (const Note& note : m_notes) column->addWidget(makeNote(note, ++number));
    if (std::any_of(m_notes.begin(), m_notes.end(), [](const Note& note) { return note.isLeak; }))
        column->addWidget(
            quiet(tr("Counted are the posts that have a twin in an earlier split (train, valid, test). The label "
                     "errors of Cases count a post once, for its text or its picture file; what pictures look like "
                     "is compared here alone.")));
    m_layout->insertWidget(0, m_body);
    m_log->setText(m_warnings.join(QLatin1Char('\n')));
    m_log->setVisible(!m_warnings.isEmpty());
}

QWidget* RunNotes::makeNote(const Note& note, int number) {
    auto* whole = new QWidget;
    auto* row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    auto* mark = new QLabel;
    const auto role = note.isLeak ? Theme::Role::Warning : Theme::Role::SecondaryText;
    mark->setPixmap(
        Theme::pixmap(note.isLeak ? QStringLiteral("warning") : QStringLiteral("info"), Theme::color(role), kNoteMark));
    mark->setAccessibleName(note.isLeak ? tr("warning") : tr("note"));
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    QLabel* text = plainLabel(note.text, Theme::bodyFont());
    text->setObjectName(QStringLiteral("note-%1").arg(number));
    texts->addWidget(text);
    for (const QString& line : {note.advice, note.examples})
        if (!line.isEmpty()) texts->addWidget(quiet(line));
    row->addLayout(texts, 1);
    if (!note.posts.empty()) {
        auto* button = new QPushButton(tr("Show these posts"));
        button->setObjectName(QStringLiteral("showPosts-%1").arg(number));
        button->setToolTip(tr("%Ln post(s) on the Tag page, both posts of each pair", nullptr, int(note.posts.size())));
        connect(button, &QPushButton::clicked, this, [this, note] { Q_EMIT postsWanted(note.posts, note.text); });
        row->addWidget(button, 0, Qt::AlignTop);
    }
    return whole;
}

}  // namespace mnerva::ui
