#include "core/formats/voc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <pugixml.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/translatable.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace fs = std::filesystem;
namespace {

/// Real files have less than 10 KB and less than 20 objects.
constexpr std::uintmax_t kMostBoxBytes = std::uintmax_t{16} << 20;
constexpr std::size_t kMaxObjects = 10000;
constexpr double kFarthest = std::numeric_limits<int>::max();

bool isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Words joined by one space each: files written by hand or by editors wrap and indent.
std::string oneLine(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (!isWhite(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::optional<double> numberOf(const pugi::xml_node& node) {
    const std::string text = oneLine(node.child_value());
    if (text.empty()) return std::nullopt;
    // Not std::stod: a window's program may run under a locale whose point is a comma.
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

int sizeOf(const pugi::xml_node& node) {
    const auto value = numberOf(node);
    return value && *value >= 1 && *value <= kFarthest ? static_cast<int>(*value) : 0;
}

class VocReader {
public:
    VocReader(const fs::path& path, Findings& findings, const BoxFrame& frameOf)
        : m_path(path), m_file(path.string()), m_findings(findings), m_frameOf(frameOf) {}

    std::optional<BoxAnnotation> read() {
        if (!load()) return std::nullopt;
        const pugi::xml_node root = m_document.document_element();
        if (std::string_view(root.name()) != "annotation") {
            add("xml-foreign", lineOf(root), fmt::format("<{}>", root.name()));
            return std::nullopt;
        }
        BoxAnnotation annotation;
        annotation.pictureName = oneLine(root.child_value("filename"));
        const pugi::xml_node size = root.child("size");
        annotation.width = sizeOf(size.child("width"));
        annotation.height = sizeOf(size.child("height"));
        if (const int depth = sizeOf(size.child("depth")); depth > 0) annotation.depth = depth;
        if (annotation.width == 0 || annotation.height == 0) add("xml-size-missing", lineOf(size ? size : root), {});
        m_frame =
            m_frameOf ? m_frameOf(annotation.width, annotation.height) : std::pair(annotation.width, annotation.height);
        std::size_t objects = 0;
        for (const pugi::xml_node& object : root.children("object")) {
            if (++objects > kMaxObjects) {
                add("xml-too-large", lineOf(object), "more than " + std::to_string(kMaxObjects) + " objects");
                return std::nullopt;
            }
            readObject(object, annotation);
        }
        return annotation;
    }

private:
    void add(std::string code, int line, std::string text) {
        m_findings.add({std::move(code), m_file, line, std::move(text)});
    }

    bool refuse(std::string code, int line, std::string text) {
        add(std::move(code), line, std::move(text));
        return false;
    }

    bool load() {
        try {
            std::error_code failed;
            const auto size = fs::file_size(m_path, failed);
            if (!failed && size > kMostBoxBytes) return refuse("xml-too-large", 0, std::to_string(size));
            m_bytes = readFile(m_path, kMostBoxBytes);
        } catch (const Error& error) {
            return refuse("xml-unreadable", 0, error.what());
        }
        if (std::all_of(m_bytes.begin(), m_bytes.end(), isWhite)) return refuse("empty-file", 0, {});
        const std::string_view start = std::string_view(m_bytes).substr(0, 2);
        m_isUtf16 = start == "\xFF\xFE" || start == "\xFE\xFF";
        if (!m_isUtf16) {
            std::string repaired = text::repairedUtf8(m_bytes);
            if (repaired != m_bytes) add("invalid-utf8", 0, {});
            m_bytes = std::move(repaired);
        }
        // Declarations of entities are skipped with the DOCTYPE: only the five of XML and numbers are ever replaced.
        const pugi::xml_parse_result parsed = m_document.load_buffer(
            m_bytes.data(), m_bytes.size(), pugi::parse_default, m_isUtf16 ? pugi::encoding_auto : pugi::encoding_utf8);
        if (!parsed) return refuse("xml-invalid", lineAt(parsed.offset), parsed.description());
        return true;
    }

    /// Nodes come in the order of the file, so the count goes on where it stopped: from the start for each of many
    /// objects it would take minutes.
    int lineAt(std::ptrdiff_t offset) {
        if (m_isUtf16 || offset < 0) return 0;
        offset = std::min(offset, static_cast<std::ptrdiff_t>(m_bytes.size()));
        if (offset < m_countedTo) {
            m_countedTo = 0;
            m_lineThere = 1;
        }
        m_lineThere += static_cast<int>(std::count(m_bytes.begin() + m_countedTo, m_bytes.begin() + offset, '\n'));
        m_countedTo = offset;
        return m_lineThere;
    }
    int lineOf(const pugi::xml_node& node) { return lineAt(node.offset_debug()); }

    void readObject(const pugi::xml_node& object, BoxAnnotation& annotation) {
        BoxObject out;
        out.line = lineOf(object);
        out.region.origin = RegionOrigin::Xml;
        out.region.label = oneLine(object.child_value("name"));
        const std::string& name = out.region.label;
        const pugi::xml_node box = object.child("bndbox");
        if (!box) return add("object-without-box", out.line, name);
        const auto left = numberOf(box.child("xmin")), top = numberOf(box.child("ymin"));
        const auto right = numberOf(box.child("xmax")), bottom = numberOf(box.child("ymax"));
        if (!left || !top || !right || !bottom) return add("box-invalid", lineOf(box), name);
        const std::string place = fmt::format("{}: {} {} {} {}", name, *left, *top, *right, *bottom);
        if (*right <= *left || *bottom <= *top) return add("box-degenerate", lineOf(box), place);
        const ClippedBox clipped = clippedBox(*left, *top, *right, *bottom, m_frame.first, m_frame.second);
        if (clipped.width == 0 || clipped.height == 0)
            return add(clipped.wasCut ? "box-outside" : "box-degenerate", lineOf(box), place);
        if (clipped.wasCut) add("box-clipped", lineOf(box), place);
        if (name.empty()) add("object-without-name", out.line, place);
        out.region.left = clipped.left;
        out.region.top = clipped.top;
        out.region.width = clipped.width;
        out.region.height = clipped.height;
        annotation.objects.push_back(std::move(out));
    }

    fs::path m_path;
    std::string m_file, m_bytes;
    bool m_isUtf16 = false;
    std::ptrdiff_t m_countedTo = 0;
    int m_lineThere = 1;
    pugi::xml_document m_document;
    Findings& m_findings;
    const BoxFrame& m_frameOf;
    std::pair<int, int> m_frame;  ///< width and height at which boxes are cut
};

void addText(pugi::xml_node& parent, const char* name, const std::string& text) {
    parent.append_child(name).text().set(text.c_str());
}
void addNumber(pugi::xml_node& parent, const char* name, int number) {
    parent.append_child(name).text().set(number);
}

}  // namespace

std::optional<BoxAnnotation> readVoc(const fs::path& path, Findings& findings, const BoxFrame& frameOf) {
    return VocReader(path, findings, frameOf).read();
}

std::string vocText(const BoxAnnotation& annotation, const std::string& folder) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("annotation");
    if (!folder.empty()) addText(root, "folder", folder);
    addText(root, "filename", annotation.pictureName);
    pugi::xml_node source = root.append_child("source");
    addText(source, "database", "Unknown");
    pugi::xml_node size = root.append_child("size");
    addNumber(size, "width", annotation.width);
    addNumber(size, "height", annotation.height);
    addNumber(size, "depth", annotation.depth);
    addNumber(root, "segmented", 0);
    for (const BoxObject& one : annotation.objects) {
        const Region& region = one.region;
        pugi::xml_node object = root.append_child("object");
        addText(object, "name", region.label);
        addText(object, "pose", "Unspecified");
        const bool touchesEdge = region.left == 0 || region.top == 0 || region.right() == annotation.width ||
                                 region.bottom() == annotation.height;
        addNumber(object, "truncated", touchesEdge ? 1 : 0);
        addNumber(object, "difficult", 0);
        pugi::xml_node box = object.append_child("bndbox");
        addNumber(box, "xmin", region.left);
        addNumber(box, "ymin", region.top);
        addNumber(box, "xmax", region.right());
        addNumber(box, "ymax", region.bottom());
    }
    std::ostringstream out;
    document.save(out, "\t", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
    return out.str();
}

void writeVoc(const fs::path& path, const BoxAnnotation& annotation) {
    writeFileAtomic(path, vocText(annotation, fs::absolute(path).parent_path().filename().string()));
}

Format vocFormat() {
    Format format;
    format.name = "voc";
    format.title = MNERVA_TEXT("Format", "Pascal VOC (boxes, a file a picture)");
    format.filesTitle = MNERVA_TEXT("Format", "XML files");
    format.help = "boxes in Pascal VOC files, one a picture";
    format.files = {{".xml", {}}};
    format.lossyFindings = {"xml-unreadable",     "xml-too-large", "xml-invalid",    "xml-foreign",
                            "object-without-box", "box-invalid",   "box-degenerate", "box-outside",
                            "box-clipped",        "invalid-utf8",  "empty-file"};
    BoxKind kind;
    kind.folders = {"xml", "boxes"};
    kind.read = readVoc;
    kind.write = writeVoc;
    format.kind = std::move(kind);
    return format;
}

}  // namespace mnerva::formats
