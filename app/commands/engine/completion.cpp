#include <iostream>

#include "app/commands/command.h"
#include "app/commands/engine/describe.h"

namespace mnerva::app {

void addCompletion(CLI::App& app, Context& context) {
    auto shell = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("completion", "Print what completes this command line in a shell");
    command->add_option("shell", *shell, "The shell that reads it")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&app, &context, shell] {
        context.run = [&app, shell] {
            std::cout << completionScript(describe(app), *shell);
            return 0;
        };
    });
    // For packagers: no need to list it.
    app.add_subcommand("man", "Print the man page")->group("")->callback([&app, &context] {
        context.run = [&app] {
            std::cout << manPage(describe(app));
            return 0;
        };
    });
}

}  // namespace mnerva::app
