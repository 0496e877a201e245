package dev.stowage.emulator.interleaving;

import java.util.List;

/** Formats an order as a table with a row for each operation and a column for each actor. */
final class OrderTable {

    private static final int GAP = 3;

    private OrderTable() {}

    static String of(List<String> names, List<ScheduledStep> steps) {
        int[] widths = names.stream().mapToInt(String::length).toArray();
        for (ScheduledStep step : steps) {
            widths[step.actor()] = Math.max(widths[step.actor()], cell(step).length());
        }
        StringBuilder header = new StringBuilder("     ");
        for (int actor = 0; actor < names.size(); actor++) {
            header.append(padded(names.get(actor), widths[actor] + GAP));
        }
        StringBuilder table = new StringBuilder(header.toString().stripTrailing());
        for (int row = 0; row < steps.size(); row++) {
            StringBuilder line = new StringBuilder(padded("  " + (row + 1), 5));
            for (int actor = 0; actor < names.size(); actor++) {
                ScheduledStep step = steps.get(row);
                line.append(padded(step.actor() == actor ? cell(step) : "", widths[actor] + GAP));
            }
            table.append('\n').append(line.toString().stripTrailing());
        }
        return table.toString();
    }

    private static String cell(ScheduledStep step) {
        return step.access() + "  " + step.outcome();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
