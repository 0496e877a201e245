package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Arms faults for one app or for all apps. The same operations in the same order are hit by the same faults. Thread-safe.
 */
public final class Faults {

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");

    private final FaultRules rules;
    private final Optional<String> appId;

    Faults(FaultRules rules, Optional<String> appId) {
        this.rules = rules;
        this.appId = appId;
    }

    /** Injects the fault once, into the next operation that matches. */
    public ArmedFault arm(CallMatch match, Fault fault) {
        return arm(FaultRule.once(match, fault));
    }

    /**
     * Arms a rule.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} for a rule that can never fire, such as a race on a get
     */
    public ArmedFault arm(FaultRule rule) {
        return rules.arm(scoped(rule));
    }

    /**
     * Injects faults at random operations. About {@code rate} of the operations that a fault applies to are hit by it. The same
     * seed selects the same operations. The seed is logged at DEBUG.
     *
     * @param rate a number above 0 and below 1
     * @param faults the faults; one rule is armed for each
     */
    public List<ArmedFault> chaos(long seed, double rate, Collection<Fault> faults) {
        if (!(rate > 0 && rate < 1)) {
            throw FaultApplicability.refused("a rate must be above 0 and below 1; it is " + rate);
        }
        // With this line, a failure of a soak test can be reproduced.
        LOG.log(System.Logger.Level.DEBUG, () -> "chaos: seed " + seed + ", rate " + rate + ", faults " + faults);
        List<ArmedFault> armed = new ArrayList<>();
        long next = seed;
        for (Fault fault : faults) {
            RandomGenerator random = FaultRules.randomOf(next++);
            FaultRule rule = new FaultRule(CallMatch.any(), 0, Integer.MAX_VALUE, fault);
            armed.add(rules.armRandom(scoped(rule), random, rate));
        }
        return armed;
    }

    /** Returns the kinds of faults that can be injected into the operations that match. */
    public static List<Fault.Kind> kindsFor(CallMatch match) {
        return FaultApplicability.kindsFor(match);
    }

    /** Returns the names of all operations, in alphabetical order. */
    public static List<String> operations() {
        return OperationNames.ALL.stream().sorted().toList();
    }

    /** Whether the operation with this name only reads. */
    public static boolean isRead(String operation) {
        return OperationNames.READS.contains(operation);
    }

    /** Returns all rules of this scope with their counts, in the order in which they were armed. Used-up rules are included. */
    public List<ArmedFault> list() {
        return rules.list(this::isInScope);
    }

    /**
     * Disarms one rule.
     *
     * @throws StorageException {@link ErrorCode#NOT_FOUND} if this scope has no rule with this id
     */
    public void disarm(long faultId) {
        if (!rules.disarm(armed -> armed.faultId() == faultId && isInScope(armed.rule()))) {
            throw new StorageException(ErrorCode.NOT_FOUND, "No fault with the id " + faultId + " is armed.");
        }
    }

    /** Disarms every rule of this scope. */
    public void disarmAll() {
        rules.disarm(armed -> isInScope(armed.rule()));
    }

    private FaultRule scoped(FaultRule rule) {
        if (appId.isEmpty()) {
            return rule;
        }
        if (!rule.match().appId().orElse(appId.get()).equals(appId.get())) {
            throw FaultApplicability.refused("it matches the app "
                    + rule.match().appId().get() + ", but these are the faults of the app " + appId.get());
        }
        return new FaultRule(rule.match().app(appId.get()), rule.skip(), rule.times(), rule.fault());
    }

    private boolean isInScope(FaultRule rule) {
        return appId.isEmpty() || appId.equals(rule.match().appId());
    }
}
