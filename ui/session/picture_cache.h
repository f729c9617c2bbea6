#pragma once

#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSize>
#include <QString>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/error.h"

namespace mnerva::ui {

/// Pictures decoded off the GUI thread, newest request first; shared by all pages: PictureCache::instance().
/// Upright, over white, of the kinds that core/vision reads: what a person sees is what the engine sees.
/// GUI thread only. Nothing here touches a disk on the calling thread.
class PictureCache : public QObject {
    Q_OBJECT
public:
    /// Missing: it cannot be shown; fault() says why.
    enum class State { Unknown, Loading, Ready, Missing };

    static PictureCache& instance();
    ~PictureCache() override;

    /// The picture scaled (keeping its aspect ratio, never enlarged) into `box` device pixels, or a null image while it
    /// is being decoded: ready() or missing() follows. An empty box means full size (at most 4096 pixels a side).
    QImage picture(const QString& path, const QSize& box = {});
    /// A square thumbnail, cropped to fill `side` logical pixels; null while it is decoded.
    QPixmap thumbnail(const QString& path, int side, qreal devicePixelRatio = 1.0);
    /// Decodes ahead without being asked for yet; drops older wishes.
    void prefetch(const QStringList& paths, const QSize& box = {});
    State state(const QString& path) const;
    /// Why a picture cannot be shown: FileMissing, ImageKindUnknown, ImageTooLarge, ImageUnreadable, ImageOutside, ...
    std::optional<Error> fault(const QString& path) const;
    /// Only a part of it was in its file; the decoder made the rest up.
    bool isPart(const QString& path) const;
    /// The folders of the open project's pictures: what is asked for below one of them must lie in it (a symbolic link
    /// may lead elsewhere), and is sought under other extensions where it is not there under its own.
    void setFolders(std::vector<std::filesystem::path> folders);
    /// Size in pixels of the upright picture; empty until it has been decoded once.
    QSize fullSize(const QString& path) const;
    /// Forgets what was found missing (the image folder was changed).
    void forgetMissing();
    void clear();

    /// What is drawn for a picture that is not there: a framed line drawing in the theme's colours.
    static QPixmap missingPicture(const QSize& logicalSize, qreal devicePixelRatio = 1.0);

Q_SIGNALS:
    void ready(const QString& path);
    void missing(const QString& path);

private:
    PictureCache();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::ui
