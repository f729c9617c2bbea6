#include "ui/widgets/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include "ui/look/resources.h"

namespace mnerva::ui {
namespace {

/// Keys whose names in Qt's translations are not what stands on keyboards; the window's own are asked first.
[[maybe_unused]] constexpr const char* kKeys[] = {
    QT_TRANSLATE_NOOP("QShortcut", "Left"),   QT_TRANSLATE_NOOP("QShortcut", "Right"),
    QT_TRANSLATE_NOOP("QShortcut", "Up"),     QT_TRANSLATE_NOOP("QShortcut", "Down"),
    QT_TRANSLATE_NOOP("QShortcut", "Return"), QT_TRANSLATE_NOOP("QShortcut", "Enter")};

QString& current() {
    static QString code;
    return code;
}

QString resolve(const QString& wanted) {
    const QString name = wanted.isEmpty() ? QLocale::system().name() : wanted;
    return name.startsWith(QLatin1String("zh")) ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

/// A translator that is kept for the application's life; loading again replaces what it says.
QTranslator& translator(const char* name) {
    auto* found = QCoreApplication::instance()->findChild<QTranslator*>(QLatin1String(name));
    if (!found) {
        found = new QTranslator(QCoreApplication::instance());
        found->setObjectName(QLatin1String(name));
    }
    return *found;
}

}  // namespace

const QList<Language>& languages() {
    static const QList<Language> all{{QStringLiteral("en"), QStringLiteral("English")},
                                     {QStringLiteral("zh_CN"), QStringLiteral("中文")}};
    return all;
}

QString useLanguage(const QString& code) {
    const QString resolved = resolve(code);
    if (resolved == current()) return resolved;
    current() = resolved;
    initResources();
    QLocale::setDefault(QLocale(resolved));
    QTranslator& qt = translator("translator.qt");
    QTranslator& own = translator("translator.mnerva");
    QCoreApplication::removeTranslator(&qt);
    QCoreApplication::removeTranslator(&own);
    const QString qtFolder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (qt.load(QStringLiteral("qtbase_") + resolved, qtFolder)) QCoreApplication::installTranslator(&qt);
    if (own.load(QStringLiteral(":/translations/mnerva_%1.qm").arg(resolved)))
        QCoreApplication::installTranslator(&own);
    return resolved;
}

QString currentLanguage() {
    return current().isEmpty() ? resolve({}) : current();
}

}  // namespace mnerva::ui
