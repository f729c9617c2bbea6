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
/// The same of so many findings, the number as the language writes it: "缺失 5 张图片".
QString findingText(const std::string& code, qint64 count);
/// Why an action was refused, for the status line.
QString refusalText(const project::Refusal& refusal);

/// Names of enumerators as people read them.
QString splitText(Split split);
QString statusText(PostStatus status);
QString reviewText(Review review);
QString schemeText(text::TagScheme scheme);

}  // namespace mnerva::ui
