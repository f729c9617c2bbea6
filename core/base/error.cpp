#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace mnerva {
namespace {

struct Entry {
    ErrorCode code;
    std::string_view name;
    std::string_view sentence;
};

// clang-format off
constexpr std::array kCatalog{
    Entry{ErrorCode::Internal, "internal",
          "Something went wrong inside Mnerva: {0}. Please report it with the log."},
    Entry{ErrorCode::FileMissing, "file-missing",
          "{0} does not exist."},
    Entry{ErrorCode::FileUnreadable, "file-unreadable",
          "{0} cannot be read: {1}."},
    Entry{ErrorCode::FileIsDirectory, "file-is-directory",
          "{0} is a folder; a file was expected."},
    Entry{ErrorCode::FileUnwritable, "file-unwritable",
          "{0} cannot be written: {1}."},
    Entry{ErrorCode::DiskFull, "disk-full",
          "The disk is full: {0} could not be written. Free some space and try again; nothing was lost."},
    Entry{ErrorCode::FormatUnknown, "format-unknown",
          "{0} has no format that Mnerva knows: {1}."},
    Entry{ErrorCode::FormatInvalid, "format-invalid",
          "{0} is not usable: found {1}, wanted {2}."},
    Entry{ErrorCode::LineInvalid, "line-invalid",
          "{0}, line {1}: found {2}, wanted {3}."},
    Entry{ErrorCode::PickleRefused, "pickle-refused",
          "{0} contains more than plain data ({1}); nothing of it was run. Mnerva reads lists of names and weights, never code."},
    Entry{ErrorCode::ArchiveTruncated, "archive-truncated",
          "{0} is cut short or damaged; download it again."},
    Entry{ErrorCode::ProjectMissing, "project-missing",
          "{0} is not a Mnerva project: it has no project.mnerva."},
    Entry{ErrorCode::ProjectExists, "project-exists",
          "{0} is a Mnerva project already."},
    Entry{ErrorCode::ProjectNewer, "project-newer",
          "{0} was made by a newer Mnerva (format {1}; this one knows up to {2}). Update Mnerva to change it."},
    Entry{ErrorCode::ProjectCorrupt, "project-corrupt",
          "{0} is damaged: {1}."},
    Entry{ErrorCode::ProjectLocked, "project-locked",
          "{0} is in use by {1} on {2} (process {3}). Close it there; where that program is gone, the lock ends by itself within ten minutes."},
    Entry{ErrorCode::ProjectReadOnly, "project-read-only",
          "{0} is open read-only; it was not changed."},
    Entry{ErrorCode::DatabaseFailed, "database-failed",
          "{0}: the database refused: {1}."},
    Entry{ErrorCode::LayerUnknown, "layer-unknown",
          "There is no layer {0}. Layers here: {1}."},
    Entry{ErrorCode::LayerNotStored, "layer-not-stored",
          "The run {0} is no layer yet: its predictions are not in the project. Store them first: \"Use as suggestions\" in the window, or mnerva-cli predict PROJECT --run {0}."},
    Entry{ErrorCode::LabelUnknown, "label-unknown",
          "There is no label {0}. Labels here: {1}."},
    Entry{ErrorCode::SplitEmpty, "split-empty",
          "The split {0} has no posts."},
    Entry{ErrorCode::SpanInvalid, "span-invalid",
          "Words {0} to {1} do not exist in a post of {2} words."},
    Entry{ErrorCode::OptionUnknown, "option-unknown",
          "There is no option {0}. Options: {1}."},
    Entry{ErrorCode::OptionInvalid, "option-invalid",
          "The option {0} cannot be {1}; wanted: {2}."},
    Entry{ErrorCode::EncoderIncomplete, "encoder-incomplete",
          "The encoder folder {0} lacks {1}."},
    Entry{ErrorCode::EncoderInvalid, "encoder-invalid",
          "The encoder {0} does not fit: found {1}, wanted {2}."},
    Entry{ErrorCode::WeightMissing, "weight-missing",
          "{0} has no tensor {1}."},
    Entry{ErrorCode::WeightShape, "weight-shape",
          "{0}: tensor {1} has shape {2}, wanted {3}."},
    Entry{ErrorCode::ImageUnreadable, "image-unreadable",
          "The picture {0} cannot be read."},
    Entry{ErrorCode::RunMissing, "run-missing",
          "There is no run {0}. Runs here: {1}."},
    Entry{ErrorCode::RunExists, "run-exists",
          "A run {0} exists already; choose another name or resume it."},
    Entry{ErrorCode::RunIncompatible, "run-incompatible",
          "The run {0} does not fit: found {1}, wanted {2}."},
    Entry{ErrorCode::NothingToResume, "nothing-to-resume",
          "The run {0} has no checkpoint to resume from."},
    Entry{ErrorCode::ChecksStopped, "checks-stopped",
          "{0} was not started, because of what was found in its data: {1}. Mend the data, or overrule these checks."},
    Entry{ErrorCode::DeviceMissing, "device-missing",
          "There is no device {0}. Devices here: {1}."},
    Entry{ErrorCode::MemoryExhausted, "memory-exhausted",
          "Memory ran out while {0}. Try a smaller batch or encoder."},
    Entry{ErrorCode::NumberNotFinite, "number-not-finite",
          "A number that is not finite appeared in {0}; training stopped and the last checkpoint was kept."},
    Entry{ErrorCode::ProtocolInvalid, "protocol-invalid",
          "The engine sent something that could not be understood: {0}."},
    Entry{ErrorCode::ProtocolTooLarge, "protocol-too-large",
          "A message of {0} bytes is larger than the limit of {1}."},
    Entry{ErrorCode::EngineDied, "engine-died",
          "The engine stopped unexpectedly: {0}."},
    Entry{ErrorCode::EngineSilent, "engine-silent",
          "The engine did not answer for {0} seconds."},
    Entry{ErrorCode::EngineVersion, "engine-version",
          "The engine speaks version {0} of the protocol, this window version {1}. Install both from the same release."},
    Entry{ErrorCode::NothingToUndo, "nothing-to-undo",
          "There is nothing to undo."},
    Entry{ErrorCode::NothingToRedo, "nothing-to-redo",
          "There is nothing to redo."},
    Entry{ErrorCode::ConflictingChange, "conflicting-change",
          "The post {0} was changed elsewhere; it was loaded again and your last key was not applied."},
    Entry{ErrorCode::LabelInUse, "label-in-use",
          "{0} cannot be taken away: entities use it."},
    Entry{ErrorCode::FileNotPlain, "file-not-plain",
          "{0} is {1}; a plain file was expected."},
    Entry{ErrorCode::FileTooLarge, "file-too-large",
          "{0} has {1} bytes; Mnerva reads at most {2} of such a file."},
    Entry{ErrorCode::UnsafeTarget, "unsafe-target",
          "{0} is {1}; nothing was written through it."},
    Entry{ErrorCode::FileExists, "file-exists",
          "{0} exists already and was not replaced. Choose another name, or replace it on purpose (--force)."},
    Entry{ErrorCode::FileProtected, "file-protected",
          "{0} belongs to a Mnerva project; an export never replaces it. Choose another place."},
    Entry{ErrorCode::EncodingUnknown, "encoding-unknown",
          "{0} is not UTF-8; it looks like {1}. Convert it, or name its encoding (--encoding)."},
    Entry{ErrorCode::NothingImported, "nothing-imported",
          "Nothing was imported from {0}: {1}."},
    Entry{ErrorCode::ImportTooLossy, "import-too-lossy",
          "{0} findings say that something would be lost; nothing was imported, as strictness was asked for."},
    Entry{ErrorCode::BoundExceeded, "bound-exceeded",
          "{0} holds more {1} than Mnerva reads ({2}); nothing of it was used."},
    Entry{ErrorCode::RunBusy, "run-busy",
          "The run {0} is being trained by another process ({1}). Stop that one first, or wait for its end."},
    Entry{ErrorCode::RunNameInvalid, "run-name-invalid",
          "A run cannot be called {0}; wanted: {1}."},
    Entry{ErrorCode::RunDamaged, "run-damaged",
          "The run {0} is damaged: {1}."},
    Entry{ErrorCode::ImageKindUnknown, "image-kind-unknown",
          "The picture {0} cannot be read: it is {1}; Mnerva reads {2}."},
    Entry{ErrorCode::ImageTooLarge, "image-too-large",
          "The picture {0} has {1} pixels; Mnerva reads up to {2}."},
    Entry{ErrorCode::ImageOutside, "image-outside",
          "The picture {0} lies outside of {1}; it was not read."},
    Entry{ErrorCode::PathEncoding, "path-encoding",
          "The name {0} is not UTF-8; rename the file or folder to use it here."},
};
// clang-format on

const Entry& entryOf(ErrorCode code) {
    return kCatalog[static_cast<std::size_t>(code)];
}

}  // namespace

