#include "ui/pages/data/gazetteer_preview.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/gazetteer/pattern.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kClashRows = 5, kTableRow = 28;
enum FindColumn { FindLabel, FindWords, FindAround, FindSource, kFindColumns };
enum ClashColumn { ClashWords, ClashTaken, ClashOther, ClashCount, kClashColumns };

int asInt(std::int64_t count) {
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

QTableWidgetItem* plainCell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(text);
    return item;
}

}  // namespace

GazetteerPreview::GazetteerPreview(QWidget* parent)
    : QWidget(parent),
      m_count(new QLabel),
      m_notes(new QLabel),
      m_clashTitle(new QLabel(tr("The same words with two labels"))),
      m_addLabels(new QPushButton(tr("Add these labels to the project"))) {
    m_count->setObjectName(QStringLiteral("gazetteerCount"));
    m_count->setWordWrap(true);
    m_notes->setObjectName(QStringLiteral("gazetteerNotes"));
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_notes->setFont(Theme::secondaryFont());
    m_addLabels->setObjectName(QStringLiteral("gazetteerAddLabels"));
    m_addLabels->setAutoDefault(false);
    m_examples = makeTable(QStringLiteral("gazetteerExamples"), tr("Some of what is found, drawn at random"),
                           {tr("Label"), tr("Found"), tr("Drawn at random"), tr("By")});
    m_clashes = makeTable(QStringLiteral("gazetteerClashes"), m_clashTitle->text(),
                          {tr("Words"), tr("Counts"), tr("Does not count"), tr("Times")});
    m_clashes->setFixedHeight((kClashRows + 1) * kTableRow);
    m_examples->horizontalHeader()->setSectionResizeMode(FindAround, QHeaderView::Stretch);
    m_examples->setColumnWidth(FindLabel, 64);
    m_examples->setColumnWidth(FindWords, 128);
    m_examples->setColumnWidth(FindSource, 96);
    m_clashes->horizontalHeader()->setSectionResizeMode(ClashWords, QHeaderView::Stretch);
    for (const int column : {ClashTaken, ClashOther}) m_clashes->setColumnWidth(column, 152);
    m_clashes->setColumnWidth(ClashCount, 64);
    m_clashes->horizontalHeaderItem(ClashCount)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* adding = new QHBoxLayout;
    adding->addWidget(m_addLabels);
    adding->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_count);
    column->addWidget(m_notes);
    column->addLayout(adding);
    column->addWidget(m_examples, 1);
    column->addWidget(m_clashTitle);
    column->addWidget(m_clashes);
    connect(m_addLabels, &QPushButton::clicked, this, &GazetteerPreview::labelsWanted);
    showReport(nullptr);
}

