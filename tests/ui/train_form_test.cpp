#include "ui/pages/train/train_form.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

#include "core/base/file.h"
#include "core/domain/run_lock.h"
#include "core/eval/reliability.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/epoch_table_model.h"
#include "ui/pages/train/option_list.h"
#include "ui/pages/train/option_texts.h"
#include "ui/pages/train/run_options_model.h"
#include "ui/pages/train/train_host.h"
#include "ui/session/runs_model.h"
#include "ui/support/fake.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;
using nlohmann::json;

namespace {

json systemsJson() {
    return {{"systems",
             {{{"name", "mpcfn"},
               {"title", "MPCFN"},
               {"variants", {"paper"}},
               {"options", json::array({{{"name", "epochs"},
                                         {"group", "essential"},
                                         {"type", "int"},
                                         {"default", 50},
                                         {"minimum", 1},
                                         {"maximum", 100},
                                         {"unit", "epochs"},
                                         {"title", "Epochs"},
                                         {"sentence", "How often the training posts are gone through."}},
                                        {{"name", "lr"},
                                         {"group", "essential"},
                                         {"type", "real"},
                                         {"default", 3e-5},
                                         {"minimum", 1e-9},
                                         {"maximum", 1},
                                         {"unit", ""},
                                         {"sentence", "changed in the engine"}},
                                        {{"name", "cp"}, {"group", "ablation"}, {"type", "bool"}, {"default", true}},
                                        {{"name", "layer"},
                                         {"group", "training"},
                                         {"type", "choice"},
                                         {"default", "gold"},
                                         {"choices", {"gold", "corrected"}}},
                                        {{"name", "brand_new"},
                                         {"group", "model"},
                                         {"type", "text"},
                                         {"fallback", "x"},
                                         {"sentence", "Only the engine knows this."}}})},
               {"presets", {{"sample", {{"epochs", 8}, {"lr", 3e-4}}}}}}}}};
}

/// The same options under two names.
std::vector<SystemField> twoSystems() {
    json body = systemsJson();
    json second = body["systems"][0];
    second["name"] = "umt";
    body["systems"].push_back(second);
    return systemsFromJson(body);
}

void fill(TrainForm& form) {
    form.setSystems(systemsFromJson(systemsJson()));
    form.setSplits(10, 5, 5);
}

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(content);
}

}  // namespace

class TrainFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
    }

    void systemsComeFromTheEngine() {
        const auto systems = systemsFromJson(systemsJson());
        QCOMPARE(systems.size(), std::size_t(1));
        QCOMPARE(systems[0].option(QStringLiteral("epochs"))->maximum, std::optional<double>(100));
        QCOMPARE(optionText(systems[0].option(QStringLiteral("brand_new"))->fallback), QStringLiteral("x"));
        QVERIFY(systems[0].preset(QStringLiteral("sample")));
    }

    void aVariantHasOptionsAndPresetsOfItsOwn() {
        json body = systemsJson();
        json& system = body["systems"][0];
        system["variants"] = {"paper", "reference-code"};
        system["variantDetails"] = json::array(
            {{{"name", "mpcfn"},
              {"variants", {"reference-code"}},
              {"options",
               json::array({{{"name", "epochs"}, {"group", "essential"}, {"type", "int"}, {"default", 9}},
                            {{"name", "full"}, {"group", "ablation"}, {"type", "bool"}, {"default", false}}})},
              {"presets", {{"other", {{"epochs", 3}}}}}}});
        TrainForm form;
        form.setSystems(systemsFromJson(body));
        form.setSplits(10, 5, 5);
        form.setPreset(QStringLiteral("sample"));
        form.setText(QStringLiteral("cp"), QStringLiteral("false"));
        QSignalSpy reset(&form, &TrainForm::optionsReset);
        form.setVariant(QStringLiteral("reference-code"));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(form.preset(), QString());
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("9"));
        QVERIFY(!form.chosen()->option(QStringLiteral("cp")));
        form.setText(QStringLiteral("full"), QStringLiteral("true"));
        const QString line = form.arguments(QStringLiteral("/p")).join(QLatin1Char(' '));
        QVERIFY(line.contains(QStringLiteral("--variant reference-code")));
        QVERIFY(line.contains(QStringLiteral("--set full=true")));
        QVERIFY(!line.contains(QStringLiteral("cp=")));
        form.setVariant(QStringLiteral("paper"));
        QVERIFY(form.arguments(QStringLiteral("/p")).join(QLatin1Char(' ')).contains(QStringLiteral("--set cp=false")));
    }

    void foldsAreAskedForOnlyWhereTheSystemTellsProbabilities() {
        json body = systemsJson();
        body["systems"][0]["explains"] = {"marginals"};
        TrainForm form;
        form.setSystems(systemsFromJson(body));
        form.setSplits(4, 5, 5);
        form.setEncoder(QStringLiteral("tiny"));
        const auto line = [&] { return form.arguments(QStringLiteral("/p")).join(QLatin1Char(' ')); };
        QVERIFY(!form.holdsOut() && !line().contains(QStringLiteral("--folds")));
        form.setFolds(3);
        QVERIFY(!line().contains(QStringLiteral("--folds")));
        form.setHoldsOut(true);
        QVERIFY2(line().endsWith(QStringLiteral("--folds 3")), qPrintable(line()));
        QVERIFY(form.problems().count(QStringLiteral("folds")) == 0);
        form.setFolds(5);
        QVERIFY(form.problems().count(QStringLiteral("folds")) == 1);  // four posts
        form.setFolds(99);
        QCOMPARE(form.folds(), 10);
        form.setSplits(100, 5, 5);
        QVERIFY(form.problems().count(QStringLiteral("folds")) == 0);
        // The number is remembered, not the choice: such a run leaves no model.
        TrainForm next;
        next.setSystems(systemsFromJson(systemsJson()));
        next.setSplits(100, 5, 5);
        next.recall(form.remembered());
        QCOMPARE(next.folds(), 10);
        QVERIFY(!next.holdsOut());
        // A copy of a run over folds is one; here the system tells no probabilities.
        next.recall({{"system", "mpcfn"}, {"folds", {{"count", 4}}}});
        QCOMPARE(next.folds(), 4);
        QVERIFY(next.holdsOut());
        QVERIFY(next.problems().count(QStringLiteral("folds")) == 1);
        next.recall({{"system", "mpcfn"}, {"foldCount", "many"}});
        QCOMPARE(next.folds(), 4);
    }

    void noListOfSystemsIsAProtocolError() {
        QVERIFY_EXCEPTION_THROWN(systemsFromJson(json::object()), Error);
        QVERIFY_EXCEPTION_THROWN(systemsFromJson({{"systems", json::array()}}), Error);
        QVERIFY_EXCEPTION_THROWN(systemsFromJson({{"systems", {1, 2}}}), Error);
    }

    void aFreshFormIsReady() {
        TrainForm form;
        fill(form);
        QVERIFY(form.isReady());
        QCOMPARE(form.runName(), QStringLiteral("mpcfn-1"));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("50"));
    }

    void presetsGiveTheValues() {
        TrainForm form;
        fill(form);
        form.setPreset(QStringLiteral("sample"));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("8"));
        QCOMPARE(form.changedCount(), 0);
    }

    void theProposedNameFollowsTheSystemUntilOneIsTyped() {
        TrainForm form;
        form.setTakenNames({QStringLiteral("mpcfn-1")});
        form.setSystems(twoSystems());
        QCOMPARE(form.runName(), QStringLiteral("mpcfn-2"));
        form.recall({{"system", "umt"}});  // as the form begins with what was chosen last
        QCOMPARE(form.runName(), QStringLiteral("umt-1"));
        form.setSystem(QStringLiteral("mpcfn"));
        QCOMPARE(form.runName(), QStringLiteral("mpcfn-2"));
        form.proposeRunName(QStringLiteral("mine-2"));  // a copy's
        QCOMPARE(form.runName(), QStringLiteral("mine-2"));
        form.setSystem(QStringLiteral("umt"));
        QCOMPARE(form.runName(), QStringLiteral("umt-1"));
        form.setRunName(QStringLiteral("typed"));
        form.setSystem(QStringLiteral("mpcfn"));
        QCOMPARE(form.runName(), QStringLiteral("typed"));
        form.setRunName({});
        form.setSystem(QStringLiteral("umt"));
        QCOMPARE(form.runName(), QStringLiteral("umt-1"));
    }

    void anotherSystemOrPresetIsAnotherRecipe() {
        TrainForm form;
        form.setSplits(10, 5, 5);
        form.setSystems(twoSystems());
        form.setText(QStringLiteral("epochs"), QStringLiteral("12"));
        form.setText(QStringLiteral("layer"), QStringLiteral("corrected"));
        form.setSystem(QStringLiteral("umt"));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("50"));
        QCOMPARE(form.text(QStringLiteral("layer")), QStringLiteral("corrected"));  // a choice of data
        QVERIFY(!form.arguments(QStringLiteral("/p")).contains(QStringLiteral("epochs=12")));
        form.setText(QStringLiteral("epochs"), QStringLiteral("12"));
        form.setPreset(QStringLiteral("sample"));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("8"));
        form.setText(QStringLiteral("epochs"), QStringLiteral("12"));
        form.setPreset({});
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("50"));
        form.setText(QStringLiteral("lr"), QStringLiteral("oops"));
        form.setSystem(QStringLiteral("mpcfn"));
        QVERIFY(form.isReady());  // nothing wrong is left behind in a field that is folded
    }

    void aChangedOptionIsMarkedAndCanBeReset() {
        TrainForm form;
        fill(form);
        form.setText(QStringLiteral("epochs"), QStringLiteral("12"));
        QVERIFY(form.isChanged(QStringLiteral("epochs")));
        QCOMPARE(form.changedCount(), 1);
        form.reset(QStringLiteral("epochs"));
        QVERIFY(!form.isChanged(QStringLiteral("epochs")));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("50"));
    }

    void theSameNumberWrittenOtherwiseIsNoChange() {
        TrainForm form;
        fill(form);
        form.setEncoder(QStringLiteral("/some/folder"));  // nobody has looked at it: no rate follows
        form.setText(QStringLiteral("lr"), QStringLiteral("0.00003"));
        QVERIFY(!form.isChanged(QStringLiteral("lr")));
    }

    void numbersAreHeldAgainstTheirRange_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("in range") << "100" << true;
        QTest::newRow("too small") << "0" << false;
        QTest::newRow("too large") << "101" << false;
        QTest::newRow("no whole number") << "2.5" << false;
        QTest::newRow("word") << "many" << false;
        QTest::newRow("empty") << "" << false;
        QTest::newRow("infinite") << "inf" << false;
    }
    void numbersAreHeldAgainstTheirRange() {
        QFETCH(QString, text);
        QFETCH(bool, good);
        TrainForm form;
        fill(form);
        form.setText(QStringLiteral("epochs"), text);
        QCOMPARE(form.optionProblem(QStringLiteral("epochs")).isEmpty(), good);
        QCOMPARE(form.isReady(), good);
    }

    void aChoiceMustBeOneOfThem() {
        TrainForm form;
        fill(form);
        form.setText(QStringLiteral("layer"), QStringLiteral("silver"));
        QVERIFY(form.problems().count(QStringLiteral("layer")));
    }

    void withoutTrainingPostsThereIsNothingToDo() {
        TrainForm form;
        fill(form);
        form.setSplits(0, 5, 5);
        QVERIFY(form.problems().count(QStringLiteral("data")));
        form.setSplits(5, 0, 0);
        QVERIFY(form.isReady());
        QVERIFY(!form.hint().isEmpty());
    }

    void runNamesMustBeFreeAndPlain_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("problem");
        QTest::newRow("good") << "run 7"
                              << "";
        QTest::newRow("chinese") << QStringLiteral("微博-1") << "";
        QTest::newRow("taken") << "Old"
                               << "taken";
        QTest::newRow("layer") << "gold"
                               << "taken";
        QTest::newRow("empty") << " "
                               << "empty";
        QTest::newRow("slash") << "a/b"
                               << "characters";
        QTest::newRow("dots") << ".."
                              << "characters";
        QTest::newRow("option") << "-x"
                                << "characters";
        QTest::newRow("space at the end") << "a "
                                          << "characters";
        QTest::newRow("a dot in front") << ".x"
                                        << "characters";
        QTest::newRow("a control character") << QStringLiteral("a\u001b[2Jb") << "characters";
        QTest::newRow("turned around") << QStringLiteral("a\u202eb") << "characters";
        QTest::newRow("signs of options") << "lr=1e-5,b+c"
                                          << "";
        QTest::newRow("long") << QString(65, QLatin1Char('x')) << "long";
    }
    void runNamesMustBeFreeAndPlain() {
        QFETCH(QString, name);
        QFETCH(QString, problem);
        const std::vector<std::string> taken{"old"};
        QCOMPARE(fromUtf8(workflow::runNameProblem(toUtf8(name), taken)), problem);
    }

    void namesAreProposed() {
        const std::vector<std::string> taken{"mpcfn-1", "base-1", "Über-1"};
        QCOMPARE(workflow::proposedRunName("mpcfn", taken), std::string("mpcfn-2"));
        QCOMPARE(workflow::copiedRunName("base-1", taken), std::string("base-2"));
        QCOMPARE(workflow::copiedRunName("base-", taken), std::string("base--1"));
        QCOMPARE(workflow::proposedRunName("ÜBER", taken), std::string("ÜBER-2"));  // whatever its case
    }

    void devicesHaveNames() {
        TrainForm form;
        fill(form);
        form.setDevice(QStringLiteral("cuda:1"));
        QVERIFY(form.isReady());
        form.setDevice(QStringLiteral("gpu"));
        QVERIFY(form.problems().count(QStringLiteral("device")));
    }

    void anEncoderFolderMustBeWhole() {
        QTemporaryDir folder;
        QVERIFY(encoderProblem(QStringLiteral("tiny")).isEmpty());
        QVERIFY(!encoderProblem({}).isEmpty());
        QVERIFY(!encoderProblem(folder.filePath(QStringLiteral("nowhere"))).isEmpty());
        write(folder.filePath(QStringLiteral("config.json")), "{}");
        write(folder.filePath(QStringLiteral("model.safetensors")), "x");
        QVERIFY(encoderProblem(folder.path()).contains(QStringLiteral("vocab.txt")));
        for (const char* vocabulary : {"vocab.txt", "sentencepiece.bpe.model", "tokenizer.json"}) {
            write(folder.filePath(QLatin1String(vocabulary)), "[PAD]");
            QVERIFY(encoderProblem(folder.path()).isEmpty());
            QVERIFY(QFile::remove(folder.filePath(QLatin1String(vocabulary))));
        }
        write(folder.filePath(QStringLiteral("vocab.json")), "{}");
        QVERIFY(!encoderProblem(folder.path()).isEmpty());
        write(folder.filePath(QStringLiteral("merges.txt")), "");
        QVERIFY(encoderProblem(folder.path()).isEmpty());
    }

    void aPictureEncoderMustBeATorchFile() {
        QTemporaryDir folder;
        QVERIFY(resnetProblem(QStringLiteral("random101")).isEmpty());
        QVERIFY(!resnetProblem(QStringLiteral("random7")).isEmpty());
        QVERIFY(!resnetProblem(folder.path()).isEmpty());
        const QString file = folder.filePath(QStringLiteral("r.pth"));
        write(file, "\x80\x02pickle");
        QVERIFY(!resnetProblem(file).isEmpty());
        write(file, "PK\x03\x04");
        QVERIFY(resnetProblem(file).isEmpty());
        write(file, "P");
        QVERIFY(!resnetProblem(file).isEmpty());
    }

    void theCommandLineSaysTheSame() {
        TrainForm form;
        fill(form);
        form.setPreset(QStringLiteral("sample"));
        form.setText(QStringLiteral("epochs"), QStringLiteral("3"));
        form.setRunName(QStringLiteral("my run"));
        const QStringList arguments = form.arguments(QStringLiteral("/p"));
        QCOMPARE(arguments.mid(0, 2), (QStringList{QStringLiteral("train"), QStringLiteral("/p")}));
        QVERIFY(arguments.contains(QStringLiteral("epochs=3")));
        QVERIFY(!arguments.join(QLatin1Char(' ')).contains(QStringLiteral("lr=")));
        QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--preset")) + 1), QStringLiteral("sample"));
        QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--run")) + 1), QStringLiteral("my run"));
    }

    void whatWasChosenIsRemembered() {
        TrainForm first;
        fill(first);
        first.setPreset(QStringLiteral("sample"));
        first.setText(QStringLiteral("epochs"), QStringLiteral("3"));
        first.setEncoder(QStringLiteral("/models/bert"));
        TrainForm second;
        fill(second);
        second.recall(first.remembered());
        QCOMPARE(second.preset(), QStringLiteral("sample"));
        QCOMPARE(second.encoder(), QStringLiteral("/models/bert"));
        QCOMPARE(second.text(QStringLiteral("epochs")), QStringLiteral("3"));
        QCOMPARE(second.changedCount(), 1);
    }

    void cloningMarksOnlyWhatDiffersFromThePreset() {
        TrainForm form;
        fill(form);
        form.recall(
            {{"system", "mpcfn"}, {"preset", "sample"}, {"options", {{"epochs", 8}, {"lr", 1e-4}, {"cp", true}}}});
        QCOMPARE(form.changedCount(), 1);
        QVERIFY(form.isChanged(QStringLiteral("lr")));
    }

    void wrongThingsToRememberAreHarmless() {
        TrainForm form;
        fill(form);
        form.recall(json::array({1}));
        form.recall({{"system", "gone"}, {"options", 5}});
        QCOMPARE(form.systemName(), QStringLiteral("mpcfn"));
        QVERIFY(form.isReady());
    }

    void whatTheEngineDoesNotNameIsCalledByItsName() {
        const auto systems = systemsFromJson(systemsJson());
        QCOMPARE(optionTitle(*systems[0].option(QStringLiteral("epochs"))), QStringLiteral("Epochs"));
        QCOMPARE(optionTitle(*systems[0].option(QStringLiteral("brand_new"))), QStringLiteral("brand_new"));
        QCOMPARE(optionGroupTitle(*systems[0].option(QStringLiteral("brand_new"))), QStringLiteral("model"));
        QCOMPARE(optionSentence(*systems[0].option(QStringLiteral("brand_new"))),
                 QStringLiteral("Only the engine knows this."));
        QCOMPARE(presetTitle(systems[0], QStringLiteral("sample")), QStringLiteral("sample"));
        QCOMPARE(systemTitle(systems[0]), QStringLiteral("MPCFN"));
    }

    void theEnginesTextsAreShownInTheWindowsLanguage() {
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/translations/mnerva_zh_CN.qm")));
        QCoreApplication::installTranslator(&chinese);
        OptionField option;
        option.title = QStringLiteral("Flood level");
        option.unit = QStringLiteral("loss");
        option.groupTitle = QStringLiteral("Essential");
        option.choices = QStringList{QStringLiteral("soft")};
        option.choiceTitles = QStringList{QStringLiteral("by probability")};
        for (const QString& text : {optionTitle(option), optionUnit(option), optionGroupTitle(option),
                                    optionValueText(option, QStringLiteral("soft"))})
            QVERIFY2(std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x2E80; }),
                     qPrintable(text));
        QCoreApplication::removeTranslator(&chinese);
        QCOMPARE(optionTitle(option), QStringLiteral("Flood level"));
    }

    void aChoiceIsShownInWordsAndTakenAsTheEngineCallsIt() {
        SystemField system;
        system.name = QStringLiteral("s");
        OptionField option;
        option.name = QStringLiteral("gate");
        option.type = QStringLiteral("choice");
        option.choices = QStringList{QStringLiteral("soft"), QStringLiteral("hard"), QStringLiteral("newer")};
        option.choiceTitles = QStringList{QStringLiteral("by probability"), QStringLiteral("all or nothing")};
        option.fallback = "soft";
        system.options = {option};
        TrainForm form;
        form.setSystems({system});
        OptionList list(form);
        auto* box = list.findChild<QComboBox*>(QStringLiteral("option-gate"));
        QVERIFY(box);
        QCOMPARE(box->currentText(), QStringLiteral("by probability"));
        QCOMPARE(box->itemText(2), QStringLiteral("newer"));
        box->setCurrentIndex(1);
        QCOMPARE(form.text(QStringLiteral("gate")), QStringLiteral("hard"));
        form.reset(QStringLiteral("gate"));
        QCOMPARE(box->currentIndex(), 0);
    }

    void theListOfOptionsFollowsTheForm() {
        TrainForm form;
        fill(form);
        OptionList list(form);
        auto* field = list.findChild<QLineEdit*>(QStringLiteral("option-epochs"));
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("0"));
        QCOMPARE(form.text(QStringLiteral("epochs")), QStringLiteral("500"));
        QVERIFY(!form.optionProblem(QStringLiteral("epochs")).isEmpty());
        auto* reset = list.findChild<QToolButton*>(QStringLiteral("reset-epochs"));
        QVERIFY(!reset->isHidden());
        reset->click();
        QCOMPARE(field->text(), QStringLiteral("50"));
        QVERIFY(reset->isHidden());
    }

    void hiddenOptionsAreNotListedTwice() {
        TrainForm form;
        fill(form);
        OptionList list(form);
        list.setHidden({QStringLiteral("layer")});
        QVERIFY(!list.findChild<QComboBox*>(QStringLiteral("option-layer")));
    }

    void aRunFolderIsRead() {
        QTemporaryDir project;
        const QString run = project.filePath(QStringLiteral("runs/r1"));
        QDir().mkpath(run);
        write(
            run + QStringLiteral("/run.json"),
            R"({"run":"r1","system":"mpcfn","preset":"sample","encoder":"tiny","device":"cpu","options":{"epochs":3}})");
        write(run + QStringLiteral("/events.jsonl"),
              "{\"event\":\"start\",\"time\":1700000000,\"epochs\":3}\n{\"event\":\"end\",\"outcome\":\"succeeded\","
              "\"best_epoch\":2}\n");
        write(run + QStringLiteral("/metrics.json"), R"({"test":{"micro":{"f1":0.8235}}})");
        write(run + QStringLiteral("/model.safetensors"), "x");
        QDir().mkpath(project.filePath(QStringLiteral("runs/r2")));
        const auto runs = workflow::readRuns(toPath(project.path()), {});
        QCOMPARE(runs.size(), std::size_t(2));
        const auto& r1 = runs[0].name == "r1" ? runs[0] : runs[1];
        const auto& r2 = runs[0].name == "r1" ? runs[1] : runs[0];
        QCOMPARE(r1.test->f1, 0.8235);
        QVERIFY(!r1.valid && r1.hasModel && !r1.hasCheckpoint);
        QCOMPARE(r1.history.state, protocol::RunState::Succeeded);
        QCOMPARE(r2.problem, std::string("run.json"));
        QCOMPARE(r2.history.state, protocol::RunState::Interrupted);
    }

    /// Silence is no sign of death, and a fresh file none of life: the lock of the process decides.
    void aRunLivesAsLongAsItsProcessHoldsItsLock() {
        QTemporaryDir project;
        const QString run = project.filePath(QStringLiteral("runs/r1"));
        QDir().mkpath(run);
        write(run + QStringLiteral("/run.json"), R"({"run":"r1","system":"mpcfn"})");
        const QString events = run + QStringLiteral("/events.jsonl");
        write(events, "{\"event\":\"start\",\"time\":1700000000,\"epochs\":3}\n");
        const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
        std::filesystem::last_write_time(toPath(events), longAgo);
        QCOMPARE(workflow::readRun(toPath(run)).history.state,
                 protocol::RunState::Interrupted);  // of 0.1.0: by the time alone
        {
            const RunLock lock = RunLock::take(toPath(run));
            QCOMPARE(workflow::readRun(toPath(run)).history.state, protocol::RunState::Running);
        }
        write(events, "{\"event\":\"start\",\"time\":1700000000,\"epochs\":3}\n");
        QCOMPARE(workflow::readRun(toPath(run)).history.state, protocol::RunState::Interrupted);
    }

    void theNameOfARunThatFailedBeforeItsFirstCheckpointIsFree() {
        RunInfo failed, kept;
        failed.name = "failed";
        kept.name = "kept";
        failed.history.state = kept.history.state = protocol::RunState::Failed;
        kept.hasCheckpoint = true;
        RunsModel model;
        model.setRuns({failed, kept});
        QCOMPARE(model.names(), QStringList{QStringLiteral("kept")});
    }

    void aCalibrationThatWasNotKeptIsToldAsSuch() {
        QTemporaryDir project;
        const QString run = project.filePath(QStringLiteral("runs/r1"));
        QDir().mkpath(run);
        write(run + QStringLiteral("/run.json"), R"({"run":"r1"})");
        const auto curve = eval::toJson(eval::reliabilityOf({{0.9, true}, {0.4, false}}));
        json body{{"method", "none"}, {"kept", false}, {"valid", {{"before", curve}, {"after", curve}}}};
        write(run + QStringLiteral("/calibration.json"), QByteArray::fromStdString(body.dump()));
        QVERIFY(workflow::readRun(toPath(run)).calibration && !workflow::readRun(toPath(run)).calibration->kept);
        body.erase("kept");  // of 0.1.0
        write(run + QStringLiteral("/calibration.json"), QByteArray::fromStdString(body.dump()));
        QVERIFY(workflow::readRun(toPath(run)).calibration->kept);
    }

    void theListComparesRunsByTheirValidationAlone() {
        RunInfo tested, running;
        tested.name = "tested";
        tested.history.state = protocol::RunState::Succeeded;
        tested.valid = workflow::ScoreFigure{0.8, 3, "seqeval-lenient"};
        tested.test = workflow::ScoreFigure{0.7, 3, "seqeval-lenient"};
        running.name = "running";
        running.valid = workflow::ScoreFigure{0.75, 1, "conll-strict"};
        RunsModel model;
        model.setRuns({tested, running});
        const auto cell = [&](int row, int role) {
            return model.data(model.index(row, RunsModel::kF1), role).toString();
        };
        QCOMPARE(cell(0, Qt::DisplayRole), QStringLiteral("80.00"));
        QVERIFY(!cell(0, Qt::ToolTipRole).contains(QStringLiteral("70.00")));
        QVERIFY(cell(0, Qt::ToolTipRole).contains(QStringLiteral("validation F1 80.00 (epoch 3 · seqeval, lenient)")));
        QCOMPARE(cell(1, Qt::DisplayRole), QStringLiteral("75.00 · CoNLL, strict"));
        QCOMPARE(model.headerData(RunsModel::kF1, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Validation F1"));
    }

    void theFigureOfARunIsThatOfTheEpochItKept() {
        // A grounded run keeps the epoch with the best triples, whatever the F1 of its entities.
        protocol::RunHistory history;
        for (const int epoch : {1, 2}) {
            history.add({{"event", "eval"},
                         {"epoch", epoch},
                         {"split", "valid"},
                         {"rule", "seqeval-lenient"},
                         {"micro", {{"f1", epoch == 1 ? 0.5 : 0.9}}}});
            history.add({{"event", "checkpoint"}, {"epoch", epoch}, {"best", epoch == 1}});
        }
        RunInfo run;
        takeScores(run, history);
        QCOMPARE(run.valid->epoch, 1);
        QCOMPARE(run.valid->f1, 0.5);
        QCOMPARE(run.valid->rule, std::string("seqeval-lenient"));
        QCOMPARE(history.bestEpoch, 1);
    }

    void whatMetricsTellIsTakenWhereEventsAreLost() {
        QTemporaryDir project;
        const QString run = project.filePath(QStringLiteral("runs/r1"));
        QDir().mkpath(run);
        write(run + QStringLiteral("/run.json"), R"({"run":"r1","system":"mpcfn"})");
        write(run + QStringLiteral("/metrics.json"),
              R"({"best":{"epoch":2,"f1":0.9},"epochs":[{"epoch":1,"valid":{"micro":{"f1":0.1}}},)"
              R"({"epoch":2,"valid":{"rule":"conll-strict","micro":{"f1":0.6}}}],)"
              R"("test":{"rule":"conll-strict","micro":{"f1":0.4}}})");
        const RunInfo info = workflow::readRun(toPath(run));
        QCOMPARE(info.valid->f1, 0.6);
        QCOMPARE(info.valid->epoch, 2);
        QCOMPARE(info.valid->rule, std::string("conll-strict"));
        QCOMPARE(info.test->f1, 0.4);
    }

    void aStartThatEndedWithNothingLeavesItsNameFree() {
        RunInfo run;
        run.history.state = protocol::RunState::Failed;
        QVERIFY(endedWithNothing(run));
        run.hasCheckpoint = true;
        QVERIFY(!endedWithNothing(run));
        run.hasCheckpoint = false;
        for (const protocol::RunState state : {protocol::RunState::Running, protocol::RunState::Paused,
                                               protocol::RunState::Succeeded, protocol::RunState::Interrupted}) {
            run.history.state = state;
            QVERIFY(!endedWithNothing(run));
        }
    }

    void noRunsFolderMeansNoRuns() {
        QTemporaryDir project;
        QVERIFY(workflow::readRuns(toPath(project.path()), {}).empty());
    }

    void readingRunsCanBeStopped() {
        QTemporaryDir project;
        QDir().mkpath(project.filePath(QStringLiteral("runs/r1")));
        std::stop_source stop;
        stop.request_stop();
        bool cancelled = false;
        try {
            workflow::readRuns(toPath(project.path()), stop.get_token());
        } catch (const Cancelled&) {
            cancelled = true;
        }
        QVERIFY(cancelled);
    }

    void theRunsModelKeepsItsPromises() {
        RunsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RunInfo a;
        a.name = "a";
        a.valid = workflow::ScoreFigure{0.8235, 2, "seqeval-lenient"};
        RunInfo b = a;
        b.name = "b";
        model.setRuns({a});
        model.updateRun(b);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf(QStringLiteral("b")), 0);
        b.valid.reset();
        b.history.state = protocol::RunState::Failed;
        b.history.failure.code = "disk-full";
        b.history.failure.args = {"/x"};
        model.updateRun(b);
        QCOMPARE(model.data(model.index(0, RunsModel::kF1), Qt::DisplayRole).toString(), QStringLiteral("—"));
        QVERIFY(model.data(model.index(0, 0), Qt::ToolTipRole).toString().contains(QStringLiteral("/x")));
        model.setRuns({b, a});
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aSelectionSurvivesReadingAgain() {
        RunsModel model;
        RunInfo a;
        a.name = "a";
        model.setRuns({a});
        const QPersistentModelIndex index = model.index(0, 0);
        a.valid = workflow::ScoreFigure{0.5, 1, {}};
        model.setRuns({a});
        QVERIFY(index.isValid());
    }

    void scoresFollowTheSetting() {
        settings::setScoresInPercent(true);
        QCOMPARE(scoreText(0.8235), QStringLiteral("82.35"));
        settings::setScoresInPercent(false);
        QCOMPARE(scoreText(0.8235), QStringLiteral("0.8235"));
        settings::setScoresInPercent(true);
    }

    void theBestEpochIsMarked() {
        EpochTableModel model(EpochTableModel::Rows::All), pinned(EpochTableModel::Rows::Pinned);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester second(&pinned, QAbstractItemModelTester::FailureReportingMode::QtTest);
        protocol::RunHistory history;
        for (int epoch = 1; epoch <= 3; ++epoch)
            history.add({{"event", "eval"},
                         {"epoch", epoch},
                         {"split", "valid"},
                         {"gold", 181},
                         {"micro", {{"p", 0.75}, {"f1", epoch == 2 ? 0.9 : 0.5}}},
                         {"types", {{"PER", {{"f1", 0.7}, {"support", 4}}}, {"_", {{"f1", 0.0}, {"support", 0}}}}}});
        history.add(
            {{"event", "eval"}, {"epoch", 2}, {"split", "test"}, {"micro", {{"f1", 0.8}}}, {"types", json::object()}});
        const LabelSet labels{{"PER"}, {}};
        model.setHistory(history, labels);
        QCOMPARE(model.rowCount(), 3);  // the test is listed when asked for
        model.setTestShown(true);
        model.setHistory(history, labels);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.columnCount(), EpochTableModel::kFirstType + 1);
        QVERIFY(model.data(model.index(0, 0), EpochTableModel::kIsTest).toBool());
        QCOMPARE(model.headerData(2, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("★ 2"));
        QVERIFY(model.data(model.index(2, 0), EpochTableModel::kIsBest).toBool());
        QCOMPARE(model.index(2, EpochTableModel::kPrecision).data().toString(), QStringLiteral("75.00"));
        QCOMPARE(model.index(2, EpochTableModel::kSupport).data().toString(), QStringLiteral("181"));
        QCOMPARE(model.index(0, EpochTableModel::kFirstType).data().toString(), QStringLiteral("—"));
        QCOMPARE(model.headerData(EpochTableModel::kFirstType, Qt::Horizontal, Qt::ForegroundRole).value<QColor>(),
                 Theme::ink(Theme::labelColor("PER", labels)));
        pinned.setHistory(history, labels);
        QCOMPARE(pinned.rowCount(), 1);
        pinned.setTestShown(true);
        pinned.setHistory(history, labels);
        QCOMPARE(pinned.rowCount(), 2);
        QVERIFY(pinned.data(pinned.index(0, 0), EpochTableModel::kIsBest).toBool());
        QVERIFY(pinned.data(pinned.index(1, 0), EpochTableModel::kIsTest).toBool());
        model.clear();
        QCOMPARE(model.columnCount(), 0);
    }

    void optionsThatDifferFromThePresetComeFirst() {
        const std::vector<SystemField> systems = systemsFromJson(systemsJson());
        const SystemField& system = systems.front();
        QVERIFY(!system.presets.empty());
        protocol::RunRecord record;
        record.system = toUtf8(system.name);
        record.preset = toUtf8(system.presets.front().first);
        record.options = json::object();
        for (const OptionField& option : system.options) record.options[toUtf8(option.name)] = option.fallback;
        for (const auto& [name, value] : system.presets.front().second.items()) record.options[name] = value;
        RunOptionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRun(record, systems);
        QCOMPARE(model.changedCount(), 0);
        record.options["epochs"] = 99;
        record.options["of_a_newer_engine"] = "<b>x</b>";
        model.setRun(record, systems);
        QCOMPARE(model.changedCount(), 1);
        QVERIFY(model.index(0, 0).data(RunOptionsModel::kIsChanged).toBool());
        QVERIFY(model.index(0, RunOptionsModel::kValue).data().toString().startsWith(QStringLiteral("99")));
        QVERIFY(!model.index(0, RunOptionsModel::kPresetValue).data().toString().startsWith(QStringLiteral("99")));
        model.setRun(record, {});  // the engine is gone
        QCOMPARE(model.changedCount(), 0);
        QCOMPARE(model.rowCount(), int(record.options.size()));
    }

    void aSystemWithoutPicturesNeedsNoPictureEncoder() {
        json list = systemsJson();
        list["systems"][0]["reads_pictures"] = false;
        TrainForm form;
        form.setSystems(systemsFromJson(list));
        form.setResnet({});
        QVERIFY(!form.readsPictures());
        QCOMPARE(form.problems().count(QStringLiteral("resnet")), std::size_t(0));
        QVERIFY(!form.arguments(QStringLiteral("/p")).contains(QStringLiteral("--resnet")));
        list["systems"][0].erase("reads_pictures");  // an older engine does not say
        form.setSystems(systemsFromJson(list));
        QVERIFY(form.readsPictures());
        QCOMPARE(form.problems().count(QStringLiteral("resnet")), std::size_t(1));
    }

    void resumingNamesTheRunAlone() {
        RunInfo run;
        run.name = "r1";
        run.record.device = "cuda:0";
        QCOMPARE(
            resumeArguments(QStringLiteral("/p"), run),
            (QStringList{QStringLiteral("train"), QStringLiteral("/p"), QStringLiteral("--run"), QStringLiteral("r1"),
                         QStringLiteral("--device"), QStringLiteral("cuda:0"), QStringLiteral("--resume")}));
    }

private:
    QTemporaryDir m_config;
};

QTEST_MAIN(TrainFormTest)
#include "train_form_test.moc"
