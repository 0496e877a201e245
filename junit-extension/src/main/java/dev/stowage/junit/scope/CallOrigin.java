package dev.stowage.junit.scope;

import dev.stowage.emulator.call.Call;

/** Whose operation it is: the app's, or the test's own, made with an install in its hand. */
public final class CallOrigin {

    /** What the journal calls whoever uses {@code Install.storage()}. */
    private static final String DIRECT = "direct ";

    private CallOrigin() {}

    /** False for what came through {@code Install.storage()}: that is the test looking and arranging, not the app. */
    public static boolean isAppCall(Call call) {
        return isAppCall(call.client());
    }

    /** The same, by what the journal calls the client. */
    public static boolean isAppCall(String client) {
        return !client.startsWith(DIRECT);
    }
}
