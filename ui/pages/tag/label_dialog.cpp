#include "ui/pages/tag/label_dialog.h"

#include <QColorDialog>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/label_names.h"
#include "ui/session/project_session.h"
#include "ui/widgets/banner.h"

namespace mnerva::ui {
namespace {

constexpr int kTypingMs = 250, kSwatch = 16, kKeys = 20;

/// "1" to "0", then "⇧1" to "⇧0"; behind them places have numbers alone.
QString keyOfPlace(int place) {
    const QString digit = QString::number((place + 1) % 10);
    return place < 10 ? digit : QStringLiteral("⇧") + digit;
}

}  // namespace

/// What a label's change would do, read in the background.
struct LabelDialog::Count {
    bool removing = false;
    std::stop_source stop;
    std::optional<project::LabelEdit> edit;
    std::optional<Error> error;
};

LabelDialog::LabelDialog(ProjectSession& session, std::string type, QWidget* parent)
    : QDialog(parent), m_session(session), m_type(std::move(type)), m_banner(new Banner) {
    setObjectName(QStringLiteral("labelDialog"));
    setWindowTitle(isNew() ? tr("New label") : asWindowTitle(tr("Label %1").arg(fromUtf8(m_type))));
    resize(520, 440);
    makeFields();
    layOut();
    fill();
    m_wait.setSingleShot(true);
    m_wait.setInterval(kTypingMs);
    connect(&m_wait, &QTimer::timeout, this, [this] { count(false); });
    connect(m_name, &QLineEdit::textChanged, this, &LabelDialog::check);
    connect(m_colour, &QToolButton::clicked, this, &LabelDialog::pickColour);
    connect(m_save, &QPushButton::clicked, this, &LabelDialog::save);
    connect(m_remove, &QPushButton::clicked, this, &LabelDialog::remove);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&session, &ProjectSession::closed, this, &QDialog::reject);
    check();
    m_name->setFocus();
    m_name->selectAll();
}

LabelDialog::~LabelDialog() {
    if (m_count) m_count->stop.request_stop();
    m_stopWriting.request_stop();
}

void LabelDialog::makeFields() {
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("labelName"));
    m_colour = new QToolButton;
    m_colour->setObjectName(QStringLiteral("labelColour"));
    m_colour->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_usualColour = new QToolButton;
    m_usualColour->setObjectName(QStringLiteral("labelUsualColour"));
    m_usualColour->setAutoRaise(true);
    m_usualColour->setText(tr("Back to the usual one"));
    connect(m_usualColour, &QToolButton::clicked, this, [this] { setColour({}); });
    m_place = new QComboBox;
    m_place->setObjectName(QStringLiteral("labelPlace"));
    m_parent = new QComboBox;
    m_parent->setObjectName(QStringLiteral("labelParent"));
    m_description = new QPlainTextEdit;
    m_description->setObjectName(QStringLiteral("labelDescription"));
    m_description->setPlaceholderText(
        tr("What gets this label and what does not, with examples. Markdown may be used."));
    m_description->setTabChangesFocus(true);
    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("labelMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_save = new QPushButton(isNew() ? tr("Add label") : tr("Save"));
    m_save->setObjectName(QStringLiteral("labelSave"));
    m_save->setDefault(true);
    m_remove = new QPushButton(tr("Delete…"));
    m_remove->setObjectName(QStringLiteral("labelRemove"));
    m_remove->setAutoDefault(false);
    m_remove->setVisible(!isNew());
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setAutoDefault(false);
}

void LabelDialog::layOut() {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setVerticalSpacing(8);
    form->addRow(tr("&Name"), m_name);
    auto* colours = new QHBoxLayout;
    colours->addWidget(m_colour);
    colours->addWidget(m_usualColour);
    colours->addStretch();
    form->addRow(tr("C&olour"), colours);
    static_cast<QLabel*>(form->labelForField(colours))->setBuddy(m_colour);
    form->addRow(tr("&Key"), m_place);
    form->addRow(tr("A kind &of"), m_parent);
    form->addRow(tr("&Guideline"), m_description);
    column->addLayout(form, 1);
    column->addWidget(m_message);
    auto* last = new QHBoxLayout;
    last->addWidget(m_remove);
    last->addStretch();
    last->addWidget(m_cancel);
    last->addWidget(m_save);
    column->addLayout(last);
}

