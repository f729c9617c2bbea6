#include "ui/session/label_names.h"

#include <QCoreApplication>

#include "core/text/look_alike.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kLongestName = 32;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LabelNames)
};

}  // namespace

QString whyNoLabelName(const QString& name, const std::vector<std::string>& others) {
    if (name.isEmpty()) return Texts::tr("A label needs a name.");
    if (name.size() > kLongestName) return Texts::tr("A label has at most %1 characters.").arg(kLongestName);
    if (name == QLatin1String("O") || name.contains(QLatin1Char(',')))
        return Texts::tr("A label is one word, and not O.");
    if (const auto hidden = text::firstInvisible(toUtf8(name))) {
        if (QChar::isSpace(*hidden)) return Texts::tr("A label is one word, and not O.");
        return Texts::tr("The name holds a character that cannot be seen (U+%1); type it without.")
            .arg(static_cast<uint>(*hidden), 4, 16, QLatin1Char('0'));
    }
    for (const std::string& known : others) {
        const QString other = fromUtf8(known);
        if (other == name) return Texts::tr("There is a label %1 already.").arg(name);
        if (text::lookAlikeKey(known) == text::lookAlikeKey(toUtf8(name)))
            return Texts::tr("There is a label %1 already, which looks almost the same.").arg(other);
    }
    return {};
}

}  // namespace mnerva::ui
