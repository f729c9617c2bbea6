#pragma once

#include <QByteArray>
#include <QHash>
#include <QRegularExpression>
#include <QString>

namespace mnerva::test {

// As much of a reader of PDF as the files of Qt need: what a person finds when searching a saved figure.

struct PdfObjects {
    QHash<int, QByteArray> heads, streams;  ///< by object number; streams inflated
};

inline PdfObjects pdfObjects(const QByteArray& pdf) {
    PdfObjects objects;
    static const QRegularExpression begins(QStringLiteral("(?:^|\\n)(\\d+) 0 obj\\n"));
    const QString latin = QString::fromLatin1(pdf);
    for (auto found = begins.globalMatch(latin); found.hasNext();) {
        const auto match = found.next();
        const int number = match.captured(1).toInt();
        const qsizetype begin = match.capturedEnd(), end = pdf.indexOf("endobj", begin);
        const QByteArray body = pdf.mid(begin, end - begin);
        const qsizetype stream = body.indexOf("stream\n");
        objects.heads[number] = body.left(stream < 0 ? body.size() : stream);
        if (stream < 0) continue;
        const qsizetype data = stream + 7;
        const QByteArray raw = body.mid(data, body.lastIndexOf("endstream") - data);
        const QByteArray length("\0\x10\0\0", 4);  // a guess; it grows
        objects.streams[number] = objects.heads[number].contains("FlateDecode") ? qUncompress(length + raw) : raw;
    }
    return objects;
}

/// Code to text of one font, from its ToUnicode table.
inline QHash<int, QString> pdfCodes(const QByteArray& table) {
    QHash<int, QString> codes;
    // A line of the table is a run of codes with the text of the first one, or with a list of texts.
    static const QRegularExpression line(
        QStringLiteral("^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> (?:<([0-9A-Fa-f]+)>|\\[([^\\]]*)\\])"),
        QRegularExpression::MultilineOption),
        one(QStringLiteral("<([0-9A-Fa-f]+)>"));
    const auto text = [](const QString& hex) {
        QString out;
        for (qsizetype i = 0; i + 4 <= hex.size(); i += 4) out += QChar(hex.mid(i, 4).toUShort(nullptr, 16));
        return out;
    };
    for (auto found = line.globalMatch(QString::fromLatin1(table)); found.hasNext();) {
        const auto match = found.next();
        const int first = match.captured(1).toInt(nullptr, 16), last = match.captured(2).toInt(nullptr, 16);
        if (match.hasCaptured(4)) {
            int code = first;
            for (auto item = one.globalMatch(match.captured(4)); item.hasNext();)
                codes[code++] = text(item.next().captured(1));
        } else {
            const int unicode = match.captured(3).toInt(nullptr, 16);
            for (int code = first; code <= last; ++code) codes[code] = QString(QChar(unicode + code - first));
        }
    }
    return codes;
}

/// The text of a PDF that Qt wrote, a line for each piece that was drawn at once; U+FFFD for a glyph whose text the
/// file does not tell.
inline QString pdfText(const QByteArray& pdf) {
    const PdfObjects objects = pdfObjects(pdf);
    QHash<int, QHash<int, QString>> fonts;
    static const QRegularExpression unicode(QStringLiteral("/ToUnicode (\\d+) 0 R"));
    for (auto head = objects.heads.cbegin(); head != objects.heads.cend(); ++head)
        if (const auto match = unicode.match(QString::fromLatin1(head.value())); match.hasMatch())
            fonts[head.key()] = pdfCodes(objects.streams.value(match.captured(1).toInt()));
    static const QRegularExpression token(QStringLiteral("/F(\\d+) [0-9.]+ Tf|<([0-9A-Fa-f]+)> Tj|(\\bET\\b)"));
    QString out;
    for (const QByteArray& stream : objects.streams) {
        if (!stream.contains("BT\n")) continue;
        int font = 0;
        const QString content = QString::fromLatin1(stream);
        for (auto found = token.globalMatch(content); found.hasNext();) {
            const auto match = found.next();
            if (match.hasCaptured(1)) font = match.captured(1).toInt();
            if (match.hasCaptured(3)) out += QLatin1Char('\n');
            const QString codes = match.captured(2);
            for (qsizetype i = 0; i + 4 <= codes.size(); i += 4) {
                const QString text = fonts.value(font).value(codes.mid(i, 4).toInt(nullptr, 16));
                out += text.isEmpty() ? QString(QChar::ReplacementCharacter) : text;
            }
        }
    }
    return out.replace(QLatin1Char('\t'), QLatin1Char(' '));
}

/// Whether every font of it is in the file.
inline bool pdfEmbedsItsFonts(const QByteArray& pdf) {
    return pdf.count("/FontDescriptor ") > 0 && pdf.count("/FontFile") >= pdf.count("/Type /FontDescriptor");
}

}  // namespace mnerva::test
