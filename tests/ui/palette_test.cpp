#include "ui/shell/command_palette.h"

#include <QAccessible>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <algorithm>

#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;
using namespace mnerva::ui;

class PaletteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyActionIsInThePaletteNamedAndReachableByKeyboard() {
        test::Window window;
        QObject owner;
        const QList<QAction*> offered = window.paletteActions(&owner);
        int seen = 0;
        for (const QString& id : window.registry().ids()) {
            ++seen;
            const auto found =
                std::find_if(offered.begin(), offered.end(), [&](const QAction* a) { return a->objectName() == id; });
            QVERIFY2(found != offered.end(), qPrintable(id));
            QVERIFY2(!(*found)->text().isEmpty() && (*found)->text() != id, qPrintable(id));
            QVERIFY2(!window.registry().key(id).isEmpty() || !window.registry().find(id)->scope.isEmpty() ||
                         window.registry().action(id),
                     qPrintable(id));
            if (!(*found)->isEnabled()) continue;
            // By the keyboard alone: its words are typed, and it is among the rows that the arrows reach, with its
            // name.
            CommandPalette palette(offered);
            palette.search()->setText((*found)->text().remove(QLatin1Char('&')));
            int row = -1;
            for (int i = 0; i < palette.list()->count(); ++i) {
                const auto* action = palette.list()->item(i)->data(Qt::UserRole).value<QObject*>();
                if (action == *found) row = i;
            }
            QVERIFY2(row >= 0, qPrintable(id + QLatin1Char(' ') + (*found)->text()));
            QAccessibleInterface* list = QAccessible::queryAccessibleInterface(palette.list());
            QVERIFY(list && !list->text(QAccessible::Name).isEmpty());
            QAccessibleTableInterface* rows = list->tableInterface();
            QVERIFY(rows);
            const QAccessibleInterface* named = rows->cellAt(row, 0);
            QVERIFY2(named, qPrintable(id));
            QCOMPARE(named->text(QAccessible::Name), (*found)->text());
        }
        QVERIFY(seen > 100);
    }
    void thePaletteRunsActionsOfPages() {
        test::Window window;
        window.showPage(QStringLiteral("data"));
        QObject owner;
        for (QAction* action : window.paletteActions(&owner)) {
            if (action->objectName() == QLatin1String("tag.keys")) action->trigger();
        }
        QCOMPARE(window.currentPage(), QStringLiteral("tag"));
        QVERIFY(!window.page(QStringLiteral("tag"))->runAction(QStringLiteral("nothing.of.this")));
        QVERIFY(window.page(QStringLiteral("tag"))->runAction(QStringLiteral("tag.nextLikely")));
        QVERIFY(window.page(QStringLiteral("attention"))->runAction(QStringLiteral("attention.drawer")));
        QVERIFY(window.page(QStringLiteral("cases"))->runAction(QStringLiteral("doctor.next")));
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<PaletteTest>(argc, argv);
}
#include "palette_test.moc"
