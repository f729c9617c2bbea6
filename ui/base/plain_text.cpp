#include "ui/base/plain_text.h"

namespace mnerva::ui {

QString withoutMnemonic(const QString& text) {
    QString out = text;
    return out.replace(QLatin1Char('&'), QLatin1String("&&"));
}

QString asWindowTitle(const QString& text) {
    QString out = text;
    return out.replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
}

}  // namespace mnerva::ui
