#pragma once

/// Marks a sentence for translation where its meaning is decided; it stays plain English here. lupdate knows the macro
/// (packaging/translate.sh), and the window asks QCoreApplication::translate(context, text).
#define MNERVA_TEXT(context, text) text
