package dev.stowage.emulator.interleaving;

/**
 * One operation of an order.
 *
 * @param actor the number of the actor
 * @param outcome the change of the record's version ({@code v1 → v2}), or the error code
 * @param changesEnvironment true if the clock, the install or the faults changed before the actor's next operation: such a step
 *     commutes with nothing
 */
public record ScheduledStep(int actor, RecordAccess access, String outcome, boolean changesEnvironment) {

    boolean commutesWith(ScheduledStep other) {
        return !changesEnvironment && !other.changesEnvironment && access.commutesWith(other.access);
    }

    boolean commutesWith(RecordAccess other) {
        return !changesEnvironment && access.commutesWith(other);
    }
}
