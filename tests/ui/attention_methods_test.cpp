#include <cmath>

#include "ui/support/attention_fixture.h"
#include "ui/widgets/banner.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

class AttentionMethodsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void methodsStandSideBySideAndOneBecomesTheLargeMap() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.press(Qt::Key_Home);
        f.page->panel().setTab(SidePanel::kMethods);
        MapTiles& tiles = f.page->panel().methods();
        const auto tile = [&](const char* name) {
            for (std::size_t i = 0; i < tiles.tiles().size(); ++i)
                if (tiles.tiles()[i].name == QString::fromUtf8(name)) return int(i);
            return -1;
        };
        MNERVA_WAIT(tile("Relevancy") >= 0 && !tiles.tiles()[std::size_t(tile("Relevancy"))].cells.empty());
        QVERIFY(f.part<QLabel>("explainTarget")
                    .text()
                    .contains(QStringLiteral("Kevin as PER, y = −.25 (probability .78, not calibrated)")));
        QTRY_VERIFY(f.part<QLabel>("methodNote").text().contains(QStringLiteral("reads no picture stage")));
        // When it decided: after each fusion layer.
        const auto& layers = f.page->panel().layers().bars();
        QCOMPARE(layers.size(), std::size_t(2));
        QCOMPARE(layers[0].value, std::exp(-2.5));
        QCOMPARE(layers[1].name, QStringLiteral("layer 2"));
        QVERIFY(layers[1].tip.contains(QStringLiteral("y = −2.50, −.25")));
        QVERIFY(tiles.tiles()[std::size_t(tile("Grad-CAM"))].cells.empty());
        QVERIFY(tiles.tiles()[std::size_t(tile("Occlusion"))].cells.empty());  // slow: not before it is wanted
        // Attention, rollout, relevancy, gradient times input.
        MNERVA_WAIT(f.page->panel().ranks().table().size() == 4);
        QVERIFY(f.page->panel().ranks().table()[3][2].has_value());
        QTest::mouseClick(tiles.viewport(), Qt::LeftButton, {}, tiles.placeOf(tile("Grad × input")).center());
        QCOMPARE(f.page->heat().choice().method, std::string("gradient-input"));
        QCOMPARE(f.picture().heat().at(0), -20.0F);  // place 4: cell 0 weighs 4 - 24
        QCOMPARE(f.picture().heatOptions().colours, vision::HeatColours::Diverging);
        QTest::mouseClick(&f.part<QPushButton>("computeSlow"), Qt::LeftButton);
        MNERVA_WAIT(!tiles.tiles()[std::size_t(tile("Occlusion"))].cells.empty());
        f.part<QComboBox>("attentionMethod").setCurrentIndex(0);
        f.page->panel().setTab(SidePanel::kWords);
    }

    void aRunThatFusesInOneStepSaysSo() {
        Shown f;
        f.showRun("serve=one-direction");
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kMethods);
        auto& title = f.part<QLabel>("layersTitle");
        MNERVA_WAIT(title.text().contains(QStringLiteral("in one step")));
        QVERIFY(f.page->panel().layers().bars().empty());
        QVERIFY(!f.page->panel().layers().isVisible());
        f.page->panel().setTab(SidePanel::kWords);
    }

    void whatARunsMapsAreWorthIsMeasuredAndStandsBesideThem() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kMethods);
        SidePanel& panel = f.page->panel();
        MNERVA_WAIT(f.page->bench().isRead());
        QVERIFY(!f.page->bench().figures());
        const QString command = f.part<QLabel>("benchLine").toolTip();  // the command stays out of the sentence
        QVERIFY(command.contains(QStringLiteral("mnerva-cli explain ")));
        QVERIFY(command.contains(QStringLiteral("--run r1 --bench --split test")));
        QVERIFY(panel.bench().contains(QStringLiteral("Not measured yet")));
        const auto figure = [&](const char* name) {
            for (const MapTiles::Tile& tile : panel.methods().tiles())
                if (tile.name == QLatin1String(name)) return tile.figure;
            return QStringLiteral("no such tile");
        };
        QCOMPARE(figure("Relevancy"), QString());
        QTest::mouseClick(&f.part<QPushButton>("measureMaps"), Qt::LeftButton);
        QCOMPARE(f.jobs.jobs().size(), std::size_t(1));
        QVERIFY(!f.part<QPushButton>("measureMaps").isVisible());  // not twice
        MNERVA_WAIT(f.page->bench().figures());
        QVERIFY(f.jobs.jobs().empty());
        QCOMPARE(figure("Relevancy"), QStringLiteral("points .75"));
        QCOMPARE(figure("Rollout"), QStringLiteral("del. +.35"));
        QCOMPARE(figure("Grad-CAM"), QString());
        QCOMPARE(figure("Occlusion"), QString());  // not measured
        auto& method = f.part<QComboBox>("attentionMethod");
        method.setCurrentIndex(method.findData(QStringLiteral("relevancy")));
        QCOMPARE(panel.bench(),
                 QStringLiteral("Relevancy: points at the object .75, by chance .13 · deletion +.35 · insertion +.35 · "
                                "left when random .0042"));
        const QString tip = f.part<QLabel>("benchLine").toolTip();
        QVERIFY2(tip.contains(QStringLiteral(".75 (.50 to 1.00)")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("of the test posts that the run finds right, 8 of them")),
                 qPrintable(tip));
        method.setCurrentIndex(method.findData(QStringLiteral("occlusion")));
        QCOMPARE(panel.bench(), QStringLiteral("Occlusion: not measured"));
        method.setCurrentIndex(0);
        panel.setTab(SidePanel::kWords);
    }

    void measuringThatFailsOrIsCancelledLeavesTheWayToIt() {
        Shown f;
        f.showRun("explain=fail");
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kMethods);
        MNERVA_WAIT(f.page->bench().isRead());
        QTest::mouseClick(&f.part<QPushButton>("measureMaps"), Qt::LeftButton);
        MNERVA_WAIT(f.page->findChild<Banner*>()->text().contains(QStringLiteral("were not measured")));
        QVERIFY(f.part<QPushButton>("measureMaps").isVisible());
        qputenv("MNERVA_FAKE", "explain=wait");
        QTest::mouseClick(&f.part<QPushButton>("measureMaps"), Qt::LeftButton);
        QVERIFY(f.page->bench().isMeasuring());
        f.jobs.cancelAll();
        MNERVA_WAIT(!f.page->bench().isMeasuring());
        QVERIFY(!f.page->bench().figures());
        QVERIFY(f.part<QPushButton>("measureMaps").isVisible());
        f.page->panel().setTab(SidePanel::kWords);
    }

    void aSlowMethodTellsHowFarItIsAndCanBeCancelled() {
        Shown f;
        f.showRun("serve=explain-hold");
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kMethods);
        MNERVA_WAIT(!f.page->explains().isBusy() && !f.part<QLabel>("explainTarget").text().isEmpty());
        QTest::mouseClick(&f.part<QPushButton>("computeSlow"), Qt::LeftButton);
        MNERVA_WAIT(f.part<QLabel>("explainProgress").text().contains(QStringLiteral("25 %")));
        QCOMPARE(f.jobs.jobs().size(), std::size_t(1));
        f.press(Qt::Key_Left);  // the page goes on meanwhile
        QTest::mouseClick(&f.part<QPushButton>("cancelSlow"), Qt::LeftButton);
        MNERVA_WAIT(!f.page->explains().isBusy());
        QVERIFY(f.jobs.jobs().empty());
        QVERIFY(f.part<QLabel>("explainProgress").text().isEmpty());
        f.page->panel().setTab(SidePanel::kWords);
    }

    void anEngineThatDiesWhileItExplainsIsABannerAndThePageLivesOn() {
        Shown f;
        f.showRun("serve=explain-die");
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kMethods);
        auto* banner = f.page->findChild<Banner*>();
        MNERVA_WAIT(banner->text().contains(QStringLiteral("no kernel image")));
        QVERIFY(f.ready());
        const int before = f.page->words().current();
        f.press(before == 0 ? Qt::Key_Right : Qt::Key_Left);
        QVERIFY(f.page->words().current() != before);
        QVERIFY(!f.picture().heat().empty());
        f.page->panel().setTab(SidePanel::kWords);
    }
};

int main(int argc, char** argv) {
    return runTagTest<AttentionMethodsTest>(argc, argv);
}
#include "attention_methods_test.moc"
