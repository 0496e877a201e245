package dev.stowage.emulator.sweep;

import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.storage.StoreName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a sweep: a kind of fault at an injection point.
 *
 * @param point the number of the operation, from 1
 * @param pointCount the number of injection points
 * @param call the operation: {@code secrets.put utoken}
 */
public record SweepRun(Kind kind, int point, int pointCount, String call) {

    private static final Pattern NAME = Pattern.compile("(\\w+) at (\\d+)(?: of \\d+.*)?", Pattern.DOTALL);

    /** Selects a run by its kind of fault and injection point, which is the beginning of its name. */
    public record Selection(Kind kind, int point) {

        /** @throws IllegalArgumentException if the text does not begin like the name of a run */
        public static Selection parse(String text) {
            Matcher matcher = NAME.matcher(text.strip());
            Optional<Kind> kind = matcher.matches() ? Kind.of(matcher.group(1)) : Optional.empty();
            if (kind.isEmpty() || matcher.group(2).length() > 9) {
                throw new IllegalArgumentException("only = \"" + text
                        + "\" does not select a run. Write the beginning of the name of a run, which is the kind of fault and the number"
                        + " of the operation: \"lostResponse at 3\".");
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

    /** The run as one line of text, for any key. */
    public String toLine() {
        return kind.wireName() + " " + point + " " + pointCount + " "
                + Base64.getEncoder().encodeToString(call.getBytes(StandardCharsets.UTF_8));
    }

    /** Parses a line of {@link #toLine}; empty if the line has another format. */
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
