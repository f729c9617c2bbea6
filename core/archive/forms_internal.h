#pragma once

#include "core/archive/tensor_file.h"

namespace mnerva::archive {

/// Each fills `out`, whose path is set, from the bytes of one form; see readTensors().
void readSafetensors(std::string_view bytes, TensorFile& out);
void readTorchZip(std::string_view bytes, TensorFile& out);
/// The form that torch.save wrote before version 1.6: pickles, then the bytes of the storages.
bool isTorchLegacy(std::string_view bytes);
void readTorchLegacy(std::string_view bytes, TensorFile& out);

}  // namespace mnerva::archive
