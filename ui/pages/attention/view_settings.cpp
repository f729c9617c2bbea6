#include "ui/pages/attention/view_settings.h"

#include <array>
#include <utility>

#include "ui/base/settings.h"

namespace mnerva::ui {
namespace {

using vision::HeatColours;

constexpr std::array kColourNames{std::pair(HeatColours::Magma, "magma"), std::pair(HeatColours::Inferno, "inferno"),
                                  std::pair(HeatColours::Viridis, "viridis"), std::pair(HeatColours::Blue, "blue")};

QString key(const char* name) {
    return QStringLiteral("attention/%1").arg(QLatin1String(name));
}

bool flag(const char* name, bool fallback) {
    return settings::value(key(name), fallback).toBool();
}

}  // namespace

ViewSettings loadViewSettings() {
    ViewSettings view;
    project::AttentionChoice& attention = view.heat.attention;
    attention.direction = settings::value(key("direction"), 0).toInt() == 1 ? project::AttentionDirection::ImageToText
                                                                            : project::AttentionDirection::TextToImage;
    attention.renormalised = flag("renormalised", false);
    const double threshold = settings::value(key("threshold"), attention.threshold).toDouble();
    if (threshold >= 0 && threshold <= 1) attention.threshold = threshold;
    attention.sameScale = flag("sameScale", false);
    const QString colours = settings::value(key("colours")).toString();
    for (const auto& [value, name] : kColourNames)
        if (colours == QLatin1String(name)) view.heat.colours = value;
    view.heat.smooth = flag("smooth", false);
    view.isGrey = flag("grey", false);
    view.byEntity = flag("byEntity", true);
    view.hasMatrix = flag("matrix", false);
    view.tab = settings::value(key("tab"), 0).toInt();
    return view;
}

void saveViewSettings(const ViewSettings& view) {
    const project::AttentionChoice& attention = view.heat.attention;
    settings::setValue(key("direction"), int(attention.direction));
    settings::setValue(key("renormalised"), attention.renormalised);
    settings::setValue(key("threshold"), attention.threshold);
    settings::setValue(key("sameScale"), attention.sameScale);
    for (const auto& [value, name] : kColourNames)
        if (value == view.heat.colours) settings::setValue(key("colours"), QString::fromLatin1(name));
    settings::setValue(key("smooth"), view.heat.smooth);
    settings::setValue(key("grey"), view.isGrey);
    settings::setValue(key("byEntity"), view.byEntity);
    settings::setValue(key("matrix"), view.hasMatrix);
    settings::setValue(key("tab"), view.tab);
}

}  // namespace mnerva::ui
