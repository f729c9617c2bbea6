#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariant>

#include "core/base/ids.h"

namespace mnerva::ui {

/// What the window remembers for a person (not for a project). Kept in an INI file in the user's configuration folder,
/// or in $MNERVA_CONFIG_DIR when that is set. All functions are cheap; they use one QSettings for the application.
/// What a person chose; System follows the desktop.
enum class ThemeChoice { System, Light, Dark };

namespace settings {

QString file();
QVariant value(const QString& key, const QVariant& fallback = {});
void setValue(const QString& key, const QVariant& value);
void remove(const QString& key);
/// Forgets the cached object, so that a changed $MNERVA_CONFIG_DIR is looked at again (tests).
void reload();

/// "en", "zh_CN", or "" for the system's.
QString language();
void setLanguage(const QString& language);
ThemeChoice theme();
void setTheme(ThemeChoice choice);
int postTextSize();
void setPostTextSize(int points);
QString lastProject();
QStringList recentProjects();
/// Puts a project first among the recent ones and makes it the last project.
void addRecentProject(const QString& folder);
/// The post that was current when a project was last open; invalid when it never was.
PostId lastPost(const QString& folder);
void setLastPost(const QString& folder, PostId post);
/// F1 as 82.35 (true) or 0.8235.
bool scoresInPercent();
void setScoresInPercent(bool percent);

/// What Enter does on a post that still has suggestions.
enum class SuggestionPolicy { AskOnce, Reject, Keep };
SuggestionPolicy suggestionPolicy();
void setSuggestionPolicy(SuggestionPolicy policy);
/// Suggestions under this confidence (0..1) are not shown.
double suggestionThreshold();
void setSuggestionThreshold(double confidence);

/// Geometry and splitters, by object name.
QByteArray layout(const QString& name);
void setLayout(const QString& name, const QByteArray& state);

}  // namespace settings
}  // namespace mnerva::ui