QTableWidget* GazetteerPreview::makeTable(const QString& name, const QString& title, const QStringList& heads) {
    auto* table = new QTableWidget(0, static_cast<int>(heads.size()));
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->setHorizontalHeaderLabels(heads);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(kTableRow);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

void GazetteerPreview::setLabelsCanBeAdded(bool can) {
    m_canAdd = can;
    m_addLabels->setEnabled(can);
}

void GazetteerPreview::showReport(const workflow::GazetteerReport* report) {
    const bool isThere = report != nullptr;
    if (!isThere) {
        m_count->setText(tr("Looking through the posts…"));
        m_notes->hide();
        m_addLabels->hide();
        return;
    }
    QStringList labels;
    for (const auto& [label, count] : report->labels)
        labels << QStringLiteral("%1 %2").arg(QLocale().toString(static_cast<qlonglong>(count)), fromUtf8(label));
    const QString posts = tr("%1 of %Ln post(s)", nullptr, asInt(report->posts))
                              .arg(QLocale().toString(static_cast<qlonglong>(report->postsWithFinds)));
    QString text = tr("%Ln suggestion(s) in %1", "%1: 3 of 60 posts", asInt(report->entities)).arg(posts);
    if (!labels.isEmpty()) text += tr(": ", "before a list") + labels.join(tr(", ", "in a list"));
    m_count->setText(text);
    const QStringList notes = gazetteerNotes(*report);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_addLabels->setVisible(!report->unknownLabels.empty());
    m_addLabels->setEnabled(m_canAdd);
    showExamples(*report);
    showClashes(*report);
}

void GazetteerPreview::showExamples(const workflow::GazetteerReport& report) {
    m_examples->setRowCount(static_cast<int>(report.examples.size()));
    for (std::size_t i = 0; i < report.examples.size(); ++i) {
        const workflow::GazetteerExample& one = report.examples[i];
        const int row = static_cast<int>(i);
        const QString words = fromUtf8(one.words).simplified();
        m_examples->setItem(row, FindLabel, plainCell(fromUtf8(one.label)));
        m_examples->setItem(row, FindWords, plainCell(words));
        m_examples->setItem(
            row, FindAround,
            plainCell(QStringLiteral("%1 [%2] %3").arg(fromUtf8(one.before), words, fromUtf8(one.after)).simplified()));
        m_examples->setItem(row, FindSource, plainCell(fromUtf8(one.source)));
    }
}

void GazetteerPreview::showClashes(const workflow::GazetteerReport& report) {
    m_clashTitle->setVisible(!report.clashes.empty());
    m_clashes->setVisible(!report.clashes.empty());
    m_clashes->setRowCount(static_cast<int>(report.clashes.size()));
    for (std::size_t i = 0; i < report.clashes.size(); ++i) {
        const workflow::ClashReport& one = report.clashes[i];
        const int row = static_cast<int>(i);
        const auto side = [](const std::string& label, const std::string& source) {
            return tr("%1 by %2", "a label, a word list").arg(fromUtf8(label), fromUtf8(source));
        };
        m_clashes->setItem(row, ClashWords, plainCell(fromUtf8(one.words).simplified()));
        m_clashes->setItem(row, ClashTaken, plainCell(side(one.label, one.source)));
        m_clashes->setItem(row, ClashOther, plainCell(side(one.otherLabel, one.otherSource)));
        QTableWidgetItem* count = plainCell(QLocale().toString(static_cast<qlonglong>(one.count)));
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_clashes->setItem(row, ClashCount, count);
    }
}

QStringList gazetteerNotes(const workflow::GazetteerReport& report) {
    using Fault = workflow::SourceReport::Fault;
    QStringList notes;
    for (const auto& [label, count] : report.unknownLabels)
        notes << GazetteerPreview::tr("%Ln find(s) are left out: %1 is no label of this project.", nullptr,
                                      asInt(count))
                     .arg(fromUtf8(label));
    for (const workflow::SourceReport& one : report.sources) {
        const QString name = fromUtf8(one.name);
        switch (one.fault) {
            case Fault::Missing:
                notes << GazetteerPreview::tr("%1 is left out: its file is not in the project's folder. Add it again.")
                             .arg(name);
                break;
            case Fault::Changed:
                notes << GazetteerPreview::tr(
                             "%1 is left out: its file in the project's folder was changed. Add it again.")
                             .arg(name);
                break;
            case Fault::Everything:
                notes << GazetteerPreview::tr("%1 is left out: it covers more than half of all words.").arg(name);
                break;
            case Fault::None:
                break;
        }
        if (one.withoutLabel > 0)
            notes << GazetteerPreview::tr("%1: %Ln name(s) have no label. Give the list one.", nullptr,
                                          asInt(one.withoutLabel))
                         .arg(name);
        if (one.tooShort > 0)
            notes << GazetteerPreview::tr("%1: %Ln name(s) are too short to be looked for.", nullptr,
                                          asInt(one.tooShort))
                         .arg(name);
        if (one.offWords > 0)
            notes << GazetteerPreview::tr("%1: %Ln match(es) begin or end inside of a word and are left out.", nullptr,
                                          asInt(one.offWords))
                         .arg(name);
        if (one.tooLong > 0)
            notes << GazetteerPreview::tr("%1: %Ln match(es) are longer than %2 words and are left out.", nullptr,
                                          asInt(one.tooLong))
                         .arg(name)
                         .arg(gazetteer::kLongestMatchWords);
    }
    if (report.holdsTest)
        notes << GazetteerPreview::tr(
            "A list holds names of test posts: scores of these suggestions on them say nothing.");
    return notes;
}

}  // namespace mnerva::ui
