package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.operation.RequestValidator;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Decides which fault can be injected into which operation. A rule that can never match is refused when it is armed. */
final class FaultApplicability {

    private static final Set<String> CONDITIONAL = Set.of("put", "patch", "delete");
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    /** One fault of each kind. */
    private static final List<Fault> SAMPLES = Stream.of(Fault.Kind.values())
            .map(kind -> Fault.of(kind, () -> Duration.ZERO, () -> Fault.Race.Write.patch(Hash.empty())))
            .toList();

    private FaultApplicability() {}

    static boolean isPossible(Fault fault, Call call) {
        Operation operation = call.operation();
        return switch (fault.kind()) {
            case CONFLICT -> CONDITIONAL.contains(operation.name());
            case RACE -> !operation.isRead() && fits((Fault.Race) fault, call.store());
            case STALE_READ -> operation.isRead();
            case EXPIRE -> call.store().isKeyValue();
            case REINSTALL -> call.installId().isPresent();
            default -> true;
        };
    }

    private static boolean fits(Fault.Race race, StoreName store) {
        return store.isKeyValue()
                || (!RequestValidator.holdsSet(race.write().value())
                        && race.write().ttl().duration().isEmpty());
    }

    static void check(FaultRule rule) {
        if (rule.skip() < 0 || rule.times() < 1) {
            throw refused(
                    "skip must be 0 or more and times 1 or more; they are " + rule.skip() + " and " + rule.times());
        }
        if (rule.fault() instanceof Fault.Delay delay
                && (delay.duration().isNegative() || delay.duration().compareTo(LONGEST_DELAY) > 0)) {
            throw refused("a delay must be from 0 to " + LONGEST_DELAY.toSeconds() + " seconds; it is "
                    + delay.duration().toMillis() + " ms");
        }
        CallMatch match = rule.match();
        match.operation().ifPresent(name -> checkOperation(rule.fault(), name));
        match.store().ifPresent(store -> checkStore(rule.fault(), store));
    }

    /** Returns the kinds of faults that can be injected into the operations that match. */
    static List<Fault.Kind> kindsFor(CallMatch match) {
        return SAMPLES.stream()
                .filter(fault -> isAccepted(FaultRule.once(match, fault)))
                .map(Fault::kind)
                .toList();
    }

    private static boolean isAccepted(FaultRule rule) {
        try {
            check(rule);
            return true;
        } catch (StorageException impossible) {
            return false;
        }
    }

    private static void checkOperation(Fault fault, String name) {
        if (!OperationNames.ALL.contains(name)) {
            throw refused("the operation " + name + " does not exist; the operations are "
                    + String.join(", ", new TreeSet<>(OperationNames.ALL)));
        }
        boolean reads = OperationNames.READS.contains(name);
        switch (fault.kind()) {
            case CONFLICT ->
                require(CONDITIONAL.contains(name), fault, name, "only put, patch and delete can conflict");
            case RACE -> require(!reads, fault, name, "it only reads, and a race needs a write");
            case STALE_READ -> require(reads, fault, name, "it is not a read");
            default -> {}
        }
    }

    private static void checkStore(Fault fault, StoreName store) {
        switch (fault.kind()) {
            case EXPIRE -> require(store.isKeyValue(), fault, store.wireName(), "its records have no ttl");
            case RACE ->
                require(fits((Fault.Race) fault, store), fault, store.wireName(), "it takes no sets and no ttl");
            default -> {}
        }
    }

    private static void require(boolean possible, Fault fault, String where, String why) {
        if (!possible) {
            throw refused("the fault " + fault.kind().wireName() + " can't be injected into " + where + ": " + why);
        }
    }

    static StorageException refused(String why) {
        return new StorageException(ErrorCode.INVALID_REQUEST, "The rule was not armed: " + why + ".");
    }
}
