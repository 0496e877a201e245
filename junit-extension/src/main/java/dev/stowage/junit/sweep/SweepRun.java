package dev.stowage.junit.sweep;

import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.storage.StoreName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a sweep: this goes wrong at that place.
 *
 * @param of how many places there are
 * @param call what the app does there: {@code secrets.put utoken}
 */
public record SweepRun(Kind kind, int point, int pointCount, String call) {

    private static final Pattern NAME = Pattern.compile("(\\w+) at (\\d+)(?: of \\d+.*)?", Pattern.DOTALL);

    /** The fault's name and its place, from what {@link #toString} gives or the beginning of it. */
    public record Selection(Kind kind, int point) {

        /** @throws IllegalArgumentException if the text is no such thing */
        public static Selection parse(String text) {
            Matcher matcher = NAME.matcher(text.strip());
            Optional<Kind> kind = matcher.matches() ? Kind.of(matcher.group(1)) : Optional.empty();
            if (kind.isEmpty() || matcher.group(2).length() > 9) {
                throw new IllegalArgumentException("only = \"" + text
                        + "\" names no run of a sweep. It is the kind of a fault and the place, as the runs are named: \"lostResponse"
                        + " at 3\".");
            }
            return new Selection(kind.get(), Integer.parseInt(matcher.group(2)));
        }

        boolean selects(SweepRun run) {
            return run.kind == kind && run.point == point;
        }

        @Override
        public String toString() {
            return kind.wireName() + " at " + point;
        }
    }

    public Selection selection() {
        return new Selection(kind, point);
    }

    /** As one line of a file, whatever the key is made of. */
    public String toLine() {
        return kind.wireName() + " " + point + " " + pointCount + " "
                + Base64.getEncoder().encodeToString(call.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #toLine} wrote; empty if the line is something else. */
    public static Optional<SweepRun> ofLine(String line) {
        String[] parts = line.split(" ", -1);
        try {
            return Kind.of(parts[0])
                    .map(kind -> new SweepRun(
                            kind,
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]),
                            new String(Base64.getDecoder().decode(parts[3]), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    boolean isAt(StoreName store, String operation, String key) {
        return call.equals(store + "." + operation + " " + key);
    }

    @Override
    public String toString() {
        return kind.wireName() + " at " + point + " of " + pointCount + ": " + call;
    }
}
