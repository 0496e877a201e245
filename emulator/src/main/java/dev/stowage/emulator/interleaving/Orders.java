package dev.stowage.emulator.interleaving;

import java.util.List;
import java.util.Optional;

/** The orders of one test, one after the other: all that can make a difference, or the one of a token. */
public final class Orders {

    private final String testName;
    private final int maxOrders;
    private final Optional<ReplayToken> replay;
    private final Exploration exploration = new Exploration();
    private int begun;
    private boolean isExhausted;

    private Orders(String testName, int maxOrders, Optional<ReplayToken> replay) {
        this.testName = testName;
        this.maxOrders = maxOrders;
        this.replay = replay;
    }

    /** @param testName identifies the test in the tokens of its orders */
    public static Orders explore(String testName, int maxOrders) {
        return new Orders(testName, maxOrders, Optional.empty());
    }

    /**
     * Runs only the order of a token.
     *
     * @throws IllegalArgumentException if the text is not a token, or belongs to another test
     */
    public static Orders replay(String testName, String token) {
        return new Orders(testName, 1, Optional.of(ReplayToken.parse(token, testName)));
    }

    /** Begins the next order, if the last one has passed: empty if there is no further one, or {@code maxOrders} are done. */
    public Optional<SchedulingStrategy> next() {
        if (replay.isPresent()) {
            return begun++ == 0 ? replay.map(SchedulingStrategy::replay) : Optional.empty();
        }
        if (begun > 0) {
            isExhausted = isExhausted || !exploration.next();
            if (isExhausted || begun == maxOrders) {
                return Optional.empty();
            }
        }
        begun++;
        exploration.begin();
        return Optional.of(exploration);
    }

    /** How many orders were begun. */
    public int begun() {
        return begun;
    }

    /** Whether all orders that can make a difference were run. */
    public boolean isExhausted() {
        return isExhausted;
    }

    public boolean isReplay() {
        return replay.isPresent();
    }

    /** What the failure of the order that was begun last says about the others. */
    public String progress() {
        if (isReplay()) {
            return "Only this order was run.";
        }
        int before = begun - 1;
        return switch (before) {
            case 0 -> "This is the first order that was run. No other order was run.";
            case 1 -> "The order before this one passed. No order after it was run.";
            default -> "The " + before + " orders before this one passed. No order after it was run.";
        };
    }

    /** How many orders were run, and whether that was all. */
    public String summary() {
        return begun + (begun == 1 ? " order" : " orders") + " of operations run: "
                + (isExhausted
                        ? "all that can make a difference"
                        : isReplay()
                                ? "the one of the token"
                                : "not exhaustive, because maxOrders = " + maxOrders + " was reached");
    }

    /** The token that runs an order again. */
    public String token(List<ScheduledStep> steps) {
        return ReplayToken.of(testName, steps.stream().map(ScheduledStep::actor).toList())
                .toString();
    }

    /**
     * What to tell about an order in which the test failed.
     *
     * @param columns the order, from {@link OrderRun#columns}
     * @param failure the exception of the test, in words
     */
    public String describeFailure(String columns, String failure) {
        return "There is an order of operations in which the test fails:\n\n" + columns
                + "\n\n(v1 → v2: the record's version before and after; v0: no record.)\n\nTest failure:\n" + failure
                + "\n\n" + progress();
    }
}
