#pragma once

namespace mnerva::ui {

/// Lets screen readers see each word of a TagCanvas as a child with a name ("Durant, inside PER") and a place. Installs
/// the factory once for the application.
void installCanvasAccessibility();

}  // namespace mnerva::ui
