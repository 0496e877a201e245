package dev.stowage.emulator.advice;

import java.util.Optional;

/** Looks at the operations of an app, one after the other, for a practice that they break. Not thread-safe. */
interface Rule {

    /** Returns the advice that the operation, after those before, gives rise to. */
    Optional<Advice> observe(Observation operation);
}
