#include "ui/session/query_menu.h"

#include <QActionGroup>

#include "core/query/completion.h"
#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"
#include "ui/session/query_line.h"

namespace mnerva::ui {

namespace {

using query::Field;
constexpr int kListed = 20;  ///< labels and runs in a menu; typing offers all of them

struct Choice {
    QString title;
    const char* value;
};

}  // namespace

QueryMenu::QueryMenu(ProjectSession& session, QWidget* parent) : QMenu(parent), m_session(session) {
    setObjectName(QStringLiteral("queryMenu"));
    connect(this, &QMenu::aboutToShow, this, &QueryMenu::fill);
}

void QueryMenu::fill() {
    clear();
    fillChoices();
    fillLabels();
    fillRuns();
    addSeparator();
    fillHistory();
    addAction(Theme::icon(QStringLiteral("bookmark")), tr("Saved views…"), this, &QueryMenu::viewsWanted);
    QAction* all = addAction(tr("Show all posts"), this, [this] { m_session.setFilter({}); });
    all->setEnabled(!m_session.filter().isEmpty());
}

void QueryMenu::write(query::Field field, const std::string& condition) {
    m_session.setFilter(fromUtf8(query::withCondition(toUtf8(m_session.filter()), field, condition)));
}

void QueryMenu::fillChoices() {
    const auto add = [this](Field field, const QString& title, const QList<Choice>& choices) {
        QMenu* menu = addMenu(title);
        auto* group = new QActionGroup(menu);
        const QString now = fromUtf8(query::conditionValue(toUtf8(m_session.filter()), field));
        const auto entry = [&](const QString& text, const std::string& value) {
            QAction* action = menu->addAction(text);
            action->setCheckable(true);
            action->setChecked(now == fromUtf8(value));
            action->setActionGroup(group);
            connect(action, &QAction::triggered, this, [this, field, value] {
                const std::string condition = value.empty() ? "" : std::string(query::fieldName(field)) + ":" + value;
                write(field, condition);
            });
        };
        entry(tr("any"), {});
        for (const Choice& choice : choices) entry(choice.title, choice.value);
    };
    QList<Choice> splits;
    for (const auto& [split, posts] : m_session.info().postsOfSplit)
        if (posts > 0) splits.append({splitText(split), splitName(split).data()});
    add(Field::Split, tr("Split"), splits);
    add(Field::Status, tr("Status"), {{tr("open"), "open"}, {tr("done"), "done"}, {tr("skipped"), "skipped"}});
    add(Field::Flag, tr("Flag"), {{tr("flagged"), "yes"}, {tr("not flagged"), "no"}});
    add(Field::Review, tr("Review"),
        {{reviewText(Review::ToReview), "to-review"},
         {reviewText(Review::Accepted), "accepted"},
         {reviewText(Review::Returned), "returned"},
         {reviewText(Review::None), "none"}});
    add(Field::Has, tr("Comments"), {{tr("has a comment"), "comment"}});
    add(Field::Edited, tr("Corrections"), {{tr("corrected by hand"), "yes"}, {tr("as imported"), "no"}});
    add(Field::Image, tr("Picture"), {{tr("is there"), "yes"}, {tr("none named"), "no"}, {tr("missing"), "missing"}});
}

void QueryMenu::fillLabels() {
    QMenu* menu = addMenu(tr("Label"));
    const auto& types = m_session.labels().types;
    const auto add = [&](const QString& text, const QString& condition) {
        menu->addAction(text, this, [this, condition] { write(Field::Label, toUtf8(condition)); });
    };
    for (std::size_t i = 0; i < types.size() && i < kListed; ++i)
        add(withoutMnemonic(fromUtf8(types[i])), QStringLiteral("label:") + fromUtf8(query::quoted(types[i])));
    menu->addSeparator();
    add(tr("any label"), QStringLiteral("label:*"));
    menu->addAction(tr("same text, different labels"), this, [this] { write(Field::Conflict, "conflict:yes"); });
    menu->addAction(tr("no entity"), this, [this] {
        m_session.setFilter((m_session.filter().trimmed() + QStringLiteral(" not label:*")).trimmed());
    });
}

void QueryMenu::fillRuns() {
    QMenu* menu = addMenu(tr("Run"));
    int listed = 0;
    for (const auto& layer : m_session.layers()) {
        if (layer.kind != project::LayerKind::Run || listed++ == kListed) continue;
        QMenu* run = menu->addMenu(withoutMnemonic(fromUtf8(layer.name)));
        const QString name = fromUtf8(query::quoted(layer.name));
        const auto add = [&](const QString& text, Field field, const QString& condition) {
            run->addAction(text, this,
                           [this, field, condition = condition.arg(name)] { write(field, toUtf8(condition)); });
        };
        add(tr("wrong"), Field::Wrong, QStringLiteral("wrong(%1)"));
        add(tr("right"), Field::Right, QStringLiteral("right(%1)"));
        run->addSeparator();
        add(tr("boundary errors"), Field::Error, QStringLiteral("error(%1):boundary"));
        add(tr("type errors"), Field::Error, QStringLiteral("error(%1):type"));
        add(tr("boundary and type errors"), Field::Error, QStringLiteral("error(%1):boundary-and-type"));
        add(tr("missed entities"), Field::Error, QStringLiteral("error(%1):missed"));
        add(tr("spurious entities"), Field::Error, QStringLiteral("error(%1):spurious"));
        add(tr("right entities, other region"), Field::Error, QStringLiteral("error(%1):region"));
        run->addSeparator();
        add(tr("unsure (confidence under 0.6)"), Field::Confidence, QStringLiteral("conf(%1)<0.6"));
    }
    menu->setEnabled(listed > 0);
}

void QueryMenu::fillHistory() {
    QMenu* menu = addMenu(Theme::icon(QStringLiteral("clock")), tr("Asked before"));
    const QStringList all = QueryLine::history();
    for (const QString& query : all)
        menu->addAction(withoutMnemonic(query), this, [this, query] { m_session.setFilter(query); });
    menu->setEnabled(!all.isEmpty());
}

}  // namespace mnerva::ui
