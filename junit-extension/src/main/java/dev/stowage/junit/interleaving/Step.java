package dev.stowage.junit.interleaving;

/**
 * One operation in its place in an order.
 *
 * @param actor whose, by number
 * @param outcome what it did to the record's version, or why it was refused: {@code v1 → v2}
 * @param movesWorld true if the actor then moved time, or the app was reinstalled, or faults were armed: nothing commutes
 *     with that
 */
public record Step(int actor, Access access, String outcome, boolean movesWorld) {

    boolean commutesWith(Step other) {
        return !movesWorld && !other.movesWorld && access.commutesWith(other.access);
    }

    boolean commutesWith(Access other) {
        return !movesWorld && access.commutesWith(other);
    }
}
