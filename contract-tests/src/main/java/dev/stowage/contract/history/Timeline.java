package dev.stowage.contract.history;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws a history: a row for each client, a bar from each call to its response, the wrong call in red. */
public final class Timeline {

    private static final int WIDTH = 960;
    private static final int LABEL = 76;
    private static final int ROW = 58;
    private static final int BAR = 40;

    private Timeline() {}

    /** An SVG element for an HTML page. */
    public static String svg(List<CallEvent> events, @Nullable CallEvent wrong) {
        return svg(events, wrong, List.of());
    }

    /** An SVG element for an HTML page, with the disturbances that happened during the calls. */
    public static String svg(List<CallEvent> events, @Nullable CallEvent wrong, List<Disturbance> disturbances) {
        long first = events.stream().mapToLong(CallEvent::called).min().orElse(0);
        long last = events.stream()
                .mapToLong(event -> event.response() == null ? event.called() : event.returned())
                .max()
                .orElse(1);
        double scale = (WIDTH - LABEL - 10) / (double) Math.max(1, last - first);
        List<Integer> clients =
                List.copyOf(new TreeSet<>(events.stream().map(CallEvent::client).toList()));
        int height = clients.size() * ROW + 26;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"timeline\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"calls of each client"
                        + " over time\">",
                WIDTH,
                height));
        disturbances.stream()
                .filter(each -> each.ended() > first && each.began() < last)
                .forEach(each -> svg.append(band(
                        each.what(),
                        LABEL + (Math.max(each.began(), first) - first) * scale,
                        LABEL + (Math.min(each.ended(), last) - first) * scale,
                        clients.size() * ROW)));
        for (int row = 0; row < clients.size(); row++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\" class=\"who\">client %d</text><line x1=\"%d\" x2=\"%d\" y1=\"%d\""
                            + " y2=\"%d\"/>",
                    row * ROW + 24,
                    clients.get(row),
                    LABEL,
                    WIDTH,
                    row * ROW + 46,
                    row * ROW + 46));
        }
        for (CallEvent event : events) {
            int row = clients.indexOf(event.client());
            double from = LABEL + (event.called() - first) * scale;
            double to = event.response() == null ? WIDTH - 2 : LABEL + (event.returned() - first) * scale;
            svg.append(bar(event, from, Math.max(4, to - from), row * ROW + 2, isWrong(event, wrong)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" class=\"when\">0</text><text x=\"%d\" y=\"%d\" class=\"when end\">%.1f"
                        + " ms</text></svg>",
                LABEL,
                height - 6,
                WIDTH - 4,
                height - 6,
                (last - first) / 1e6));
        return svg.toString();
    }

    private static String band(String what, double from, double to, int height) {
        return String.format(
                Locale.ROOT,
                "<g class=\"disturbance\"><title>%s</title><rect x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"/>"
                        + "<text x=\"%.1f\" y=\"%d\" class=\"when\">%s</text></g>",
                escape(what),
                from,
                Math.max(2, to - from),
                height,
                from + 3,
                height + 9,
                escape(what));
    }

    private static boolean isWrong(CallEvent event, @Nullable CallEvent wrong) {
        return wrong != null && event.client() == wrong.client() && event.called() == wrong.called();
    }

    private static String bar(CallEvent event, double x, double width, int y, boolean wrong) {
        String asked = event.call().toString().replaceFirst(" key=\"[^\"]*\"", "");
        String answered = event.response() == null
                ? "no response"
                : event.response().toString().replaceFirst("^returned ", "");
        String kind = wrong ? "wrong" : event.response() == null ? "lost" : "call";
        return String.format(
                Locale.ROOT,
                "<g class=\"%s\"><title>%s → %s</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                        + " rx=\"4\"/>"
                        + "<svg x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><text x=\"4\" y=\"16\">%s</text>"
                        + "<text x=\"4\" y=\"33\" class=\"answer\">%s</text></svg></g>",
                kind,
                escape(asked),
                escape(answered),
                x,
                y,
                width,
                BAR,
                x,
                y,
                width,
                BAR,
                escape(asked.substring(asked.indexOf('.') + 1)),
                escape(answered));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
