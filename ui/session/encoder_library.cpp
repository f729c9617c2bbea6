#include "ui/session/encoder_library.h"

#include <QDir>
#include <QLocale>
#include <algorithm>
#include <set>

#include "core/workflow/library/encoder_places.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

namespace fs = std::filesystem;

constexpr int kRecentPaths = 6;

// The first two are older than the library.
const QString kUsedEncoders = QStringLiteral("train/encoders"), kUsedPictures = QStringLiteral("train/resnets"),
              kAdded = QStringLiteral("library/added"), kForgotten = QStringLiteral("library/forgotten");

void putFirst(const QString& key, const QString& path, int most) {
    QStringList paths = settings::value(key).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    settings::setValue(key, QStringList(paths.mid(0, most)));
}

void takeOut(const QString& key, const QString& path) {
    QStringList paths = settings::value(key).toStringList();
    if (paths.removeAll(path) > 0) settings::setValue(key, paths);
}

std::set<fs::path> pathsOf(const QStringList& list) {
    std::set<fs::path> paths;
    for (const QString& path : list)
        if (QDir::isAbsolutePath(path)) paths.insert(toPath(path).lexically_normal());
    return paths;
}

/// What the looking needs, by value.
struct Wanted {
    std::set<fs::path> added, encoders, pictures, forgotten;
};

template <class Facts>
void sortByName(std::vector<Facts>& list) {
    std::stable_sort(list.begin(), list.end(), [](const Facts& a, const Facts& b) { return a.name < b.name; });
}

}  // namespace

EncoderLibrary::EncoderLibrary(QObject* parent) : QObject(parent) {}

const workflow::EncoderFacts* EncoderLibrary::encoder(const QString& path) const {
    const auto found = std::find_if(m_encoders.begin(), m_encoders.end(),
                                    [&](const auto& facts) { return fromPath(facts.folder) == path; });
    return found == m_encoders.end() ? nullptr : &*found;
}

void EncoderLibrary::refresh() {
    const Wanted wanted{pathsOf(settings::value(kAdded).toStringList()),
                        pathsOf(settings::value(kUsedEncoders).toStringList() + m_usedEncoders),
                        pathsOf(settings::value(kUsedPictures).toStringList() + m_usedPictures),
                        pathsOf(settings::value(kForgotten).toStringList())};
    m_looking = true;
    m_look.run<Found>(
        [wanted](std::stop_token stop) {
            std::set<fs::path> encoders = wanted.encoders, pictures = wanted.pictures;
            std::vector<fs::path> places = workflow::encoderPlaces();
            places.insert(places.end(), wanted.added.begin(), wanted.added.end());
            for (const fs::path& place : places) {
                std::error_code failed;
                if (fs::is_regular_file(place, failed)) {
                    pictures.insert(place);
                    continue;
                }
                const auto whole = workflow::encodersIn(place, stop);
                encoders.insert(whole.begin(), whole.end());
                const auto files = workflow::pictureEncodersIn(place, stop);
                pictures.insert(files.begin(), files.end());
                // One that was added and holds nothing is listed with what it lacks.
                if (whole.empty() && files.empty() && wanted.added.contains(place)) encoders.insert(place);
            }
            Found found;
            for (const fs::path& folder : encoders)
                if (!wanted.forgotten.contains(folder)) found.encoders.push_back(workflow::encoderFacts(folder));
            for (const fs::path& file : pictures)
                if (!wanted.forgotten.contains(file)) found.pictures.push_back(workflow::pictureEncoderFacts(file));
            sortByName(found.encoders);
            sortByName(found.pictures);
            return found;
        },
        [this](const auto& answer) {
            m_looking = false;
            if (const auto* found = std::get_if<Found>(&answer)) {
                m_encoders = found->encoders;
                m_pictures = found->pictures;
            }
            Q_EMIT changed();
        });
}

void EncoderLibrary::setUsed(const QStringList& encoders, const QStringList& pictures) {
    if (encoders == m_usedEncoders && pictures == m_usedPictures) return;
    m_usedEncoders = encoders;
    m_usedPictures = pictures;
    refresh();
}

void EncoderLibrary::add(const QString& path) {
    constexpr int kMostAdded = 200;
    const QString clean = QDir::cleanPath(path);
    takeOut(kForgotten, clean);
    putFirst(kAdded, clean, kMostAdded);
    refresh();
}

void EncoderLibrary::forget(const QString& path) {
    constexpr int kMostForgotten = 1000;
    for (const QString& key : {kAdded, kUsedEncoders, kUsedPictures}) takeOut(key, path);
    putFirst(kForgotten, path, kMostForgotten);
    refresh();
}

void EncoderLibrary::rememberEncoder(const QString& path) {
    if (path.contains(u'/')) putFirst(kUsedEncoders, path, kRecentPaths);
}

void EncoderLibrary::rememberPictureEncoder(const QString& path) {
    if (path.contains(u'/')) putFirst(kUsedPictures, path, kRecentPaths);
}

QString EncoderLibrary::languagesText(const std::vector<std::string>& languages) {
    QStringList names;
    for (const std::string& language : languages)
        names << (language == "en"             ? tr("English")
                  : language == "zh"           ? tr("Chinese")
                  : language == "multilingual" ? tr("many languages")
                                               : fromUtf8(language));
    return names.join(QStringLiteral(", "));
}

QString EncoderLibrary::titleOf(const workflow::EncoderFacts& facts) {
    const QString name = fromUtf8(facts.name);
    if (!facts.isWhole()) return tr("%1 (cannot be used)").arg(name);
    QStringList parts;
    if (facts.layers > 0 && facts.hidden > 0)
        parts << tr("%1 × %2", "layers, width").arg(facts.layers).arg(facts.hidden);
    if (facts.bytes > 0)
        parts << QLocale().formattedDataSize(qint64(facts.bytes), 0, QLocale::DataSizeTraditionalFormat);
    if (!facts.languages.empty()) parts << languagesText(facts.languages);
    return parts.isEmpty() ? name : tr("%1 (%2)").arg(name, parts.join(QStringLiteral(", ")));
}

QString EncoderLibrary::titleOf(const workflow::PictureEncoderFacts& facts) {
    const QString name = fromUtf8(facts.name);
    if (!facts.isWhole()) return tr("%1 (cannot be used)").arg(name);
    return tr("%1 (ResNet-%2, %3)")
        .arg(name)
        .arg(facts.depth)
        .arg(QLocale().formattedDataSize(qint64(facts.bytes), 0, QLocale::DataSizeTraditionalFormat));
}

}  // namespace mnerva::ui
