package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.Call;

/** A place in the journal: drawn, or filled. */
interface Place {

    long sequence();

    Call call();
}
