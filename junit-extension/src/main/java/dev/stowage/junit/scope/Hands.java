package dev.stowage.junit.scope;

import dev.stowage.emulator.call.Call;

/** Whose operation it is: the app's, or the test's own, made with an install in its hand. */
public final class Hands {

    /** What the journal calls whoever uses {@code Install.storage()}. */
    private static final String DIRECT = "direct ";

    private Hands() {}

    /** False for what came through {@code Install.storage()}: that is the test looking and arranging, not the app. */
    public static boolean isOfTheApp(Call call) {
        return isOfTheApp(call.client());
    }

    /** The same, by what the journal calls the client. */
    public static boolean isOfTheApp(String client) {
        return !client.startsWith(DIRECT);
    }
}
