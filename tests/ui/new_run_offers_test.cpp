#include <QDialogButtonBox>

#include "core/base/json.h"
#include "ui/base/settings.h"
#include "ui/pages/train/cost_text.h"
#include "ui/pages/train/train_page.h"
#include "ui/session/encoder_library.h"
#include "ui/support/train_fixture.h"

// What the form of a new run offers of itself: a preset with its reason, learning rates that follow the encoder, the
// devices and number formats of the machine, encoders of the library, and what the run would take.

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

/// The form over a project, played by the stand-in unless told otherwise.
struct Form : TrainFixture {
    using TrainFixture::TrainFixture;
    std::unique_ptr<NewRunDialog> dialog;
    void showForm() {
        open();
        show();
        dialog = std::make_unique<NewRunDialog>(session, page->host());
        dialog->show();
        dialog->activateWindow();
        MNERVA_WAIT(!dialog->isChecking() && !dialog->form().systems().empty() && page->host().devices().size() > 0);
    }
    QComboBox& box(const char* name) { return *dialog->findChild<QComboBox*>(QString::fromLatin1(name)); }
    QString note(const char* field) {
        const auto* label = dialog->findChild<QLabel*>(QStringLiteral("problem-") + QLatin1String(field));
        return label->isVisible() ? label->text() : QString();
    }
    QString cost() { return dialog->findChild<QLabel*>(QStringLiteral("cost"))->text(); }
    QPushButton& measure() { return *dialog->findChild<QPushButton*>(QStringLiteral("measure")); }
    QPushButton& startButton() {
        for (QPushButton* button : dialog->findChild<QDialogButtonBox*>()->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Start training")) return *button;
        qFatal("no button starts the run");
    }
    QStringList arguments() { return dialog->form().arguments(folder()); }
    /// A folder that looks like an encoder of that width.
    QString writeEncoder(const QString& name, int hidden) {
        const QString where = path(name);
        writeFile(
            where + QStringLiteral("/config.json"),
            QStringLiteral(R"({"model_type":"bert","num_hidden_layers":6,"hidden_size":%1})").arg(hidden).toUtf8());
        writeFile(where + QStringLiteral("/vocab.txt"), "the\na\n");
        writeFile(where + QStringLiteral("/model.safetensors"), "x");
        return where;
    }
};

/// Posts in whose splits the checks before training find nothing that stops a run.
[[maybe_unused]] std::vector<Post> soundPosts() {
    std::vector<Post> posts;
    for (const char* name : {"Anna", "Berta", "Carla", "Doris"})
        posts.push_back(makePost(name, {name, "is", "one", "of", "them"}, {"B-PER", "O", "O", "O", "O"}));
    posts.back().words = {"Rome", "lies", "far", "away", "today"};
    posts.back().sourceTags = {"B-LOC", "O", "O", "O", "O"};
    posts.back().split = Split::Valid;
    return posts;
}

void clearSettings() {
    for (const char* key : {"train/last", "train/encoders", "train/resnets", "library/added", "library/forgotten"})
        settings::remove(QLatin1String(key));
}

}  // namespace

class NewRunOffersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        clearSettings();
        m_home = std::make_unique<QTemporaryDir>();
        // No encoder of this machine has a say.
        qputenv("XDG_DATA_HOME", m_home->path().toUtf8());
        qputenv("HF_HOME", m_home->path().toUtf8());
        qputenv("TORCH_HOME", m_home->path().toUtf8());
        qunsetenv("MNERVA_ENCODERS");
    }

    void aPresetIsOfferedWithItsReason() {
        Form f;
        f.showForm();
        MNERVA_WAIT(f.dialog->form().preset() == QStringLiteral("sample"));
        QCOMPARE(f.box("preset").currentData().toString(), QStringLiteral("sample"));
        QVERIFY(f.note("preset").contains(QStringLiteral("tiny encoder")));
        const QStringList arguments = f.arguments();
        QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--preset")) + 1), QStringLiteral("sample"));
    }

    void anotherEncoderIsOfferedAnotherPresetUntilAPersonChoosesOne() {
        Form f;
        const QString base = f.writeEncoder(QStringLiteral("base"), 768);
        f.showForm();
        MNERVA_WAIT(f.dialog->form().preset() == QStringLiteral("sample"));
        f.box("encoder").setEditText(base);
        MNERVA_WAIT(f.dialog->form().preset() == QStringLiteral("twitter2017"));
        QVERIFY(f.note("preset").contains(QStringLiteral("Twitter-2017")));
        QComboBox& preset = f.box("preset");
        preset.setFocus();
        QTest::keyClick(&preset, Qt::Key_Home);
        QCOMPARE(f.dialog->form().preset(), QString());
        QVERIFY(f.note("preset").contains(QStringLiteral("would be offered")));
        f.box("encoder").setCurrentIndex(0);
        MNERVA_WAIT(!f.dialog->isChecking());
        QCOMPARE(f.dialog->form().preset(), QString());
    }

    void theLearningRateFollowsTheEncoderUntilItIsSetByHand() {
        Form f;
        const QString base = f.writeEncoder(QStringLiteral("base"), 768);
        const QString small = f.writeEncoder(QStringLiteral("small"), 384);
        f.showForm();
        f.dialog->form().setPreset(QStringLiteral("twitter2017"));
        const QString rate = QStringLiteral("lr");
        QCOMPARE(f.dialog->form().text(rate), QStringLiteral("0.0003"));
        QVERIFY(f.note("preset").contains(QStringLiteral("follows the encoder")));
        QVERIFY(f.arguments().contains(QStringLiteral("lr=0.0003")));
        QCOMPARE(f.dialog->form().changedCount(), 0);
        f.box("encoder").setEditText(base);
        MNERVA_WAIT(f.dialog->form().text(rate) == QStringLiteral("3e-5"));
        QVERIFY(!f.note("preset").contains(QStringLiteral("learning rate")));
        QVERIFY(!f.arguments().join(u' ').contains(QStringLiteral("lr=")));
        f.box("encoder").setEditText(small);
        MNERVA_WAIT(f.dialog->form().text(rate) == QStringLiteral("0.0002"));
        f.dialog->setOptionsUnfolded(true);
        auto* field = f.dialog->findChild<QLineEdit*>(QStringLiteral("option-lr"));
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("3e-5"));
        MNERVA_WAIT(f.note("preset").contains(QStringLiteral("set by hand")));
        QVERIFY(f.note("preset").contains(QStringLiteral("0.0002")));
        f.box("encoder").setCurrentIndex(0);
        MNERVA_WAIT(f.note("preset").contains(QStringLiteral("0.0003")));
        QCOMPARE(f.dialog->form().text(rate), QStringLiteral("3e-5"));
    }

    void aCopyOfARunKeepsItsRateWhateverTheEncoder() {
        Form f;
        f.addRun(QStringLiteral("old"));
        f.showForm();
        f.dialog->recall({{"system", "mpcfn"},
                          {"preset", "twitter2017"},
                          {"encoder", "tiny"},
                          {"options", {{"epochs", 50}, {"lr", 3e-5}}}},
                         QStringLiteral("old"));
        MNERVA_WAIT(!f.dialog->isChecking());
        QCOMPARE(f.dialog->form().preset(), QStringLiteral("twitter2017"));
        QCOMPARE(f.dialog->form().text(QStringLiteral("lr")), QStringLiteral("3e-5"));
    }

    void whatWasChosenForOtherDataIsNoChoiceForThese() {
        const nlohmann::json last{
            {"system", "mpcfn"}, {"preset", "twitter2017"}, {"project", "/elsewhere"}, {"options", {{"epochs", 3}}}};
        settings::setValue(QStringLiteral("train/last"), QString::fromStdString(last.dump()));
        Form f;
        f.showForm();
        MNERVA_WAIT(f.dialog->form().preset() == QStringLiteral("sample"));
        QCOMPARE(f.dialog->form().text(QStringLiteral("epochs")), QStringLiteral("8"));
    }

    void deviceAndNumberFormatAreThoseThatDoctorFound() {
        qputenv("MNERVA_FAKE", "train=arguments");
        Form f;
        f.showForm();
        qputenv("MNERVA_FAKE", "train=arguments");
        MNERVA_WAIT(f.box("device").count() == 2);
        QComboBox &device = f.box("device"), &precision = f.box("precision");
        QCOMPARE(device.itemData(1).toString(), QStringLiteral("cuda:0"));
        QCOMPARE(precision.count(), 2);
        precision.setFocus();
        QTest::keyClick(&precision, Qt::Key_Down);
        QCOMPARE(f.dialog->form().text(QStringLiteral("precision")), QStringLiteral("bf16"));
        QVERIFY(f.note("device").isEmpty());
        device.setFocus();
        QTest::keyClick(&device, Qt::Key_Down);
        QCOMPARE(f.dialog->form().device(), QStringLiteral("cuda:0"));
        QVERIFY(f.note("device").contains(QStringLiteral("fp32")));  // this one computes in no other
        precision.setFocus();
        QTest::keyClick(&precision, Qt::Key_Up);
        QVERIFY(f.note("device").isEmpty());
        QSignalSpy accepted(f.dialog.get(), &QDialog::accepted);
        QTest::mouseClick(&f.startButton(), Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
        const QStringList arguments = f.arguments();
        QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--device")) + 1), QStringLiteral("cuda:0"));
    }

    void whatTheRunTakesIsMeasuredOnRequest() {
        Form f;
        f.showForm();
        MNERVA_WAIT(f.measure().isEnabled());
        QVERIFY(f.cost().contains(QStringLiteral("Not measured")));
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        QVERIFY(f.page->host().isMeasuring());
        MNERVA_WAIT(f.cost().contains(QStringLiteral("1 min 40 s an epoch")));
        QVERIFY(f.cost().contains(QStringLiteral("18.0 GB")));
        MNERVA_WAIT(!f.jobs.isBusy());
        // The name has no part in it, another option has.
        f.dialog->form().setRunName(QStringLiteral("other"));
        QVERIFY(f.cost().contains(QStringLiteral("an epoch")));
        f.dialog->form().setText(QStringLiteral("epochs"), QStringLiteral("3"));
        QVERIFY(f.cost().contains(QStringLiteral("Not measured")));
    }

    void tooLittleMemoryIsSaid() {
        Form f;
        f.showForm();
        qputenv("MNERVA_FAKE", "measure=large");
        MNERVA_WAIT(f.measure().isEnabled());
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        MNERVA_WAIT(f.cost().contains(QStringLiteral("only 18.0 GB are free")));
        QVERIFY(f.startButton().isEnabled());
    }

    void measuringCanBeCancelledAndFailsWithASentence() {
        Form f;
        f.showForm();
        qputenv("MNERVA_FAKE", "measure=wait");
        MNERVA_WAIT(f.measure().isEnabled());
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        QCOMPARE(f.measure().text(), QStringLiteral("Cancel measuring"));
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        QCOMPARE(f.measure().text(), QStringLiteral("Measure"));
        MNERVA_WAIT(!f.jobs.isBusy());
        QVERIFY(f.cost().contains(QStringLiteral("Not measured")));
        qputenv("MNERVA_FAKE", "measure=fail");
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        auto* banner = f.dialog->findChild<Banner*>();
        MNERVA_WAIT(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("could not be measured")));
        QVERIFY(f.measure().isEnabled());
        qputenv("MNERVA_FAKE", "measure=wait");
        QTest::mouseClick(&f.measure(), Qt::LeftButton);
        f.dialog.reset();  // nobody would read it
        QVERIFY(!f.page->host().isMeasuring());
        MNERVA_WAIT(!f.jobs.isBusy());
    }

    void encodersAreThoseOfTheLibrary() {
        Form f;
        const QString small = f.writeEncoder(QStringLiteral("minilm"), 384);
        EncoderLibrary library;
        library.add(f.path(QStringLiteral(".")));
        MNERVA_WAIT(library.encoder(small));
        QCOMPARE(EncoderLibrary::titleOf(*library.encoder(small)),
                 QStringLiteral("minilm (6 × 384, 1 bytes, English)"));
        f.showForm();
        MNERVA_WAIT(f.box("encoder").findData(small) > 0);
        f.box("encoder").setCurrentIndex(f.box("encoder").findData(small));
        QCOMPARE(f.dialog->form().encoder(), small);
        MNERVA_WAIT(!f.dialog->isChecking());
        QVERIFY(f.note("encoder").isEmpty());
        library.forget(small);
        MNERVA_WAIT(!library.encoder(small));
        QVERIFY(QFile::exists(small + QStringLiteral("/config.json")));
        library.add(small);
        MNERVA_WAIT(library.encoder(small));
    }

    void aFolderThatIsNotWholeIsListedWithWhatItLacks() {
        Form f;
        writeFile(f.path(QStringLiteral("half/config.json")), "{}");
        EncoderLibrary library;
        library.add(f.path(QStringLiteral("half")));
        MNERVA_WAIT(library.encoders().size() == 1);
        QVERIFY(!library.encoders().front().isWhole());
        QCOMPARE(library.encoders().front().missing.size(), std::size_t(2));
        f.showForm();
        QVERIFY(f.box("encoder").findData(f.path(QStringLiteral("half"))) < 0);
    }

