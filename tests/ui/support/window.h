#pragma once

#include "app/pages.h"

namespace mnerva::test {

/// The window with all its pages, as the program makes it.
class Window : public ui::MainWindow {
public:
    Window() : MainWindow(windowParts()) {}
};

}  // namespace mnerva::test
