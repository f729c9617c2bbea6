#include "ui/session/picture_cache.h"

#include <QBuffer>
#include <QCache>
#include <QCoreApplication>
#include <QImageReader>
#include <QLoggingCategory>
#include <QPainter>
#include <QThread>
#include <QTransform>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/project/picture_folder.h"
#include "core/vision/bmp.h"
#include "core/vision/gif.h"
#include "core/vision/picture_header.h"
#include "ui/base/gui_thread.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kLargestSide = 4096;
constexpr int kMostMegabytes = 1024;  ///< of the largest picture that core/vision lets pass, at 4 bytes a pixel
constexpr int kCacheKilobytes = 192 * 1024;
constexpr std::size_t kWaiting = 256;  ///< older wishes than these are dropped: the eye has moved on

struct Wish {
    QString key, path;
    QSize box;
    bool fill = false;  ///< crop to fill the box (thumbnails)
    bool operator==(const Wish& other) const { return key == other.key; }
};

QString keyOf(const QString& path, const QSize& box, bool fill) {
    return QStringLiteral("%1x%2|%3|").arg(box.width()).arg(box.height()).arg(fill ? 1 : 0) + path;
}

struct Decoded {
    QImage image;
    QSize fullSize;              ///< upright
    std::optional<Error> fault;  ///< why there is no image
    bool isPart = false;
};

/// Where pictures may be read: folders that were told, else the folder that a path names. Thread of the cache only.
class Places {
public:
    void setFolders(std::vector<std::filesystem::path> folders) {
        m_folders = std::move(folders);
        m_known.clear();
    }

    /// The file to read. Errors: FileMissing, ImageOutside.
    std::filesystem::path fileOf(const std::filesystem::path& path) {
        std::filesystem::path folder = path.parent_path(), name = path.filename();
        std::size_t longest = 0;
        for (const std::filesystem::path& root : m_folders) {
            const std::filesystem::path inside = path.lexically_relative(root);
            if (inside.empty() || *inside.begin() == ".." || root.native().size() <= longest) continue;
            longest = root.native().size();
            folder = root;
            name = inside;
        }
        auto& pictures = m_known.try_emplace(folder.string(), folder).first->second;
        const project::PostImage found = pictures.find(name.string());
        if (found.outside) throw Error(ErrorCode::ImageOutside, {path.string(), folder.string()});
        if (!found.exists) throw Error(ErrorCode::FileMissing, {path.string()});
        return found.path;
    }

private:
    std::vector<std::filesystem::path> m_folders;
    std::unordered_map<std::string, project::PictureFolder> m_known;
};

/// Turned as core/vision says; never by Qt, which knows the orientation of some kinds only.
QImage upright(const QImage& image, vision::Orientation orientation) {
    using vision::Orientation;
    const auto turned = [&](int degrees) { return image.transformed(QTransform().rotate(degrees)); };
    switch (orientation) {
        case Orientation::Upright:
            break;
        case Orientation::MirroredSideways:
            return image.mirrored(true, false);
        case Orientation::UpsideDown:
            return image.mirrored(true, true);
        case Orientation::MirroredUpDown:
            return image.mirrored(false, true);
        case Orientation::Transposed:
            return turned(90).mirrored(true, false);
        case Orientation::TurnedLeft:
            return turned(90);
        case Orientation::TransposedAcross:
            return turned(90).mirrored(false, true);
        case Orientation::TurnedRight:
            return turned(270);
    }
    return image;
}

/// Transparent pixels lie over white, as the models see them.
QImage overWhite(const QImage& image) {
    if (!image.hasAlphaChannel()) return image.convertToFormat(QImage::Format_RGB32);
    QImage out(image.size(), QImage::Format_RGB32);
    out.fill(Qt::white);
    QPainter(&out).drawImage(0, 0, image);
    return out;
}

const char* formatOf(vision::PictureKind kind) {
    switch (kind) {
        case vision::PictureKind::Jpeg:
            return "jpeg";
        case vision::PictureKind::Png:
            return "png";
        case vision::PictureKind::WebP:
            return "webp";
        case vision::PictureKind::Tiff:
            return "tiff";
        case vision::PictureKind::Gif:
        case vision::PictureKind::Bmp:
            break;  // read by our own code
    }
    return "";
}

