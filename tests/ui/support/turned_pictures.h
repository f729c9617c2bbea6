#pragma once

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QString>
#include <QTransform>

namespace mnerva::test {

/// A file of tests/golden/cases: inputs that went wrong once.
inline QString caseFile(const QString& name) {
    return QStringLiteral(MNERVA_SOURCE_DIR "/tests/golden/cases/") + name;
}

/// An upright picture as it is stored with an orientation of EXIF. Qt's own turning, so that ours is held against it.
inline QImage storedFrom(const QImage& upright, int orientation) {
    const auto turn = [&](int degrees) { return upright.transformed(QTransform().rotate(degrees)); };
    switch (orientation) {
        case 2:
            return upright.mirrored(true, false);
        case 3:
            return turn(180);
        case 4:
            return upright.mirrored(false, true);
        case 5:
            return turn(270).mirrored(false, true);
        case 6:
            return turn(270);
        case 7:
            return turn(270).mirrored(true, false);
        case 8:
            return turn(90);
        default:
            return upright;
    }
}

/// Writes it as a JPEG whose EXIF block says so; the path.
inline QString writeTurned(const QString& folder, const QImage& upright, int orientation) {
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    buffer.open(QIODevice::WriteOnly);
    storedFrom(upright, orientation).save(&buffer, "JPG", 95);
    QByteArray exif(
        "\xff\xe1\0\x22"
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        29);
    exif += static_cast<char>(orientation);
    exif += QByteArray(6, '\0');
    QFile file(QDir(folder).filePath(QStringLiteral("o%1.jpg").arg(orientation)));
    if (file.open(QIODevice::WriteOnly)) file.write(jpeg.left(2) + exif + jpeg.mid(2));
    return file.fileName();
}

}  // namespace mnerva::test
