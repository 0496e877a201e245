package dev.stowage.console.requests;

import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The requests of one record in their order, with a lane for each client: so one sees which client came between the read and the write
 * of another.
 *
 * @param clients the names of the lanes
 * @param steps the requests, the oldest first
 */
public record Lanes(List<String> clients, List<Step> steps) {

    /** Further clients share the last lane. */
    private static final int MAX_LANES = 4;

    private static final int STEPS_AROUND = 12;
    private static final int MAX_SCANNED = 20_000;

    /**
     * A request.
     *
     * @param lane the number of its lane, starting with 0
     * @param isChosen whether the page is about it
     */
    public record Step(RequestRow row, int lane, boolean isChosen) {}

    /**
     * Returns the requests of a record.
     *
     * @param install empty for the shared store of an app
     * @param chosen the request to show with those around it; empty for the last ones
     */
    public static Lanes ofRecord(App app, Optional<Install> install, StoreName store, String key, OptionalLong chosen) {
        CallMatch match = CallMatch.any().store(store).key(key);
        if (install.isPresent() && store != StoreName.SHARED_KV_STORE) {
            match = match.install(install.get().installId());
        }
        List<JournalEntry> all = app.journal()
                .after(Math.max(0, app.journal().last() - MAX_SCANNED), match)
                .entries();
        Map<Long, String> lost = LostWrites.in(all);
        List<JournalEntry> shown = around(all, chosen);
        List<String> clients = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (JournalEntry entry : shown) {
            String client = VisibleText.shortened(entry.call().client(), 60);
            if (!clients.contains(client) && clients.size() < MAX_LANES) {
                clients.add(client);
            }
            int lane = clients.contains(client) ? clients.indexOf(client) : MAX_LANES - 1;
            steps.add(new Step(
                    RequestRow.of(entry, Optional.ofNullable(lost.get(entry.sequence()))),
                    lane,
                    chosen.equals(OptionalLong.of(entry.sequence()))));
        }
        return new Lanes(clients, steps);
    }

    private static List<JournalEntry> around(List<JournalEntry> all, OptionalLong chosen) {
        int at = all.size() - 1;
        if (chosen.isPresent()) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).sequence() == chosen.getAsLong()) {
                    at = i;
                }
            }
        }
        return all.subList(Math.max(0, at - STEPS_AROUND), Math.min(all.size(), at + STEPS_AROUND + 1));
    }
}