/// Stored pixels, scaled down to `wanted` where the decoder can do that on the way.
QImage storedPixels(const std::string& bytes, const vision::PictureHeader& header, const QSize& wanted,
                    const std::string& name, bool& isPart) {
    const auto imageOf = [](const vision::Picture& picture) {
        return QImage(picture.rgb.data(), picture.width, picture.height, 3 * picture.width, QImage::Format_RGB888)
            .copy();
    };
    if (header.kind == vision::PictureKind::Gif) {
        const vision::GifPicture gif = vision::decodeGif(bytes, name);
        isPart = gif.isDamaged;
        return imageOf(gif.picture);
    }
    if (header.kind == vision::PictureKind::Bmp) return imageOf(vision::decodeBmp(bytes, name));
    const auto refuse = [&](const char* why) { return Error(ErrorCode::ImageUnreadable, {name, why}); };
    QByteArray content = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&content);
    buffer.open(QIODevice::ReadOnly);
    // The decoder that was meant, and no other: what Qt would guess from the content may be any of its plug-ins.
    QImageReader reader(&buffer, formatOf(header.kind));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(false);
    const QSize stored(static_cast<int>(header.stored.width), static_cast<int>(header.stored.height));
    if (const QSize said = reader.size(); said.isValid() && said != stored) throw refuse("header and pixels disagree");
    if (!wanted.isEmpty() && wanted != stored) reader.setScaledSize(wanted);
    const QImage image = reader.read();
    if (image.isNull()) throw refuse("the decoder found no picture");
    if ((wanted.isEmpty() || wanted == stored) && image.size() != stored) throw refuse("header and pixels disagree");
    return image;
}

Decoded decode(const Wish& wish, Places& places) {
    const std::filesystem::path file = places.fileOf(toPath(wish.path));
    const std::string bytes = vision::readPictureFile(file);
    const vision::PictureHeader header = vision::readPictureHeader(bytes, file);
    const vision::PictureSize size = header.upright();
    Decoded out;
    out.isPart = header.isCutOff;
    out.fullSize = QSize(static_cast<int>(size.width), static_cast<int>(size.height));
    const QSize box = wish.box.isEmpty() ? QSize(kLargestSide, kLargestSide) : wish.box;
    const Qt::AspectRatioMode mode = wish.fill ? Qt::KeepAspectRatioByExpanding : Qt::KeepAspectRatio;
    QSize wanted;
    if (out.fullSize.width() > box.width() || out.fullSize.height() > box.height()) {
        wanted = out.fullSize.scaled(box, mode).expandedTo(QSize(1, 1)).boundedTo(out.fullSize);
        if (vision::swapsSides(header.orientation)) wanted.transpose();
    }
    bool isPart = false;
    QImage image = storedPixels(bytes, header, wanted, file.string(), isPart);
    out.isPart |= isPart;
    image = upright(image, header.orientation);
    if (image.width() > box.width() || image.height() > box.height()) {
        image = image.scaled(image.size().scaled(box, mode).expandedTo(QSize(1, 1)), Qt::IgnoreAspectRatio,
                             Qt::SmoothTransformation);
    }
    if (wish.fill) {
        const int side = std::min(image.width(), image.height());
        image = image.copy((image.width() - side) / 2, (image.height() - side) / 2, side, side);
    }
    out.image = overWhite(image);
    return out;
}

}  // namespace

struct PictureCache::Impl {
    PictureCache* q = nullptr;
    QCache<QString, QImage> images{kCacheKilobytes};
    std::unordered_map<QString, QSize> sizes;
    std::unordered_map<QString, Error> gone;  ///< paths found missing or unreadable, and why
    std::unordered_set<QString> parts;        ///< paths of pictures of which a part could be read
    std::unordered_set<QString> loading;      ///< keys asked for

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Wish> wishes;  ///< newest at the front
    std::optional<std::vector<std::filesystem::path>> newFolders;
    Places places;  ///< of the thread
    bool ending = false;
    std::thread thread;

    void wish(Wish wanted, bool ahead) {
        if (gone.contains(wanted.path)) return;
        const bool known = !loading.insert(wanted.key).second;
        std::vector<QString> dropped;
        {
            const std::lock_guard lock(mutex);
            if (known) {
                const auto waiting = std::find(wishes.begin(), wishes.end(), wanted);
                if (waiting == wishes.end()) return;  // being decoded
                if (ahead) return;
                wishes.erase(waiting);
            }
            if (ahead) {
                wishes.push_back(std::move(wanted));
            } else {
                wishes.push_front(std::move(wanted));
            }
            while (wishes.size() > kWaiting) {
                dropped.push_back(wishes.back().key);
                wishes.pop_back();
            }
        }
        for (const QString& key : dropped) loading.erase(key);
        if (!thread.joinable()) thread = std::thread([this] { loop(); });
        wake.notify_one();
    }

