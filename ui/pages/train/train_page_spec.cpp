#include "ui/pages/train/train_page_spec.h"

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/frame/project_commands.h"
#include "ui/pages/train/train_page.h"

namespace mnerva::ui {
namespace {

/// Where the last run was trained, as people say it: "CPU", "GPU 0".
QString lastDevice() {
    const std::string stored = toUtf8(settings::value(QStringLiteral("train/last")).toString());
    const auto last = tryParseJson(stored);
    std::string device = "cpu";
    if (last.is_object() && last.contains("device") && last["device"].is_string()) device = last["device"];
    if (!device.starts_with("cuda")) return QStringLiteral("CPU");
    const auto number = device.find(':');
    return QStringLiteral("GPU %1").arg(number == std::string::npos ? QStringLiteral("0")
                                                                    : fromUtf8(device.substr(number + 1)));
}

}  // namespace

PageSpec trainPage() {
    return {.id = QStringLiteral("train"),
            .icon = QStringLiteral("train"),
            .title = [] { return TrainPage::tr("Train"); },
            .make = [](const PageContext& window) -> Page* {
                auto* page = new TrainPage(window.session, window.jobs);
                QObject::connect(page, &TrainPage::postsWanted, &window.commands,
                                 qOverload<const std::vector<PostId>&, const QString&>(&ProjectCommands::showPosts));
                return page;
            },
            .device = lastDevice};
}

}  // namespace mnerva::ui
