#include "app/pages.h"

#include "ui/pages/attention/attention_page.h"
#include "ui/pages/cases/cases_page.h"
#include "ui/pages/data/data_commands.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/scores/scores_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/tag/tag_page.h"
#include "ui/pages/train/train_page_spec.h"

namespace mnerva {

ui::WindowParts windowParts() {
    ui::WindowParts parts;
    parts.pages = {
        ui::tagPage(),        //
        ui::dataPage(),       //
        ui::trainPage(),      //
        ui::attentionPage(),  //
        ui::casesPage(),      //
        ui::scoresPage(),     //
        ui::settingsPage(),
    };
    for (int i = 0; i < static_cast<int>(parts.pages.size()); ++i)
        parts.pages[static_cast<std::size_t>(i)].key = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i));
    parts.commands = [](ui::ProjectSession& session, ui::JobHost& jobs, QWidget* window) {
        return std::make_unique<ui::DataCommands>(session, jobs, window);
    };
    return parts;
}

}  // namespace mnerva
