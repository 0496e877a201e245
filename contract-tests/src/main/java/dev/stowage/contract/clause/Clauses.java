package dev.stowage.contract.clause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses of the contract, in order, read from the CONTRACT.md that the suite was built with. */
public final class Clauses {

    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Z]+-\\d+) \\| ([DVE]) \\| (.*) \\|$|^## (\\d+ .*)$", Pattern.MULTILINE);

    private static final Map<String, Clause> ALL = read();

    private Clauses() {}

    public static Collection<Clause> all() {
        return ALL.values();
    }

    /** @throws IllegalArgumentException if the contract has no such clause */
    public static Clause of(String id) {
        Clause clause = ALL.get(id);
        if (clause == null) {
            throw new IllegalArgumentException("CONTRACT.md has no clause " + id);
        }
        return clause;
    }

    private static Map<String, Clause> read() {
        Map<String, Clause> clauses = new LinkedHashMap<>();
        String chapter = "";
        Matcher row = ROW.matcher(contract());
        while (row.find()) {
            if (row.group(4) != null) {
                chapter = row.group(4);
            } else {
                String text = row.group(3).replace("\\|", "|");
                clauses.put(row.group(1), new Clause(row.group(1), Origin.valueOf(row.group(2)), chapter, text));
            }
        }
        return Collections.unmodifiableMap(clauses);
    }

    private static String contract() {
        try (InputStream file = Clauses.class.getResourceAsStream("CONTRACT.md")) {
            if (file == null) {
                throw new IllegalStateException("CONTRACT.md is missing from this build of the suite");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
