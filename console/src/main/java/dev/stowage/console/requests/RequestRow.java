package dev.stowage.console.requests;

import dev.stowage.console.page.Links;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.journal.JournalEntry;
import java.util.Optional;

/**
 * A request in a list.
 *
 * @param install the id of the install; empty for a global function
 * @param isRefused whether the operation was refused
 * @param fault the fault that was injected; empty if there was none
 * @param warning what is wrong with it; empty if nothing was found
 */
public record RequestRow(
        long sequence,
        String url,
        String time,
        String app,
        String install,
        String operation,
        String key,
        String outcome,
        boolean isRefused,
        String versions,
        String fault,
        String client,
        String installUrl,
        String appUrl,
        Optional<String> warning) {

    private static final int LONGEST = 80;

    static RequestRow of(JournalEntry entry, Optional<String> warning) {
        return new RequestRow(
                entry.sequence(),
                Links.to("request", "sequence", Long.toString(entry.sequence())),
                Pages.time(entry.at()),
                VisibleText.shortened(entry.call().appId(), LONGEST),
                entry.call().installId().isPresent()
                        ? Long.toString(entry.call().installId().getAsLong())
                        : "",
                entry.call().store().wireName() + "." + entry.call().operation(),
                VisibleText.shortened(entry.call().key(), LONGEST),
                entry.outcome(),
                entry.refusal().isPresent(),
                entry.versions(),
                entry.fault().map(kind -> kind.wireName()).orElse(""),
                VisibleText.shortened(entry.call().client(), LONGEST),
                entry.call().installId().isPresent()
                        ? Links.to(
                                "install",
                                "install",
                                Long.toString(entry.call().installId().getAsLong()))
                        : "",
                Links.to("app", "app", entry.call().appId()),
                warning);
    }
}