    void loop() {
        for (;;) {
            Wish next;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return ending || !wishes.empty(); });
                if (ending) return;
                next = std::move(wishes.front());
                wishes.pop_front();
                if (newFolders) places.setFolders(*std::exchange(newFolders, std::nullopt));
            }
            auto decoded = std::make_shared<Decoded>();
            try {
                *decoded = decode(next, places);
            } catch (const Error& error) {
                decoded->fault = error;
            } catch (const std::exception&) {
                decoded->fault = Error(ErrorCode::MemoryExhausted, {toUtf8(next.path)});
            }
            onGuiThread(q, [this, next, decoded] { arrived(next, *decoded); });
        }
    }

    void arrived(const Wish& wish, const Decoded& decoded) {
        loading.erase(wish.key);
        if (decoded.image.isNull()) {
            gone.emplace(wish.path, decoded.fault.value_or(Error(ErrorCode::ImageUnreadable, {toUtf8(wish.path)})));
            Q_EMIT q->missing(wish.path);
            return;
        }
        sizes[wish.path] = decoded.fullSize;
        if (decoded.isPart) parts.insert(wish.path);
        const auto kilobytes = static_cast<int>(decoded.image.sizeInBytes() / 1024) + 1;
        images.insert(wish.key, new QImage(decoded.image), kilobytes);
        Q_EMIT q->ready(wish.path);
    }
};

PictureCache::PictureCache() : m_impl(std::make_unique<Impl>()) {
    m_impl->q = this;
    // Pictures are bounded by core/vision, alike for window and engine; Qt's own bound is lower for some kinds.
    QImageReader::setAllocationLimit(kMostMegabytes);
    // What a decoder complains of is shown in our own words.
    QLoggingCategory::setFilterRules(
        QStringLiteral("qt.gui.imageio*=false\nqt.imageformats*=false\nqt.gui.icc*=false"));
}

PictureCache& PictureCache::instance() {
    // Child of the application, so that its thread ends before Qt does.
    static QPointer<PictureCache> cache;
    if (!cache) {
        cache = new PictureCache;
        cache->setParent(QCoreApplication::instance());
    }
    return *cache;
}

PictureCache::~PictureCache() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->ending = true;
    }
    m_impl->wake.notify_all();
    if (m_impl->thread.joinable()) m_impl->thread.join();
}

QImage PictureCache::picture(const QString& path, const QSize& box) {
    if (path.isEmpty()) return {};
    const QString key = keyOf(path, box, false);
    if (const QImage* known = m_impl->images.object(key)) return *known;
    m_impl->wish({key, path, box, false}, false);
    return {};
}

QPixmap PictureCache::thumbnail(const QString& path, int side, qreal devicePixelRatio) {
    if (path.isEmpty()) return {};
    const int pixels = std::max(1, static_cast<int>(side * devicePixelRatio));
    const QSize box(pixels, pixels);
    const QString key = keyOf(path, box, true);
    if (const QImage* known = m_impl->images.object(key)) {
        QPixmap pixmap = QPixmap::fromImage(*known);
        pixmap.setDevicePixelRatio(static_cast<qreal>(std::max(1, pixmap.width())) / side);
        return pixmap;
    }
    m_impl->wish({key, path, box, true}, false);
    return {};
}

void PictureCache::prefetch(const QStringList& paths, const QSize& box) {
    for (const QString& path : paths) {
        const QString key = keyOf(path, box, false);
        if (!path.isEmpty() && !m_impl->images.contains(key)) m_impl->wish({key, path, box, false}, true);
    }
}

PictureCache::State PictureCache::state(const QString& path) const {
    if (path.isEmpty() || m_impl->gone.contains(path)) return State::Missing;
    if (m_impl->sizes.contains(path)) return State::Ready;
    for (const QString& key : m_impl->loading) {
        if (key.startsWith(path + QLatin1Char('|'))) return State::Loading;
    }
    return State::Unknown;
}

std::optional<Error> PictureCache::fault(const QString& path) const {
    const auto known = m_impl->gone.find(path);
    return known == m_impl->gone.end() ? std::nullopt : std::optional(known->second);
}

bool PictureCache::isPart(const QString& path) const {
    return m_impl->parts.contains(path);
}

void PictureCache::setFolders(std::vector<std::filesystem::path> folders) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->newFolders = std::move(folders);
}

QSize PictureCache::fullSize(const QString& path) const {
    const auto known = m_impl->sizes.find(path);
    return known == m_impl->sizes.end() ? QSize() : known->second;
}

void PictureCache::forgetMissing() {
    m_impl->gone.clear();
}

void PictureCache::clear() {
    m_impl->images.clear();
    m_impl->sizes.clear();
    m_impl->gone.clear();
    m_impl->parts.clear();
}

QPixmap PictureCache::missingPicture(const QSize& logicalSize, qreal devicePixelRatio) {
    const QSize size = logicalSize.expandedTo(QSize(1, 1));
    QPixmap pixmap(size * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Theme::color(Theme::Role::Hover));
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
    painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1));
    const int side = std::clamp(std::min(size.width(), size.height()) / 2, 8, 64);
    const QPoint corner((size.width() - side) / 2, (size.height() - side) / 2);
    painter.drawPixmap(corner, Theme::pixmap(QStringLiteral("picture-off"), Theme::color(Theme::Role::DisabledText),
                                             side, devicePixelRatio));
    return pixmap;
}

}  // namespace mnerva::ui