#ifdef MNERVA_HAS_ENGINE
    void theRunOfTheRealEngineHoldsDeviceAndNumberFormat() {
        Form f(soundPosts());
        qputenv("MNERVA_CLI", MNERVA_BIN_DIR "/mnerva-cli");
        f.open();
        f.page = std::make_unique<TrainPage>(f.session, f.jobs);
        f.page->resize(1200, 700);
        f.page->show();
        f.page->activated();
        const auto within = [](auto condition) { return QTest::qWaitFor(condition, 120'000); };
        // A second answer of the engine is that of doctor.
        QSignalSpy systems(&f.page->host(), &TrainHost::systemsChanged);
        QVERIFY(within([&] { return systems.size() >= 2; }));
        f.page->newRun();
        auto* dialog = f.page->findChild<NewRunDialog*>();
        QVERIFY(within([&] { return !dialog->isChecking() && dialog->form().preset() == QStringLiteral("sample"); }));
        auto* precision = dialog->findChild<QComboBox*>(QStringLiteral("precision"));
        const bool hasBf16 = precision->findData(QStringLiteral("bf16")) >= 0;
        precision->setFocus();
        QTest::keyClick(precision, hasBf16 ? Qt::Key_Down : Qt::Key_Home);
        auto* device = dialog->findChild<QComboBox*>(QStringLiteral("device"));
        device->setFocus();
        QTest::keyClick(device, Qt::Key_Home);
        device->setCurrentIndex(0);
        dialog->setOptionsUnfolded(true);
        auto* epochs = dialog->findChild<QLineEdit*>(QStringLiteral("option-epochs"));
        epochs->selectAll();
        QTest::keyClicks(epochs, QStringLiteral("1"));
        const QString run = dialog->form().runName();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        for (QPushButton* button : dialog->findChild<QDialogButtonBox*>()->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Start training")) QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(within([&] { return ended.size() == 1; }));
        const auto record = protocol::readRunRecord((f.folder() + QStringLiteral("/runs/") + run).toStdString());
        QVERIFY2(record, qPrintable(f.page->findChild<Banner*>()->text()));
        QCOMPARE(record->device, std::string("cpu"));
        QCOMPARE(record->preset, std::string("sample"));
        QCOMPARE(record->options.at("precision").get<std::string>(), std::string(hasBf16 ? "bf16" : "fp32"));
        QCOMPARE(record->options.at("epochs").get<int>(), 1);
    }
#endif

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

int main(int argc, char** argv) {
    return runTagTest<NewRunOffersTest>(argc, argv);
}
#include "new_run_offers_test.moc"
