#include "core/base/error.h"

#include <algorithm>
#include <array>

#include "core/base/translatable.h"

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
          MNERVA_TEXT("ErrorText", "Something went wrong inside Mnerva: {0}. Please report it with the log.")},
    Entry{ErrorCode::FileMissing, "file-missing",
          MNERVA_TEXT("ErrorText", "{0} does not exist.")},
    Entry{ErrorCode::FileUnreadable, "file-unreadable",
          MNERVA_TEXT("ErrorText", "{0} cannot be read: {1}.")},
    Entry{ErrorCode::FileIsDirectory, "file-is-directory",
          MNERVA_TEXT("ErrorText", "{0} is a folder; a file was expected.")},
    Entry{ErrorCode::FileUnwritable, "file-unwritable",
          MNERVA_TEXT("ErrorText", "{0} cannot be written: {1}.")},
    Entry{ErrorCode::DiskFull, "disk-full",
          MNERVA_TEXT("ErrorText", "The disk is full: {0} could not be written. Free some space and try again; nothing was lost.")},
    Entry{ErrorCode::FormatUnknown, "format-unknown",
          MNERVA_TEXT("ErrorText", "{0} has no format that Mnerva knows: {1}.")},
    Entry{ErrorCode::FormatInvalid, "format-invalid",
          MNERVA_TEXT("ErrorText", "{0} is not usable: found {1}, wanted {2}.")},
    Entry{ErrorCode::LineInvalid, "line-invalid",
          MNERVA_TEXT("ErrorText", "{0}, line {1}: found {2}, wanted {3}.")},
    Entry{ErrorCode::PickleRefused, "pickle-refused",
          MNERVA_TEXT("ErrorText", "{0} contains more than plain data ({1}); nothing of it was run. Mnerva reads lists of names and weights, never code.")},
    Entry{ErrorCode::ArchiveTruncated, "archive-truncated",
          MNERVA_TEXT("ErrorText", "{0} is cut short or damaged; download it again.")},
    Entry{ErrorCode::ProjectMissing, "project-missing",
          MNERVA_TEXT("ErrorText", "{0} is not a Mnerva project: it has no project.mnerva.")},
    Entry{ErrorCode::ProjectExists, "project-exists",
          MNERVA_TEXT("ErrorText", "{0} is a Mnerva project already.")},
    Entry{ErrorCode::ProjectNewer, "project-newer",
          MNERVA_TEXT("ErrorText", "{0} was made by a newer Mnerva (format {1}; this one knows up to {2}). Update Mnerva to change it.")},
    Entry{ErrorCode::ProjectCorrupt, "project-corrupt",
          MNERVA_TEXT("ErrorText", "{0} is damaged: {1}.")},
    Entry{ErrorCode::ProjectLocked, "project-locked",
          MNERVA_TEXT("ErrorText", "{0} is in use by {1} on {2} (process {3}). Close it there; where that program is gone, the lock ends by itself within ten minutes.")},
    Entry{ErrorCode::ProjectReadOnly, "project-read-only",
          MNERVA_TEXT("ErrorText", "{0} is open read-only; it was not changed.")},
    Entry{ErrorCode::DatabaseFailed, "database-failed",
          MNERVA_TEXT("ErrorText", "{0}: the database refused: {1}.")},
    Entry{ErrorCode::LayerUnknown, "layer-unknown",
          MNERVA_TEXT("ErrorText", "There is no layer {0}. Layers here: {1}.")},
    Entry{ErrorCode::LayerNotStored, "layer-not-stored",
          MNERVA_TEXT("ErrorText", "The run {0} is no layer yet: its predictions are not in the project. Store them first: \"Use as suggestions\" in the window, or mnerva-cli predict PROJECT --run {0}.")},
    Entry{ErrorCode::LabelUnknown, "label-unknown",
          MNERVA_TEXT("ErrorText", "There is no label {0}. Labels here: {1}.")},
    Entry{ErrorCode::SplitEmpty, "split-empty",
          MNERVA_TEXT("ErrorText", "The split {0} has no posts.")},
    Entry{ErrorCode::SpanInvalid, "span-invalid",
          MNERVA_TEXT("ErrorText", "Words {0} to {1} do not exist in a post of {2} words.")},
    Entry{ErrorCode::OptionUnknown, "option-unknown",
          MNERVA_TEXT("ErrorText", "There is no option {0}. Options: {1}.")},
    Entry{ErrorCode::OptionInvalid, "option-invalid",
          MNERVA_TEXT("ErrorText", "The option {0} cannot be {1}; wanted: {2}.")},
    Entry{ErrorCode::EncoderIncomplete, "encoder-incomplete",
          MNERVA_TEXT("ErrorText", "The encoder folder {0} lacks {1}.")},
    Entry{ErrorCode::EncoderInvalid, "encoder-invalid",
          MNERVA_TEXT("ErrorText", "The encoder {0} does not fit: found {1}, wanted {2}.")},
    Entry{ErrorCode::WeightMissing, "weight-missing",
          MNERVA_TEXT("ErrorText", "{0} has no tensor {1}.")},
    Entry{ErrorCode::WeightShape, "weight-shape",
          MNERVA_TEXT("ErrorText", "{0}: tensor {1} has shape {2}, wanted {3}.")},
    Entry{ErrorCode::ImageUnreadable, "image-unreadable",
          MNERVA_TEXT("ErrorText", "The picture {0} cannot be read.")},
    Entry{ErrorCode::RunMissing, "run-missing",
          MNERVA_TEXT("ErrorText", "There is no run {0}. Runs here: {1}.")},
    Entry{ErrorCode::RunExists, "run-exists",
          MNERVA_TEXT("ErrorText", "A run {0} exists already; choose another name or resume it.")},
    Entry{ErrorCode::RunIncompatible, "run-incompatible",
          MNERVA_TEXT("ErrorText", "The run {0} does not fit: found {1}, wanted {2}.")},
    Entry{ErrorCode::NothingToResume, "nothing-to-resume",
          MNERVA_TEXT("ErrorText", "The run {0} has no checkpoint to resume from.")},
    Entry{ErrorCode::ChecksStopped, "checks-stopped",
          MNERVA_TEXT("ErrorText", "{0} was not started, because of what was found in its data: {1}. Mend the data, or overrule these checks.")},
    Entry{ErrorCode::DeviceMissing, "device-missing",
          MNERVA_TEXT("ErrorText", "There is no device {0}. Devices here: {1}.")},
    Entry{ErrorCode::MemoryExhausted, "memory-exhausted",
          MNERVA_TEXT("ErrorText", "Memory ran out while {0}. Try a smaller batch or encoder.")},
    Entry{ErrorCode::NumberNotFinite, "number-not-finite",
          MNERVA_TEXT("ErrorText", "A number that is not finite appeared in {0}; training stopped and the last checkpoint was kept.")},
    Entry{ErrorCode::ProtocolInvalid, "protocol-invalid",
          MNERVA_TEXT("ErrorText", "The engine sent something that could not be understood: {0}.")},
    Entry{ErrorCode::ProtocolTooLarge, "protocol-too-large",
          MNERVA_TEXT("ErrorText", "A message of {0} bytes is larger than the limit of {1}.")},
    Entry{ErrorCode::EngineDied, "engine-died",
          MNERVA_TEXT("ErrorText", "The engine stopped unexpectedly: {0}.")},
    Entry{ErrorCode::EngineSilent, "engine-silent",
          MNERVA_TEXT("ErrorText", "The engine did not answer for {0} seconds.")},
    Entry{ErrorCode::EngineVersion, "engine-version",
          MNERVA_TEXT("ErrorText", "The engine speaks version {0} of the protocol, this window version {1}. Install both from the same release.")},
    Entry{ErrorCode::NothingToUndo, "nothing-to-undo",
          MNERVA_TEXT("ErrorText", "There is nothing to undo.")},
    Entry{ErrorCode::NothingToRedo, "nothing-to-redo",
          MNERVA_TEXT("ErrorText", "There is nothing to redo.")},
    Entry{ErrorCode::ConflictingChange, "conflicting-change",
          MNERVA_TEXT("ErrorText", "The post {0} was changed elsewhere; it was loaded again and your last key was not applied.")},
    Entry{ErrorCode::LabelInUse, "label-in-use",
          MNERVA_TEXT("ErrorText", "{0} cannot be taken away: entities use it.")},
    Entry{ErrorCode::FileNotPlain, "file-not-plain",
          MNERVA_TEXT("ErrorText", "{0} is {1}; a plain file was expected.")},
    Entry{ErrorCode::FileTooLarge, "file-too-large",
          MNERVA_TEXT("ErrorText", "{0} has {1} bytes; Mnerva reads at most {2} of such a file.")},
    Entry{ErrorCode::UnsafeTarget, "unsafe-target",
          MNERVA_TEXT("ErrorText", "{0} is {1}; nothing was written through it.")},
    Entry{ErrorCode::FileExists, "file-exists",
          MNERVA_TEXT("ErrorText", "{0} exists already and was not replaced. Choose another name, or replace it on purpose (--force).")},
    Entry{ErrorCode::FileProtected, "file-protected",
          MNERVA_TEXT("ErrorText", "{0} belongs to a Mnerva project; an export never replaces it. Choose another place.")},
    Entry{ErrorCode::EncodingUnknown, "encoding-unknown",
          MNERVA_TEXT("ErrorText", "{0} is not UTF-8; it looks like {1}. Convert it, or name its encoding (--encoding).")},
    Entry{ErrorCode::NothingImported, "nothing-imported",
          MNERVA_TEXT("ErrorText", "Nothing was imported from {0}: {1}.")},
    Entry{ErrorCode::ImportTooLossy, "import-too-lossy",
          MNERVA_TEXT("ErrorText", "{0} findings say that something would be lost; nothing was imported, as strictness was asked for.")},
    Entry{ErrorCode::BoundExceeded, "bound-exceeded",
          MNERVA_TEXT("ErrorText", "{0} holds more {1} than Mnerva reads ({2}); nothing of it was used.")},
    Entry{ErrorCode::RunBusy, "run-busy",
          MNERVA_TEXT("ErrorText", "The run {0} is being trained by another process ({1}). Stop that one first, or wait for its end.")},
    Entry{ErrorCode::RunNameInvalid, "run-name-invalid",
          MNERVA_TEXT("ErrorText", "A run cannot be called {0}; wanted: {1}.")},
    Entry{ErrorCode::RunDamaged, "run-damaged",
          MNERVA_TEXT("ErrorText", "The run {0} is damaged: {1}.")},
    Entry{ErrorCode::ImageKindUnknown, "image-kind-unknown",
          MNERVA_TEXT("ErrorText", "The picture {0} cannot be read: it is {1}; Mnerva reads {2}.")},
    Entry{ErrorCode::ImageTooLarge, "image-too-large",
          MNERVA_TEXT("ErrorText", "The picture {0} has {1} pixels; Mnerva reads up to {2}.")},
    Entry{ErrorCode::ImageOutside, "image-outside",
          MNERVA_TEXT("ErrorText", "The picture {0} lies outside of {1}; it was not read.")},
    Entry{ErrorCode::PathEncoding, "path-encoding",
          MNERVA_TEXT("ErrorText", "The name {0} is not UTF-8; rename the file or folder to use it here.")},
    Entry{ErrorCode::MemoryOfOne, "memory-of-one",
          MNERVA_TEXT("ErrorText", "Memory ran out while {0}, with one post at a time, so a smaller batch cannot help. Use a smaller encoder, shorter posts (option max_pieces) or fewer pictures, free memory, or use another device.")},
    Entry{ErrorCode::DeviceFailed, "device-failed",
          MNERVA_TEXT("ErrorText", "The graphics card failed while {0} ({1}). What is on the disk is whole. See whether nvidia-smi still lists the card (where not, restart the machine); then resume from the last checkpoint, or use --device cpu.")},
    Entry{ErrorCode::DriverTooOld, "driver-too-old",
          MNERVA_TEXT("ErrorText", "{0} cannot be used: the graphics driver knows CUDA up to {1}, and this build of Mnerva needs {2}. Update the NVIDIA driver, or use --device cpu.")},
    Entry{ErrorCode::BuildWithoutCuda, "build-without-cuda",
          MNERVA_TEXT("ErrorText", "{0} cannot be used: this build of Mnerva computes on the processor alone. Build it with a torch that has CUDA (README, \"A GPU\"), or use --device cpu.")},
    Entry{ErrorCode::CardUnusable, "card-unusable",
          MNERVA_TEXT("ErrorText", "{0} cannot be used: the machine has an NVIDIA card, but its driver is missing or does not answer. See what nvidia-smi says, or use --device cpu.")},
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
