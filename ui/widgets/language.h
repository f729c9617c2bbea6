#pragma once

#include <QString>

namespace mnerva::ui {

/// Languages the window speaks: code, own name.
struct Language {
    QString code, name;
};
const QList<Language>& languages();

/// Installs the translators of a language ("" follows the system); widgets hear of it by LanguageChange. Returns the
/// code in use. An unknown code gives English.
QString useLanguage(const QString& code);
QString currentLanguage();

}  // namespace mnerva::ui
