#include "ui/base/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>
#include <algorithm>
#include <memory>

namespace mnerva::ui::settings {
namespace {

constexpr int kRecentProjects = 8;
constexpr unsigned long kOrphanLockMs = 50;
constexpr int kSmallestPost = 10, kLargestPost = 40, kUsualPost = 16;

std::unique_ptr<QSettings>& holder() {
    static std::unique_ptr<QSettings> kept;
    return kept;
}

/// QSettings locks its file while it writes. Killed between making the lock and writing its name into it, a program
/// leaves an empty one, and the next start would wait 30 s for it. A living program's is empty for microseconds only.
void dropOrphanLock(const QString& path) {
    const auto isEmpty = [&path] {
        const QFileInfo lock(path);
        return lock.exists() && lock.size() == 0;
    };
    if (!isEmpty()) return;
    QThread::msleep(kOrphanLockMs);
    if (isEmpty()) QFile::remove(path);
}

QSettings& store() {
    auto& kept = holder();
    if (!kept) dropOrphanLock(file() + QStringLiteral(".lock"));
    if (!kept) kept = std::make_unique<QSettings>(file(), QSettings::IniFormat);
    return *kept;
}

/// Where the current post of a project is remembered.
QString postKey(const QString& folder) {
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    return QStringLiteral("posts/") + QString::fromLatin1(hash);
}

}  // namespace

QString file() {
    QString folder = qEnvironmentVariable("MNERVA_CONFIG_DIR");
    if (folder.isEmpty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/mnerva");
    }
    return QDir(folder).filePath(QStringLiteral("mnerva.ini"));
}

QVariant value(const QString& key, const QVariant& fallback) {
    return store().value(key, fallback);
}
void setValue(const QString& key, const QVariant& value) {
    store().setValue(key, value);
}
void remove(const QString& key) {
    store().remove(key);
}
void reload() {
    holder().reset();
}

QString language() {
    return value(QStringLiteral("language")).toString();
}
void setLanguage(const QString& language) {
    setValue(QStringLiteral("language"), language);
}

ThemeChoice theme() {
    const QString name = value(QStringLiteral("theme")).toString();
    if (name == QLatin1String("light")) return ThemeChoice::Light;
    return name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void setTheme(ThemeChoice choice) {
    const char* name = choice == ThemeChoice::Light ? "light" : choice == ThemeChoice::Dark ? "dark" : "system";
    setValue(QStringLiteral("theme"), QString::fromLatin1(name));
}

int postTextSize() {
    return std::clamp(value(QStringLiteral("postTextSize"), kUsualPost).toInt(), kSmallestPost, kLargestPost);
}
void setPostTextSize(int points) {
    setValue(QStringLiteral("postTextSize"), points);
}

QString lastProject() {
    return value(QStringLiteral("lastProject")).toString();
}
QStringList recentProjects() {
    return value(QStringLiteral("recentProjects")).toStringList();
}

void addRecentProject(const QString& folder) {
    QStringList recent = recentProjects();
    recent.removeAll(folder);
    recent.prepend(folder);
    while (recent.size() > kRecentProjects) recent.removeLast();
    setValue(QStringLiteral("recentProjects"), recent);
    setValue(QStringLiteral("lastProject"), folder);
}

PostId lastPost(const QString& folder) {
    return PostId{value(postKey(folder)).toLongLong()};
}
void setLastPost(const QString& folder, PostId post) {
    setValue(postKey(folder), QVariant::fromValue<qlonglong>(post.value));
}

bool scoresInPercent() {
    return value(QStringLiteral("scoresInPercent"), true).toBool();
}
void setScoresInPercent(bool percent) {
    setValue(QStringLiteral("scoresInPercent"), percent);
}

SuggestionPolicy suggestionPolicy() {
    const int number = value(QStringLiteral("suggestions/policy"), 0).toInt();
    return static_cast<SuggestionPolicy>(std::clamp(number, 0, 2));
}
void setSuggestionPolicy(SuggestionPolicy policy) {
    setValue(QStringLiteral("suggestions/policy"), static_cast<int>(policy));
}

double suggestionThreshold() {
    return std::clamp(value(QStringLiteral("suggestions/threshold"), 0.0).toDouble(), 0.0, 1.0);
}
void setSuggestionThreshold(double confidence) {
    setValue(QStringLiteral("suggestions/threshold"), confidence);
}

QByteArray layout(const QString& name) {
    return value(QStringLiteral("layout/") + name).toByteArray();
}
void setLayout(const QString& name, const QByteArray& state) {
    setValue(QStringLiteral("layout/") + name, state);
}

}  // namespace mnerva::ui::settings