void LabelDialog::fill() {
    const LabelSet& labels = m_session.labels();
    const LabelNote& note = labels.noteOf(m_type);
    const int count = static_cast<int>(labels.types.size()) + (isNew() ? 1 : 0);
    for (int place = 0; place < count; ++place)
        m_place->addItem(place < kKeys ? keyOfPlace(place) : tr("none (place %1)").arg(place + 1));
    m_place->setCurrentIndex(isNew() ? count - 1 : labels.indexOf(m_type).value_or(0));
    m_parent->addItem(tr("nothing"), QString());
    for (const std::string& other : labels.types)
        if (other != m_type) m_parent->addItem(fromUtf8(other), fromUtf8(other));
    m_parent->setCurrentIndex(std::max(0, m_parent->findData(fromUtf8(note.parent))));
    m_name->setText(fromUtf8(m_type));
    m_description->setPlainText(fromUtf8(note.description));
    setColour(fromUtf8(note.colour));
}

void LabelDialog::setColour(const QString& colour) {
    m_colourText = toUtf8(colour);
    paintColour();
}

void LabelDialog::paintColour() {
    LabelSet labels = m_session.labels();
    const std::string shown = isNew() ? toUtf8(m_name->text().trimmed()) : m_type;
    labels.add(shown);
    labels.setNote(shown, {m_colourText, {}, {}});
    QPixmap pixmap(kSwatch, kSwatch);
    pixmap.fill(Theme::labelColor(shown, labels));
    m_colour->setIcon(pixmap);
    m_colour->setText(m_colourText.empty() ? tr("usual") : fromUtf8(m_colourText));
    m_usualColour->setVisible(!m_colourText.empty());
    m_colour->setAccessibleName(tr("Colour: %1").arg(m_colour->text()));
}

void LabelDialog::pickColour() {
    QColorDialog picker(this);
    picker.setOption(QColorDialog::DontUseNativeDialog);
    picker.setCurrentColor(m_colourText.empty() ? Theme::labelColor(m_type, m_session.labels())
                                                : QColor(fromUtf8(m_colourText)));
    if (picker.exec() == QDialog::Accepted) setColour(picker.currentColor().name(QColor::HexRgb));
}

project::LabelDraft LabelDialog::draft() const {
    project::LabelDraft out;
    out.name = toUtf8(m_name->text().trimmed());
    out.note = {m_colourText, toUtf8(m_description->toPlainText().trimmed()),
                toUtf8(m_parent->currentData().toString())};
    out.place = m_place->currentIndex();
    return out;
}

bool LabelDialog::isMerge() const {
    const std::string name = toUtf8(m_name->text().trimmed());
    return !isNew() && name != m_type && m_session.labels().contains(name);
}

QString LabelDialog::message() const {
    return m_message->text();
}

/// After each letter: what is wrong with the name, at once; what a new one changes, when nobody types any more.
void LabelDialog::check() {
    if (m_count) m_count->stop.request_stop();
    m_count.reset();
    m_removalAsked = false;
    m_remove->setText(tr("Delete…"));
    std::vector<std::string> others = m_session.labels().types;
    std::erase(others, m_type);
    const QString name = m_name->text().trimmed();
    const QString wrong = isMerge() ? QString() : whyNoLabelName(name, others);
    m_message->setText(wrong);
    // A write that failed waits for its retry: nothing may come before it.
    const bool mayWrite = !m_writing && !m_session.isReadOnly() && !m_session.isSaveFailed();
    m_save->setEnabled(wrong.isEmpty() && mayWrite);
    m_remove->setEnabled(mayWrite);
    m_save->setText(isNew() ? tr("Add label") : isMerge() ? tr("Merge") : tr("Save"));
    if (isNew()) paintColour();
    const bool isRenamed = !isNew() && toUtf8(name) != m_type;
    if (isRenamed && wrong.isEmpty())
        m_wait.start();
    else
        m_wait.stop();
}

