#include "ui/common/picture_cache.h"

#include <QCache>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QThread>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "ui/common/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kLargestSide = 4096;
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
    QSize fullSize;
};

Decoded decode(const Wish& wish) {
    QImageReader reader(wish.path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QSize full = reader.size();
    QSize target = full.isEmpty() ? QSize() : full;
    const QSize box = wish.box.isEmpty() ? QSize(kLargestSide, kLargestSide) : wish.box;
    const Qt::AspectRatioMode mode = wish.fill ? Qt::KeepAspectRatioByExpanding : Qt::KeepAspectRatio;
    const bool turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    if (!target.isEmpty()) {
        const QSize seen = turned ? target.transposed() : target;
        const bool larger = seen.width() > box.width() || seen.height() > box.height();
        QSize scaled = seen.scaled(box, mode).expandedTo(QSize(1, 1));
        if (larger) reader.setScaledSize(turned ? scaled.transposed() : scaled);
    }
    QImage image = reader.read();
    if (image.isNull()) return {};
    const QSize fullSeen = full.isEmpty() ? image.size() : turned ? full.transposed() : full;
    if (image.width() > box.width() || image.height() > box.height()) {
        image = image.scaled(box, mode, Qt::SmoothTransformation);
    }
    if (wish.fill) {
        const int side = std::min(image.width(), image.height());
        image = image.copy((image.width() - side) / 2, (image.height() - side) / 2, side, side);
    }
    return {image.convertToFormat(QImage::Format_ARGB32_Premultiplied), fullSeen};
}

}  // namespace

struct PictureCache::Impl {
    PictureCache* q = nullptr;
    QCache<QString, QImage> images{kCacheKilobytes};
    std::unordered_map<QString, QSize> sizes;
    std::unordered_set<QString> gone;     ///< paths found missing or unreadable
    std::unordered_set<QString> loading;  ///< keys asked for

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Wish> wishes;  ///< newest at the front
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
            }
            auto decoded = std::make_shared<Decoded>();
            try {
                *decoded = decode(next);
            } catch (const std::exception&) {
                decoded->image = {};  // out of memory on a monstrous picture: shown as missing
            }
            QMetaObject::invokeMethod(
                q, [this, next, decoded] { arrived(next, *decoded); }, Qt::QueuedConnection);
        }
    }

    void arrived(const Wish& wish, const Decoded& decoded) {
        loading.erase(wish.key);
        if (decoded.image.isNull()) {
            gone.insert(wish.path);
            Q_EMIT q->missing(wish.path);
            return;
        }
        sizes[wish.path] = decoded.fullSize;
        const auto kilobytes = static_cast<int>(decoded.image.sizeInBytes() / 1024) + 1;
        images.insert(wish.key, new QImage(decoded.image), kilobytes);
        Q_EMIT q->ready(wish.path);
    }
};

PictureCache::PictureCache() : m_impl(std::make_unique<Impl>()) {
    m_impl->q = this;
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
