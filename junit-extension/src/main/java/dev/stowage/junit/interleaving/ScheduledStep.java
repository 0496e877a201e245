package dev.stowage.junit.interleaving;

/**
 * One operation in its place in an order.
 *
 * @param actor whose, by number
 * @param outcome what it did to the record's version, or why it was refused: {@code v1 → v2}
 * @param movesWorld true if the actor then moved time, or the app was reinstalled, or faults were armed: nothing commutes
 *     with that
 */
public record ScheduledStep(int actor, RecordAccess access, String outcome, boolean changesEnvironment) {

    boolean commutesWith(ScheduledStep other) {
        return !changesEnvironment && !other.changesEnvironment && access.commutesWith(other.access);
    }

    boolean commutesWith(RecordAccess other) {
        return !changesEnvironment && access.commutesWith(other);
    }
}