void LabelDialog::count(bool removing) {
    auto count = std::make_shared<Count>();
    count->removing = removing;
    m_count = count;
    m_message->setText(tr("Counting what has this label…"));
    m_session.read(
        [count, type = m_type, draft = draft()](const project::Project& project) {
            if (count->stop.stop_requested()) return;
            try {
                count->edit = count->removing
                                  ? project::removingLabel(project, type, {}, count->stop.get_token())
                                  : project::editingLabel(project, type, draft, {}, count->stop.get_token());
            } catch (const Cancelled&) {
            } catch (const Error& error) {
                count->error = error;
            }
        },
        [self = QPointer<LabelDialog>(this), count] {
            if (self && self->m_count == count) self->countArrived(*count);
        });
}

void LabelDialog::countArrived(const Count& count) {
    if (count.error) m_message->setText(errorText(*count.error));
    if (!count.edit) return;
    m_message->setText(consequence(*count.edit));
    if (!count.removing) return;
    m_removalAsked = true;
    m_remove->setEnabled(!m_writing);
    m_remove->setText(tr("Delete label and %n entities", nullptr, static_cast<int>(count.edit->entities)));
}

QString LabelDialog::consequence(const project::LabelEdit& edit) const {
    QStringList parts;
    const QString name = m_name->text().trimmed(), old = fromUtf8(m_type);
    if (isMerge()) parts << tr("There is a label %1 already: both become one.").arg(name);
    const QString posts = tr("%n posts", "that a label is changed in", static_cast<int>(edit.posts));
    parts << (m_count && m_count->removing
                  ? tr("%n entities in %1 lose it.", nullptr, static_cast<int>(edit.entities)).arg(posts)
                  : tr("%n entities in %1 change.", nullptr, static_cast<int>(edit.entities)).arg(posts));
    if (edit.isKept) parts << tr("Gold or another layer has %1 too, so it stays, as the last one.").arg(old);
    parts << tr("Undo takes it back.");
    return parts.join(QLatin1Char(' '));
}

void LabelDialog::save() {
    if (!m_save->isEnabled()) return;
    write([type = m_type, draft = draft(), token = m_stopWriting.get_token()](
              const project::Project& project) { return project::editingLabel(project, type, draft, {}, token); },
          tr("The label was not changed."));
}

void LabelDialog::remove() {
    if (!m_removalAsked) {
        m_remove->setEnabled(false);
        count(true);
        return;
    }
    write([type = m_type, token = m_stopWriting.get_token()](
              const project::Project& project) { return project::removingLabel(project, type, {}, token); },
          tr("The label was not deleted."));
}

void LabelDialog::write(std::function<project::LabelEdit(const project::Project&)> make, const QString& failed) {
    m_writing = true;
    m_save->setEnabled(false);
    m_remove->setEnabled(false);
    auto entities = std::make_shared<int>(0);
    m_session.applyMany(
        [make = std::move(make), entities](const project::Project& project) {
            project::LabelEdit edit = make(project);
            *entities = static_cast<int>(edit.entities);
            return std::move(edit.change);
        },
        {}, m_stopWriting.get_token(),
        [self = QPointer<LabelDialog>(this), entities, failed](std::optional<Error> error,
                                                               std::optional<Change> change) {
            if (!self) return;
            self->m_writing = false;
            self->check();
            if (error) self->m_banner->showError(*error, failed);
            if (!change) return;
            Q_EMIT self->written(*entities, static_cast<int>(change->posts.size()));
            self->accept();
        });
}

}  // namespace mnerva::ui
