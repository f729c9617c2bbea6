#pragma once

#include <QString>
#include <string_view>

#include "core/base/error.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/project/editing.h"

namespace mnerva::ui {

/// A sentence of core (MNERVA_TEXT) in the window's language.
QString translated(const char* context, std::string_view sentence);

/// The sentence of an error in the window's language; in English equal to core/base/error.cpp. Never what().
QString errorText(const Error& error);
/// The sentence of a code with its places {0}, {1}, ... still in it.
QString errorSentence(ErrorCode code);

/// A short sentence for a finding's code ("orphan-inside-tag"); an unknown code is shown as it is.
QString findingText(const std::string& code);
/// Why an action was refused, for the status line.
QString refusalText(const project::Refusal& refusal);

/// Names of enumerators as people read them.
QString splitText(Split split);
QString statusText(PostStatus status);
QString schemeText(text::TagScheme scheme);
/// A stage of a long piece of work ("reading", "storing", ...), as a phrase.
QString stageText(const std::string& stage);

}  // namespace mnerva::ui
