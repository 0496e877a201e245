package dev.stowage.emulator.advice;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Which practices are looked at. */
public final class AdviceScope {

    private static final AdviceScope ALL = new AdviceScope(Set.of());

    private final Set<String> off;

    private AdviceScope(Set<String> off) {
        this.off = off;
    }

    /** All practices. */
    public static AdviceScope all() {
        return ALL;
    }

    /**
     * All practices but some.
     *
     * @param off ids of practices, {@code no-ttl}; for one key only, followed by a colon and the key: {@code no-ttl:session}
     * @throws IllegalArgumentException if there is no such practice
     */
    public static AdviceScope allBut(Collection<String> off) {
        for (String entry : off) {
            String id = entry.replaceFirst(":.*", "");
            if (Practice.of(id).isEmpty()) {
                throw new IllegalArgumentException("There is no practice '" + id + "'. Practices: "
                        + Set.of(Practice.values()).stream()
                                .map(Practice::id)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".");
            }
        }
        return new AdviceScope(Set.copyOf(off));
    }

    boolean contains(Advice advice) {
        return !off.contains(advice.practice().id())
                && !off.contains(advice.practice().id() + ":" + advice.key());
    }
}
