#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <vector>

#include "core/workflow/library/encoder_facts.h"
#include "ui/base/job_runner.h"

namespace mnerva::ui {

/// The encoders on this machine, as a person works with them: those of the usual places, those that were added by hand,
/// those that runs were started with; without the forgotten ones. What was added, used and forgotten is remembered for
/// the person; what they are is looked at in the background.
class EncoderLibrary : public QObject {
    Q_OBJECT
public:
    explicit EncoderLibrary(QObject* parent = nullptr);

    /// Text encoders by name; also folders that were added or used and are no longer whole.
    const std::vector<workflow::EncoderFacts>& encoders() const { return m_encoders; }
    const std::vector<workflow::PictureEncoderFacts>& pictureEncoders() const { return m_pictures; }
    /// Null for a path that is not listed.
    const workflow::EncoderFacts* encoder(const QString& path) const;

    /// Looks again; changed() follows. Newest wins.
    void refresh();
    bool isLooking() const { return m_looking; }
    /// Paths that runs of the open project name.
    void setUsed(const QStringList& encoders, const QStringList& pictures);

    /// A folder (or one with several encoders in it), or a file of picture encoder weights.
    void add(const QString& path);
    /// Lists it no more. Nothing is deleted.
    void forget(const QString& path);

    /// Remembers that a run was begun with it. Names that are no path ("tiny", "random18") are not kept.
    static void rememberEncoder(const QString& path);
    static void rememberPictureEncoder(const QString& path);

    /// "all-MiniLM-L6-v2 (6 layers of 384, 87 MB, English)".
    static QString titleOf(const workflow::EncoderFacts& facts);
    static QString titleOf(const workflow::PictureEncoderFacts& facts);
    /// "English", "Chinese", "many languages"; codes of others.
    static QString languagesText(const std::vector<std::string>& languages);

Q_SIGNALS:
    void changed();

private:
    struct Found {
        std::vector<workflow::EncoderFacts> encoders;
        std::vector<workflow::PictureEncoderFacts> pictures;
    };
    JobRunner m_look;
    std::vector<workflow::EncoderFacts> m_encoders;
    std::vector<workflow::PictureEncoderFacts> m_pictures;
    QStringList m_usedEncoders, m_usedPictures;
    bool m_looking = false;
};

}  // namespace mnerva::ui
