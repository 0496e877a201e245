package dev.stowage.console.page;

import dev.stowage.emulator.console.ConsoleResponse;

/** Responds with a page, or processes a form. */
@FunctionalInterface
public interface PageHandler {

    /** @throws dev.stowage.storage.StorageException if the request is refused; nothing has changed then */
    ConsoleResponse handle(Parameters parameters);

    /** A form that changes something, after which the browser goes back to the page with the form. */
    static PageHandler action(Action action) {
        return parameters -> {
            action.run(parameters);
            return ConsoleResponse.seeOther(Links.back(parameters.text("back")));
        };
    }

    /** Changes something. */
    @FunctionalInterface
    interface Action {
        void run(Parameters parameters);
    }
}