std::string_view errorName(ErrorCode code) {
    return entryOf(code).name;
}

ErrorCode errorFromName(std::string_view name) {
    const auto found = std::find_if(kCatalog.begin(), kCatalog.end(), [&](const Entry& e) { return e.name == name; });
    return found == kCatalog.end() ? ErrorCode::Internal : found->code;
}

std::string_view errorTemplate(ErrorCode code) {
    return entryOf(code).sentence;
}

const std::vector<ErrorCode>& allErrorCodes() {
    static const std::vector<ErrorCode> codes = [] {
        std::vector<ErrorCode> all;
        for (const Entry& e : kCatalog) all.push_back(e.code);
        return all;
    }();
    return codes;
}

std::string fillTemplate(std::string_view sentence, const std::vector<std::string>& args) {
    std::string out;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool place = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
        if (!place) {
            out += sentence[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(sentence[i + 1] - '0');
        out += index < args.size() ? args[index] : "?";
        i += 2;
    }
    return out;
}

Error::Error(ErrorCode code, std::vector<std::string> args) : m_code(code), m_args(std::move(args)) {
    // A NUL out of a file would end the sentence there: what() is a C string.
    for (std::string& argument : m_args)
        for (std::size_t at = 0; (at = argument.find('\0', at)) != argument.npos; ++at) argument.replace(at, 1, "\\0");
    m_text = fillTemplate(errorTemplate(code), m_args);
}

}  // namespace mnerva
