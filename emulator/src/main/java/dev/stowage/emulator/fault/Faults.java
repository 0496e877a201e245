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
 * Arms faults, for one app or for all of them. The same operations in the same order meet the same faults. Safe for many
 * threads at once.
 */
public final class Faults {

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");

    private final FaultRules rules;
    private final Optional<String> appId;

    Faults(FaultRules rules, Optional<String> appId) {
        this.rules = rules;
        this.appId = appId;
    }

    /** The next operation that matches meets the fault, once. */
    public ArmedFault arm(CallMatch match, Fault fault) {
        return arm(FaultRule.once(match, fault));
    }

    /**
     * Arms a rule.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} for a rule that can't make sense, such as a race on a get
     */
    public ArmedFault arm(FaultRule rule) {
        return rules.arm(scoped(rule));
    }

    /**
     * Draws when faults happen from a seed: of the operations that each kind can happen to, about {@code rate} meet it.
     * The same seed draws the same.
     *
     * <p>The seed is logged at DEBUG.
     *
     * @param rate above 0 and below 1
     * @param faults what may happen, one rule each
     */
    public List<ArmedFault> chaos(long seed, double rate, Collection<Fault> faults) {
        if (!(rate > 0 && rate < 1)) {
            throw FaultApplicability.refused("a rate is above 0 and below 1; it is " + rate);
        }
        // Whatever a soak run finds, it can be found again by what this says.
        LOG.log(System.Logger.Level.DEBUG, () -> "chaos: seed " + seed + ", rate " + rate + ", faults " + faults);
        List<ArmedFault> armed = new ArrayList<>();
        long next = seed;
        for (Fault fault : faults) {
            RandomGenerator random = FaultRules.randomOf(next++);
            FaultRule rule = new FaultRule(CallMatch.any(), 0, Integer.MAX_VALUE, fault);
            armed.add(rules.armDrawn(scoped(rule), random, rate));
        }
        return armed;
    }

    /** Every rule of this scope, also those that are used up, with their hit counts, in the order they were armed. */
    public List<ArmedFault> list() {
        return rules.list(this::isMine);
    }

    /**
     * Disarms one rule.
     *
     * @throws StorageException {@link ErrorCode#NOT_FOUND} if this scope has none of that id
     */
    public void disarm(long faultId) {
        if (!rules.disarm(armed -> armed.faultId() == faultId && isMine(armed.rule()))) {
            throw new StorageException(ErrorCode.NOT_FOUND, "There is no armed fault " + faultId + ".");
        }
    }

    /** Disarms every rule of this scope. */
    public void disarmAll() {
        rules.disarm(armed -> isMine(armed.rule()));
    }

    private FaultRule scoped(FaultRule rule) {
        if (appId.isEmpty()) {
            return rule;
        }
        if (!rule.match().appId().orElse(appId.get()).equals(appId.get())) {
            throw FaultApplicability.refused(
                    "it is for the app " + rule.match().appId().get() + ", and these are the faults of " + appId.get());
        }
        return new FaultRule(rule.match().app(appId.get()), rule.skip(), rule.times(), rule.fault());
    }

    private boolean isMine(FaultRule rule) {
        return appId.isEmpty() || appId.equals(rule.match().appId());
    }
}
